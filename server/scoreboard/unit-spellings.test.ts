// All 156 names as offices write them, from the bytes of a file to a unit: the right one, or a question; never another one.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldName, matchUnit, type DatedUnit, type Unit } from '../../core/units.ts';
import { checkRows, type CheckedRow } from './check-rows.ts';
import { readFileTable } from './read-table.ts';
import { asTcvn3, asVni, bareSpellings, wholeSpellings } from './testing/spellings.ts';

const all: DatedUnit[] = readFileSync(new URL('../../assets/units/hanoi-units.csv', import.meta.url), 'utf8')
  .trim()
  .split(/\r?\n/)
  .slice(1)
  .map((line) => {
    const [code = '', kind = '', name = '', level = '', validFrom = '', validTo = ''] = line.split(',');
    return { code, kind, name, level, validFrom, ...(validTo === '' ? {} : { validTo }) };
  });
const trees = ['district', 'commune'].map((level) => ({
  level,
  units: all.filter((unit) => unit.level === level),
  former: all.filter((unit) => unit.level !== level && unit.validTo !== undefined),
}));

const bytesOf = (text: string) => Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)));
const encodings = {
  Unicode: (text: string) => new TextEncoder().encode(text),
  TCVN3: (text: string) => bytesOf(asTcvn3(text)),
  VNI: (text: string) => bytesOf(asVni(text)),
};

/** What a file of these units in this spelling is taken for, by row. */
function taken(units: readonly Unit[], tree: (typeof trees)[number], spell: (unit: Unit) => string, encode: (text: string) => Uint8Array): CheckedRow[] {
  const text = ['Đơn vị;Lũy kế;Mẫu số', ...units.map((unit) => `${spell(unit)};5;100`)].join('\r\n');
  const read = readFileTable(encode(text));
  if (!read.ok) throw new Error(`${read.unreadable.reason}: ${text}`);
  return [...checkRows(read.table, { units: tree.units, former: tree.former, current: [] }).rows];
}

test('there are 156 of them', () => {
  expect(trees.map(({ units }) => units.length)).toEqual([30, 126]);
});

describe.each(trees)('in the tree of $level units', (tree) => {
  test.each(Object.entries(wholeSpellings))('every unit %s is found', (_, spell) => {
    expect(taken(tree.units, tree, spell, encodings.Unicode).map(({ unit }) => unit?.code)).toEqual(tree.units.map(({ code }) => code));
  });

  test.each(['TCVN3', 'VNI'] as const)('every unit in a file of %s is found', (letters) => {
    const rows = taken(tree.units, tree, wholeSpellings['composed Unicode'] ?? String, encodings[letters]);
    expect(rows.map(({ unit }) => unit?.code)).toEqual(tree.units.map(({ code }) => code));
  });

  test.each(Object.entries(bareSpellings))('every unit with %s is found, or asked about with itself among the answers', (_, spell) => {
    taken(tree.units, tree, spell, encodings.Unicode).forEach(({ unit, choices }, index) => {
      const meant = tree.units[index]?.code;
      expect(unit ? [unit.code] : choices.map(({ code }) => code)).toContain(meant);
      // Who writes the bare name of a unit that ended may mean that one.
      const isShared = tree.former.some(({ name }) => foldName(name) === foldName(tree.units[index]?.name ?? ''));
      expect([meant, unit === null]).toEqual([meant, isShared]);
    });
  });

  test('whatever the spelling, letters and company of a name, it is never taken for another unit', () => {
    const spellings = Object.values({ ...wholeSpellings, ...bareSpellings });
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...tree.units], { minLength: 1, maxLength: 12 }),
        fc.constantFrom(...spellings),
        fc.constantFrom(...Object.values(encodings)),
        (units, spell, encode) => {
          taken(units, tree, spell, encode).forEach(({ unit, choices }, index) => {
            if (unit) expect([spell(unit), unit.code]).toEqual([spell(unit), units[index]?.code]);
            // Where a row was asked about, a choice makes it one unit.
            else expect(new Set(choices.map(({ code }) => code)).size).toBe(choices.length);
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a name that two units could bear is never given to one of them', () => {
    const twin = { code: 'z00001', kind: 'xã' };
    fc.assert(
      fc.property(fc.constantFrom(...tree.units), fc.constantFrom(...Object.values(bareSpellings)), (unit, spell) => {
        const units = [...tree.units, { ...twin, name: unit.name }];
        const match = matchUnit(spell(unit), units);
        expect(match).toMatchObject({ ok: false, reason: 'ambiguous' });
        expect(match.ok || match.reason !== 'ambiguous' ? [] : match.candidates.map(({ code }) => code).sort()).toEqual([unit.code, twin.code].sort());
      }),
    );
  });
});
