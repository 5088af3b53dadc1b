// Workbooks of before 2007: what several programs wrote says the same as its .xlsx; what is damaged, locked or older still is refused.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compoundFile, oldWorkbookStream, writeOldWorkbook } from '../testing/write-old-workbook.ts';
import { writeWorkbook, type TestSheet } from '../testing/write-workbook.ts';
import { readWorkbook } from '../workbook.ts';
import { streamIn } from './compound-file.ts';

const fixture = (name: string) => new Uint8Array(readFileSync(join(import.meta.dirname, '..', 'testing', 'old-workbooks', name)));
const problemOf = (bytes: Uint8Array) => {
  const book = readWorkbook(bytes);
  return book.ok ? 'read' : book.problem;
};

const sheets: TestSheet[] = [
  {
    name: 'Tổng hợp',
    rows: [
      ['STT', 'Đơn vị', { runs: ['Lũy ', 'kế'] }, { inline: 'Dân số' }],
      [],
      [1, 'Quận Ba Đình', 1_234, 20_000],
      [2, 'plain', 0.5, -7],
      [{ formula: 'A3&""', value: 'Tây Hồ' }, { formula: 'SUM(C3:C4)', value: 1_234.5 }, { error: '#DIV/0!' }, 2 ** 31, null],
    ],
  },
  { name: 'Nháp', hidden: true, rows: [['a', 1]] },
];

describe('an old workbook', () => {
  test('says what the same one says as .xlsx', () => {
    expect(readWorkbook(writeOldWorkbook(...sheets))).toEqual(readWorkbook(writeWorkbook(...sheets)));
  });

  test.each(['libreoffice.xls', 'sheetjs.xls'])('of another program (%s) says what its .xlsx says', (name) => {
    const book = readWorkbook(fixture(name));
    expect(book.ok && book.sheets.map(({ hidden, lines }) => [hidden, lines.length])).toEqual([
      [false, 39],
      [true, 2],
    ]);
    expect(book).toEqual(readWorkbook(fixture('the-same.xlsx')));
  });

  test('has texts that go on from record to record, wherever they are cut', () => {
    const rows = Array.from({ length: 150 }, (_, index) => [
      { runs: ['Phường ', `số ${index} `.repeat(1 + (index % 19))] },
      `plain ${index}`,
      index * 3_000_017,
    ]);
    const sheet = { name: 'dài', rows };
    expect(readWorkbook(writeOldWorkbook(sheet))).toEqual(readWorkbook(writeWorkbook(sheet)));
  });

  test('of any texts and numbers says what was written', () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom('Đ', 'ơ', 'n', 'ị', ' ', 'Ế', 'ậ', 'a', '1'), maxLength: 40 }),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const table = fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 30 });
    fc.assert(
      fc.property(table, (rows) => {
        const sheet = { name: 'a', rows };
        expect(readWorkbook(writeOldWorkbook(sheet))).toEqual(readWorkbook(writeWorkbook(sheet)));
      }),
    );
  });
});

describe('is refused', () => {
  test('one of Excel 95, whose letters nobody can tell', () => {
    expect(problemOf(fixture('excel-95.xls'))).toBe('before-97');
    expect(problemOf(compoundFile('Workbook', oldWorkbookStream(sheets, 0x0500)))).toBe('before-97');
  });

  test('one with a password, old or new', () => {
    const locked = Buffer.concat([oldWorkbookStream(sheets).subarray(0, 20), Buffer.from([0x2f, 0, 2, 0, 1, 0])]);
    expect(problemOf(compoundFile('Workbook', locked))).toBe('password');
    expect(problemOf(compoundFile('EncryptedPackage', Buffer.alloc(5_000)))).toBe('password');
  });

  test('a letter of Word, which is a compound file as well', () => {
    expect(problemOf(compoundFile('WordDocument', Buffer.alloc(9_000)))).toBe('no-workbook');
  });

  test('more rows than any tree has units', () => {
    const rows = Array.from({ length: 5_001 }, (_, index) => [index]);
    expect(problemOf(writeOldWorkbook({ name: 'a', rows }))).toBe('too-many-rows');
  });

  test('a chain of sectors that leads in a circle', () => {
    const file = Uint8Array.from(fixture('libreoffice.xls'));
    const view = new DataView(file.buffer);
    const table = (view.getUint32(76, true) + 1) * 512;
    for (let sector = 0; sector < 20; sector++) view.setUint32(table + sector * 4, 0, true);
    expect(() => streamIn(file, ['Workbook'])).toThrow('nowhere');
    expect(problemOf(file)).toBe('no-workbook');
  });
});

test('any damage to an old workbook is answered, and at once', () => {
  const whole = fixture('libreoffice.xls');
  const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(damage, fc.nat(whole.length), (places, length) => {
      const bytes = Uint8Array.from(whole);
      for (const [at, byte] of places) bytes[at] = byte;
      const begun = performance.now();
      for (const file of [bytes, bytes.subarray(0, length)])
        expect(['read', 'no-workbook', 'too-large', 'too-many-rows', 'password', 'before-97']).toContain(problemOf(file));
      expect(performance.now() - begun).toBeLessThan(2_000);
    }),
    { numRuns: 100 },
  );
});
