// Each fault of a row is found with its line, column, what was found and what was expected.
import { describe, expect, test } from 'vitest';
import type { SnapshotRow } from '../../core/snapshot.ts';
import type { DatedUnit, Unit } from '../../core/units.ts';
import { checkRows, type Register } from './check-rows.ts';
import { jsonTable, readFileTable } from './read-table.ts';

const districts: Unit[] = [
  { code: 'd001', kind: 'quận', name: 'Ba Đình' },
  { code: 'd003', kind: 'quận', name: 'Tây Hồ' },
  { code: 'd271', kind: 'huyện', name: 'Ba Vì' },
];
const former: DatedUnit[] = ['Ba Đình', 'Cầu Giấy', 'Nam Từ Liêm'].map((name, index) => ({
  code: `d10${index}`,
  kind: 'quận',
  name,
  level: 'district',
  validFrom: '2014-04-01',
  validTo: '2025-06-30',
}));
const communes: Unit[] = [
  { code: 'c00004', kind: 'phường', name: 'Ba Đình' },
  { code: 'c00167', kind: 'phường', name: 'Cầu Giấy' },
  { code: 'c10000', kind: 'xã', name: 'Phú Lương' },
  { code: 'c10001', kind: 'xã', name: 'Phú Lượng' },
];
const register = (over: Partial<Register> = {}): Register => ({
  units: districts,
  former: [],
  current: [],
  ...over,
});

function check(text: string, over: Partial<Register> = {}) {
  const read = readFileTable(new TextEncoder().encode(text));
  if (!read.ok) throw new Error(read.unreadable.reason);
  const { rows, findings } = checkRows(read.table, register(over));
  return { rows, findings: findings.filter(({ code }) => code !== 'missing-unit'), missing: findings.filter(({ code }) => code === 'missing-unit') };
}

const row = (count: string, base = '1000', unit = 'quận Ba Đình') => `Đơn vị;Kết quả;Dân số\n${unit};${count};${base}\n`;

describe('figures', () => {
  test.each([
    ['', 'count-empty'],
    ['-5', 'count-negative'],
    ['1,5', 'count-not-whole'],
    ['khoảng 200', 'count-not-a-number'],
    ['99.000.000', 'count-too-large'],
  ])('a count of %j is refused as %s', (count, code) => {
    const { rows, findings } = check(row(count));
    expect(findings).toEqual([
      { severity: 'error', code, line: 2, column: 'Kết quả', found: count, expected: { vi: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) } },
    ]);
    expect(rows[0]?.accepted).toBe(false);
  });

  test.each(['1.234', '1,234', '1 234', '1234'])('%j is one thousand two hundred and thirty-four', (count) => {
    const { rows, findings } = check(row(count, '9.999'));
    expect(findings).toEqual([]);
    expect(rows).toEqual([{ line: 2, written: 'quận Ba Đình', unit: districts[0], count: 1234, base: 9999, target: null, accepted: true, choices: [] }]);
  });

  test('a count equal to the base is taken', () => {
    expect(check(row('1000')).rows[0]?.accepted).toBe(true);
  });

  test('a base that is no number is an error in its own column', () => {
    expect(check(row('5', 'nhiều')).findings).toMatchObject([{ severity: 'error', code: 'count-not-a-number', column: 'Dân số', found: 'nhiều' }]);
  });

  test.each(['', '0'])('a base of %j leaves the unit unranked, with a warning', (base) => {
    const { rows, findings } = check(row('5', base));
    expect(findings).toMatchObject([{ severity: 'warning', code: 'base-missing', line: 2 }]);
    expect(rows[0]).toMatchObject({ accepted: true, count: 5, base: null });
  });

  test('a number of a JSON body is what it is, a text is read as in a table', () => {
    const counts = [1.234, '1.234', 1234, -1, Number.MAX_SAFE_INTEGER];
    const read = jsonTable(counts.map((count, index) => ({ unit: communes[index % 4]?.code ?? '', count })));
    if (!read.ok) throw new Error('unreadable');
    const { rows, findings } = checkRows({ ...read.table, rows: read.table.rows.slice(0, 4) }, register({ units: communes }));
    expect(rows.map(({ count }) => count)).toEqual([null, 1234, 1234, null]);
    expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'count-not-whole', line: 1, column: 'count', found: '1.234' },
      { code: 'count-negative', line: 4, column: 'count', found: '-1' },
    ]);
  });
});

