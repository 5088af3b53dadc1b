// Workbooks: what Excel and other programs write is read; what would fill the memory, or is no workbook, is refused.
import fc from 'fast-check';
import { strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readWorkbook } from './workbook.ts';
import type { WorkbookProblem } from './workbook-limits.ts';
import { workbookParts, writeWorkbook, zipParts, type TestSheet } from './testing/write-workbook.ts';

const plain: TestSheet = { name: 'Sheet1', rows: [['Đơn vị', 'Lũy kế'], [], ['Quận Ba Đình', 1_000]] };
const cellsOf = (bytes: Uint8Array) => {
  const book = readWorkbook(bytes);
  return book.ok ? book.sheets.map(({ lines }) => lines.map(({ line, cells }) => [line, ...cells])) : book.problem;
};
const sheetPath = 'xl/worksheets/sheet1.xml';
const partsWith = (change: (sheet: string) => string) => {
  const parts = workbookParts([plain]);
  return zipParts({ ...parts, [sheetPath]: change(parts[sheetPath] ?? '') });
};

describe('what is read', () => {
  test('shared, inline and rich strings, numbers, formulas with what Excel computed, and lines as Excel counts them', () => {
    const rows: TestSheet['rows'] = [
      [{ inline: 'Đơn vị & mã' }, { runs: ['Lũy ', 'kế'] }],
      [],
      ['  Quận\nBa  Đình ', { formula: 'SUM(C1:C9)', value: 1_234 }],
      [{ formula: 'A3&""', value: 'Tây Hồ' }, { formula: '0.1+0.2', value: 0.30000000000000004 }, 1_234.0000000002],
    ];
    expect(cellsOf(writeWorkbook({ name: 'a', rows }))).toEqual([
      [
        [1, 'Đơn vị & mã', 'Lũy kế'],
        [3, 'Quận Ba Đình', '1234'],
        [4, 'Tây Hồ', '0.30000000000000004', '1234'],
      ],
    ]);
  });

  test('a formula that was never computed stays a formula, an error stays an error', () => {
    expect(cellsOf(writeWorkbook({ name: 'a', rows: [[{ formula: 'SUM(A1)' }, { error: '#DIV/0!' }]] }))).toEqual([[[1, '=SUM(A1)', '#DIV/0!']]]);
  });

  test('sheets by name, hidden ones marked', () => {
    const book = readWorkbook(writeWorkbook({ ...plain, name: 'Tháng 11' }, { ...plain, name: 'Nháp', hidden: true }));
    expect(book.ok && book.sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['Tháng 11', false],
      ['Nháp', true],
    ]);
  });

  test('letters written as numbers, cells and rows without their place, and a prefix before every name', () => {
    const sheet =
      '<x:worksheet xmlns:x="y"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>Qu&#7853;n &#x110;</x:t></x:is></x:c><x:c><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    expect(cellsOf(partsWith(() => sheet))).toEqual([[[1, 'Quận Đ', '5']]]);
  });

  test('a chart with a tab of its own and an empty sheet harm nothing', () => {
    const parts = workbookParts([plain, plain, { name: 'trống', rows: [] }]);
    expect(cellsOf(zipParts({ ...parts, [sheetPath]: '<chartsheet xmlns="x"/>' }))).toEqual([
      [
        [1, 'Đơn vị', 'Lũy kế'],
        [3, 'Quận Ba Đình', '1000'],
      ],
      [],
    ]);
  });
});

describe('what is refused', () => {
  const bomb = () => {
    const cell = '<row r="5"><c r="A5"><v>1</v></c></row>';
    return partsWith((sheet) => sheet.replace('</sheetData>', cell.repeat(600_000)));
  };
  const rows = (count: number) => partsWith(() => `<worksheet><sheetData>${'<row><c><v>1</v></c></row>'.repeat(count)}</sheetData></worksheet>`);
  const cases: [string, () => Uint8Array, WorkbookProblem][] = [
    ['an archive of something else', () => zipParts({ 'readme.txt': 'x' }), 'no-workbook'],
    ['a document of Word', () => zipParts({ 'word/document.xml': '<w:document/>' }), 'no-workbook'],
    ['bytes after the mark of an archive', () => strToU8('PK\u0003\u0004rest'), 'no-workbook'],
    ['an archive that breaks off', () => writeWorkbook(plain).slice(0, 400), 'no-workbook'],
    ['a sheet that is no XML', () => partsWith(() => '<worksheet><sheetData><row'), 'no-workbook'],
    ['a sheet of other bytes', () => zipParts({ ...workbookParts([plain]), [sheetPath]: Uint8Array.from([0xff, 0xfe, 0x00, 0xd8]) }), 'no-workbook'],
    ['thousands of rows', () => rows(5_001), 'too-many-rows'],
    ['24 MB behind a few kB', bomb, 'too-large'],
    ['hundreds of parts', () => zipParts(Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`xl/${index}.xml`, 'x']))), 'too-large'],
    [
      'entities that multiply',
      () =>
        partsWith(
          () => '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>',
        ),
      'entities',
    ],
    ['an entity from outside', () => partsWith(() => '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet/>'), 'entities'],
  ];
  test.each(cases)('%s', (_, bytes, problem) => {
    expect(readWorkbook(bytes())).toEqual({ ok: false, problem });
  });

  test('a part that is longer than the archive says is cut off, not unpacked', () => {
    const bytes = bomb();
    // The sizes that stand in the directory at the end and before the part are made small.
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < bytes.length - 46; at++) if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 1_000, true);
    const before = process.memoryUsage().arrayBuffers;
    expect(readWorkbook(bytes)).toMatchObject({ ok: false });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 2 ** 20);
  });

  test('a cell that claims a row or column far away takes no room', () => {
    const far = '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c><c r="B1048576"><v>2</v></c></row></sheetData></worksheet>';
    expect(cellsOf(partsWith(() => far))).toEqual([[[1_048_576, '', '2']]]);
    expect(cellsOf(partsWith(() => '<worksheet><sheetData><row r="99999999999999999999"><c><v>1</v></c></row></sheetData></worksheet>'))).toBe('too-many-rows');
  });
});

test('any damage to a workbook is answered', () => {
  const whole = writeWorkbook(plain);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }), (changes) => {
      const bytes = whole.slice();
      for (const [at, byte] of changes) bytes[at] = byte;
      expect(readWorkbook(bytes)).toHaveProperty('ok');
    }),
    { numRuns: 100 },
  );
});
