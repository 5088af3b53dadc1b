// Whatever way a valid table is written, the snapshot's rows are its figures.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maxCount, type SnapshotRow } from '../../core/snapshot.ts';
import { fullName, type Unit } from '../../core/units.ts';
import { checkRows } from './check-rows.ts';
import { snapshotRows } from './preview.ts';
import { jsonTable, readFileTable } from './read-table.ts';

const lines = readFileSync(new URL('../../assets/units/hanoi-units.csv', import.meta.url), 'utf8')
  .trim()
  .split(/\r?\n/)
  .slice(1);
const trees = ['district', 'commune'].map((level) =>
  lines.flatMap((line): Unit[] => {
    const [code = '', kind = '', name = '', of = ''] = line.split(',');
    return of === level ? [{ code, kind, name }] : [];
  }),
);

const figures = fc
  .tuple(
    fc.integer({ min: 1, max: maxCount }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.option(fc.integer({ min: 0, max: maxCount }), { nil: undefined }),
  )
  .map(([base, share, target]) => ({ base, count: Math.floor(base * share), target }));

const units = fc.constantFrom(...trees).chain((tree) => fc.shuffledSubarray(tree, { minLength: 1 }).map((chosen) => ({ tree, chosen })));
const table = units.chain(({ tree, chosen }) =>
  fc
    .array(figures, { minLength: chosen.length, maxLength: chosen.length })
    .map((list) => ({ tree, rows: chosen.map((unit, index) => ({ unit, ...(list[index] ?? { count: 0, base: 1, target: undefined }) })) })),
);

const group = (separator: string) => (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, separator);
const writtenCount = fc.constantFrom(String, group('.'), group(','), group(' '), (value: number) => ` ${value} `);
const shortKinds: Record<string, string> = { quận: 'Q.', huyện: 'H.', 'thị xã': 'TX.', phường: 'P.', xã: 'X.' };
const writtenUnit = fc.constantFrom<(unit: Unit) => string>(
  fullName,
  (unit) => fullName(unit).toUpperCase(),
  (unit) => fullName(unit).normalize('NFD'),
  (unit) => `${shortKinds[unit.kind] ?? unit.kind} ${unit.name}`,
  (unit) => `${unit.kind}  ${unit.name} `,
  (unit) => unit.code,
);
const encode: Record<string, (text: string) => Uint8Array> = {
  plain: (text) => new TextEncoder().encode(text),
  marked: (text) => new TextEncoder().encode(`\ufeff${text}`),
  utf16: (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
};
const shape = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t'),
  end: fc.constantFrom('\n', '\r\n'),
  encoding: fc.constantFrom(...Object.keys(encode)),
  headings: fc.constantFrom<string[][]>(
    ['STT', 'Đơn vị', 'Chỉ tiêu', 'Kết quả', 'Dân số'],
    ['TT', 'TÊN ĐƠN VỊ', 'MỤC TIÊU', 'LŨY KẾ', 'MẪU SỐ'],
    ['No', 'Unit', 'Target', 'Count', 'Base'],
  ),
  title: fc.boolean(),
  total: fc.boolean(),
  blank: fc.boolean(),
  writtenCount,
  writtenUnit,
});

const expected = (rows: readonly { unit: Unit; count: number; base: number; target: number | undefined }[]): SnapshotRow[] =>
  rows.map(({ unit, count, base, target }) => ({ unit: unit.code, count, base, ...(target === undefined ? {} : { target }) }));

test('separator, mark, encoding, line ends, order, titles, totals and spellings change no figure', () => {
  fc.assert(
    fc.property(table, shape, ({ tree, rows }, { delimiter, end, encoding, headings, title, total, blank, writtenCount, writtenUnit }) => {
      const quote = (cell: string) => (/[",;\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
      const line = (cells: string[]) => cells.map(quote).join(delimiter);
      const body = rows.map(({ unit, count, base, target }, index) =>
        line([String(index + 1), writtenUnit(unit), target === undefined ? '' : writtenCount(target), writtenCount(count), writtenCount(base)]),
      );
      const sum = rows.reduce((all, { count }) => all + count, 0);
      const text = [
        ...(title ? [line(['BẢNG KẾT QUẢ, ngày 26/11/2024', '', '', '', ''])] : []),
        ...(blank ? [''] : []),
        line(headings),
        ...body,
        ...(total ? [line(['', 'TỔNG CỘNG', '', writtenCount(sum), ''])] : []),
      ].join(end);
      const read = readFileTable(encode[encoding]?.(text) ?? new Uint8Array());
      if (!read.ok) throw new Error(`${read.unreadable.reason}: ${text}`);
      const checked = checkRows(read.table, { units: tree, former: [], current: [] });
      expect(checked.findings.filter(({ severity, code }) => severity === 'error' || code === 'total-differs')).toEqual([]);
      expect(snapshotRows(checked.rows)).toEqual(expected(rows));
    }),
    { numRuns: 150 },
  );
});

test('rows of a JSON body make the same snapshot as those of a file', () => {
  fc.assert(
    fc.property(table, writtenUnit, fc.boolean(), ({ tree, rows }, written, asText) => {
      const figure = (value: number) => (asText ? group('.')(value) : value);
      const body = rows.map(({ unit, count, base, target }) => ({
        unit: written(unit),
        count: figure(count),
        base: figure(base),
        ...(target === undefined ? {} : { target: figure(target) }),
      }));
      const read = jsonTable(body);
      if (!read.ok) throw new Error(read.unreadable.reason);
      expect(snapshotRows(checkRows(read.table, { units: tree, former: [], current: [] }).rows)).toEqual(expected(rows));
    }),
    { numRuns: 50 },
  );
});