describe('units', () => {
  test('an unknown one is an error that names the nearest', () => {
    const { findings } = check(row('5', '9', 'Ba Đìnk'));
    expect(findings).toMatchObject([{ severity: 'error', code: 'unknown-unit', line: 2, column: 'Đơn vị', found: 'Ba Đìnk' }]);
    expect(findings[0]?.expected.vi).toContain('quận Ba Đình');
  });

  test('one without any likeness points to the template', () => {
    expect(check(row('5', '9', 'Thành phố Huế')).findings[0]?.expected.vi).toContain('tệp mẫu');
  });

  test('one that comes twice spoils both rows, each naming the other', () => {
    const { rows, findings } = check('Đơn vị,Kết quả,Dân số\nQ. Ba Đình,5,9\nTây Hồ,5,9\nBA DINH,6,9\n');
    expect(findings.map(({ code, line, severity }) => [code, line, severity])).toEqual([
      ['unit-twice', 2, 'error'],
      ['unit-twice', 4, 'error'],
    ]);
    expect(findings[0]?.expected.vi).toContain('dòng 4');
    expect(findings[1]?.expected.en).toContain('line 2');
    expect(rows.map(({ accepted }) => accepted)).toEqual([false, true, false]);
  });

  test('a name that fits two is asked about with both', () => {
    const { findings } = check(row('5', '9', 'Phu Luong'), { units: communes });
    expect(findings).toMatchObject([{ severity: 'error', code: 'ambiguous-unit' }]);
    expect(findings[0]?.expected.vi).toBe('Chọn đúng đơn vị cho dòng này: xã Phú Lương hay xã Phú Lượng.');
  });

  test('a code decides where the name alone would not, and one that contradicts the name is asked about', () => {
    const text = 'Mã,Đơn vị,Kết quả,Dân số\nc10001,Phu Luong,5,9\nc00004,Cầu Giấy,5,9\nC00167,,5,9\n7,phường Ba Đình,5,9\n';
    const { rows, findings } = check(text, { units: communes, former });
    expect(rows.map(({ unit }) => unit?.code)).toEqual(['c10001', undefined, 'c00167', 'c00004']);
    expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'ambiguous-unit', line: 3, column: 'Mã', found: 'c00004, Cầu Giấy' },
    ]);
  });

  test('a name without kind that a former district bore is asked about, not guessed', () => {
    const { rows, findings } = check(row('5', '9', 'Ba Đình'), { units: communes, former });
    expect(rows[0]).toMatchObject({ accepted: false, unit: null, choices: [{ code: 'c00004' }] });
    expect(findings).toMatchObject([{ severity: 'error', code: 'former-unit', line: 2 }]);
    expect(findings[0]?.expected.vi).toContain('phường Ba Đình');
    const chosen = check(row('5', '9', 'Ba Đình'), { units: communes, former, chosen: new Map([[2, 'c00004']]) });
    expect([chosen.rows[0]?.accepted, chosen.rows[0]?.unit?.code, chosen.findings]).toEqual([true, 'c00004', []]);
    expect(check(row('5', '9', 'phường Ba Đình'), { units: communes, former }).findings).toEqual([]);
  });

  test.each(['Quận Ba Đình', 'Q. Cầu Giấy', 'Nam Từ Liêm'])('%s in the tree of communes is unknown, with the day on which it ended', (unit) => {
    const { rows, findings } = check(row('5', '9', unit), { units: communes, former });
    expect(rows[0]?.accepted).toBe(false);
    expect(findings).toMatchObject([{ severity: 'error', code: 'unknown-unit', found: unit }]);
    expect(findings[0]?.expected.vi).toContain('kết thúc ngày 30/06/2025');
    expect(findings[0]?.expected.en).toContain('ended on 30/06/2025');
  });

  test('those that the file does not name are warned about, one by one', () => {
    const { missing } = check(row('5'));
    expect(missing.map(({ severity, found }) => [severity, found])).toEqual([
      ['warning', 'quận Tây Hồ'],
      ['warning', 'huyện Ba Vì'],
    ]);
  });
});

describe('against the snapshot in force', () => {
  const current: SnapshotRow[] = [{ unit: 'd001', count: 500, base: 1000, target: 800 }];

  test('counts that fell or are more than their base can be read: a second person looks at them, not the reader', () => {
    for (const count of ['499', '1.001']) {
      const { rows, findings } = check(row(count), { current });
      expect([rows[0]?.accepted, findings]).toEqual([true, []]);
    }
  });

  test('a file without bases and targets keeps those in force', () => {
    const bare = (count: string) => `Đơn vị,Kết quả\nBa Đình,${count}\n`;
    expect(check(bare('600'), { current }).rows[0]).toMatchObject({ count: 600, base: 1000, target: 800, accepted: true });
  });
});

test('rows that do not fit their heading are errors and no figure of them is taken', () => {
  const { rows, findings } = check('Đơn vị,Kết quả,Dân số\nBa Đình,1,234,5000\nTây Hồ\n');
  expect(findings.map(({ code, line, severity }) => [code, line, severity])).toEqual([
    ['row-too-long', 2, 'error'],
    ['row-too-short', 3, 'error'],
  ]);
  expect(rows.map(({ count, accepted }) => [count, accepted])).toEqual([
    [null, false],
    [null, false],
  ]);
});

test('thousands of rows of one unit are checked in time and their findings stay short', () => {
  const text = `Đơn vị,Kết quả\n${'Ba Đình,5\n'.repeat(4_999)}`;
  const { findings } = check(text);
  expect(findings.filter(({ code }) => code === 'unit-twice')).toHaveLength(4_999);
  expect(JSON.stringify(findings).length).toBeLessThan(5_000_000);
});
