// Matching of written names against the real 30 districts and 126 communes.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldName, fullName, matchUnit, type Unit } from './units.ts';

const rows = readFileSync(new URL('../assets/units/hanoi-units.csv', import.meta.url), 'utf8')
  .trim()
  .split(/\r?\n/)
  .slice(1);
const all = rows.map((row) => {
  const [code = '', kind = '', name = '', level = ''] = row.split(',');
  return { code, kind, name, level };
});
const tree = (level: string): Unit[] => all.filter((unit) => unit.level === level).map(({ code, kind, name }) => ({ code, kind, name }));
const districts = tree('district');
const communes = tree('commune');
const found = (written: string, units: readonly Unit[]) => {
  const match = matchUnit(written, units);
  return match.ok ? match.unit.code : match.reason;
};

const noMarks = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
const shortKind: Record<string, string> = { quận: 'Q.', huyện: 'H.', 'thị xã': 'TX.', phường: 'P.', xã: 'X.' };
const spellings: ((unit: Unit) => string)[] = [
  fullName,
  (unit) => `${shortKind[unit.kind] ?? ''} ${unit.name}`,
  (unit) => `${shortKind[unit.kind] ?? ''}${unit.name}`,
  (unit) => `${(shortKind[unit.kind] ?? '').replace('.', '')} ${unit.name}`,
  (unit) => `${unit.kind}   ${unit.name.replaceAll(' ', '  ')}`,
  (unit) => unit.code,
];
const changes: ((text: string) => string)[] = [
  (text) => text,
  (text) => text.normalize('NFD'),
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => `  ${text} `,
];

test('the file has 30 districts and 126 communes', () => {
  expect([districts.length, communes.length]).toEqual([30, 126]);
});

describe.each([
  ['districts', districts],
  ['communes', communes],
])('in the tree of %s', (_, units) => {
  test('every unit is found by its code and by kind and name in the usual spellings, composed or not, in any case', () => {
    for (const unit of units)
      for (const spell of spellings) for (const change of changes) expect([spell(unit), found(change(spell(unit)), units)]).toEqual([spell(unit), unit.code]);
  });

  test('every unit is found by its name alone and without any mark, unless another one of the tree is spelt alike', () => {
    for (const unit of units) {
      for (const written of [unit.name, noMarks(unit.name), noMarks(fullName(unit)), noMarks(unit.name).toUpperCase()]) {
        const alike = units.filter(({ name }) => foldName(name) === foldName(unit.name)).length > 1;
        expect([written, found(written, units)]).toEqual([written, alike ? expect.stringMatching(`${unit.code}|ambiguous`) : unit.code]);
      }
    }
  });

  test('a name with one letter lost, wherever it is, is unknown and its unit is suggested', () => {
    for (const unit of units) {
      for (const place of [...unit.name].keys()) {
        const written = [...unit.name].toSpliced(place, 1).join('');
        const isStillAName = units.some(({ name }) => foldName(name) === foldName(written));
        const lostAWord = written.trim().split(' ').length < unit.name.split(' ').length;
        if (isStillAName || lostAWord) continue;
        const match = matchUnit(written, units);
        expect([written, match.ok || match.reason === 'ambiguous' ? match : match.suggestions]).toEqual([written, expect.arrayContaining([unit])]);
      }
    }
  });

  test('a total is no unit', () => {
    for (const written of ['TỔNG CỘNG', 'Tổng số', 'Cộng', 'Toàn thành phố', '', '  ', '1', 'x.', 'xã']) expect(found(written, units)).toBe('unknown');
  });
});

describe('spellings of one name', () => {
  test.each([
    ['Quận Ba Đình', 'd001'],
    ['Q. Ba Đình', 'd001'],
    ['BA DINH', 'd001'],
    ['ba-đình', 'd001'],
    ['D001', 'd001'],
  ])('%j is quận Ba Đình', (written, code) => {
    expect(found(written, districts)).toBe(code);
  });

  test('the place of the tone mark and i for y change nothing', () => {
    const units: Unit[] = [
      { code: 'c1', kind: 'xã', name: 'Hòa Lạc' },
      { code: 'c2', kind: 'phường', name: 'Quỳ Mai' },
    ];
    for (const written of ['Hoà Lạc', 'Hòa Lạc', 'xã Hoà Lạc', 'HOÀ LẠC']) expect(found(written, units)).toBe('c1');
    for (const written of ['Quì Mai', 'Quỳ Mai', 'P. Quì Mai']) expect(found(written, units)).toBe('c2');
  });

  test('a name that begins with what looks like a kind is found by its name', () => {
    const units: Unit[] = [
      { code: 'c1', kind: 'phường', name: 'Xã Đàn' },
      { code: 'c2', kind: 'phường', name: 'Quan Hoa' },
    ];
    for (const written of ['Xã Đàn', 'phường Xã Đàn', 'P. Xã Đàn', 'xa dan']) expect([written, found(written, units)]).toEqual([written, 'c1']);
    for (const written of ['Quan Hoa', 'phường Quan Hoa']) expect([written, found(written, units)]).toEqual([written, 'c2']);
  });
});

describe('what fits two units', () => {
  const two: Unit[] = [
    { code: 'c1', kind: 'phường', name: 'Ba Đình' },
    { code: 'd1', kind: 'quận', name: 'Ba Đình' },
  ];

  test('is asked about, not guessed', () => {
    expect(matchUnit('Ba Đình', two)).toEqual({ ok: false, reason: 'ambiguous', candidates: two });
    expect(found('quận Ba Đình', two)).toBe('d1');
    expect(found('P. Ba Đình', two)).toBe('c1');
  });

  test('is told apart by its marks where they are written, and asked about where not', () => {
    const alike: Unit[] = [
      { code: 'c1', kind: 'xã', name: 'Phú Lương' },
      { code: 'c2', kind: 'xã', name: 'Phú Lượng' },
    ];
    expect(found('Phú Lượng', alike)).toBe('c2');
    expect(found('xã Phú Lương', alike)).toBe('c1');
    expect(found('Phu Luong', alike)).toBe('ambiguous');
  });
});

test('a kind that the tree does not have is unknown, and the unit of that name is suggested', () => {
  const match = matchUnit('Quận Ba Đình', communes);
  expect(match.ok || match.reason === 'ambiguous' ? undefined : match.suggestions[0]).toMatchObject({ kind: 'phường', name: 'Ba Đình' });
  expect(match.ok).toBe(false);
});

test('any text from outside gets an answer', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (written) => {
      const match = matchUnit(written, communes);
      if (match.ok) expect(communes).toContain(match.unit);
    }),
  );
});
