// Files as they come to rows: separators, quotes, titles, split headings, totals, signatures.
import { describe, expect, test } from 'vitest';
import { readFileTable, type ReadTable } from './read-table.ts';

const read = (text: string) => readFileTable(new TextEncoder().encode(text));

function tableOf(result: ReadTable) {
  if (!result.ok) throw new Error(`unreadable: ${JSON.stringify(result.unreadable)}`);
  return result.table;
}
const rowsOf = (text: string) => tableOf(read(text)).rows;
const findingsOf = (text: string) => tableOf(read(text)).findings.map(({ code, line, found }) => [code, line, found]);

describe('separators', () => {
  test.each([
    ['commas', 'Đơn vị,Kết quả\nBa Đình,"1,234"\n'],
    ['semicolons', 'Đơn vị;Kết quả\nBa Đình;1,234\n'],
    ['tabs', 'Đơn vị\tKết quả\nBa Đình\t1,234\n'],
    ['semicolons named by Excel', 'sep=;\nĐơn vị;Kết quả\nBa Đình;1,234\n'],
    ['Windows line ends', 'Đơn vị;Kết quả\r\nBa Đình;1,234\r\n'],
    ['old Mac line ends', 'Đơn vị;Kết quả\rBa Đình;1,234\r'],
    ['no last line end', 'Đơn vị;Kết quả\nBa Đình;1,234'],
    ['spaces around quotes', 'Đơn vị, Kết quả\nBa Đình, "1,234"\n'],
  ])('a file with %s is read', (_, text) => {
    expect(rowsOf(text)).toMatchObject([{ unit: 'Ba Đình', count: '1,234' }]);
  });

  test('a comma in a title does not decide: what makes a table does', () => {
    expect(rowsOf('Kết quả, ngày 26/11, toàn thành phố, bản 2\nĐơn vị;Kết quả\nBa Đình;1,5,6\n')).toMatchObject([{ unit: 'Ba Đình', count: '1,5,6' }]);
  });

  test('lines are those of the file, whatever stands in quotes or is empty', () => {
    const text = 'sep=;\n\nĐơn vị;"Kết quả\nlũy kế"\n\nBa Đình;1\n;;\n"Tây\nHồ";2\nĐống Đa;3\n';
    expect(rowsOf(text).map(({ line, unit }) => [line, unit])).toEqual([
      [6, 'Ba Đình'],
      [8, 'Tây\nHồ'],
      [10, 'Đống Đa'],
    ]);
  });

  test('a first column of empty tabs stays where it is', () => {
    expect(rowsOf('\tĐơn vị\tKết quả\n\tBa Đình\t5\n')).toMatchObject([{ unit: 'Ba Đình', count: '5' }]);
  });
});

describe('headings', () => {
  test.each([
    'STT,Đơn vị,Chỉ tiêu,Kết quả,Dân số',
    'stt,ĐƠN VỊ,CHỈ TIÊU,KẾT QUẢ,DÂN SỐ',
    'TT,Ten don vi,Chi tieu,So tai khoan,Mau so',
    'No,Unit,Target,Count,Base',
    'STT,"Quận, huyện, thị xã",Chỉ tiêu năm 2024,Lũy kế đến 26/11/2024,Dân số từ đủ 15 tuổi',
  ])('%s names the columns', (heading) => {
    expect(rowsOf(`${heading}\n1,Ba Đình,9,5,7\n`)).toEqual([{ line: 2, code: undefined, unit: 'Ba Đình', count: '5', base: '7', target: '9' }]);
  });

  test('a running total goes before the result of a period, and a share is never a count', () => {
    expect(rowsOf('Đơn vị,Kết quả,Lũy kế,Kết quả (%)\nBa Đình,1,22,3\n')).toMatchObject([{ count: '22' }]);
  });

  test('a heading over two rows is read as one', () => {
    const text = 'STT,Đơn vị,Kết quả,,Dân số\n,,Trong kỳ,Lũy kế,\n(1),(2),(3),(4),(5)\n1,Ba Đình,10,220,1000\n';
    expect(tableOf(read(text))).toMatchObject({ rows: [{ line: 4, count: '220', base: '1000' }], headings: { count: 'Kết quả – Lũy kế' } });
  });

  test('titles above are skipped with a note', () => {
    const text = 'UBND THÀNH PHỐ HÀ NỘI,,\n,,\nBẢNG KẾT QUẢ THI ĐUA,,\nSTT,Đơn vị,Kết quả\n1,Ba Đình,5\n';
    expect(findingsOf(text)).toEqual([['rows-before-heading', 1, 'UBND THÀNH PHỐ HÀ NỘI']]);
    expect(rowsOf(text)).toHaveLength(1);
  });
});

describe('totals', () => {
  const withTotal = (total: string) => `STT,Đơn vị,Kết quả\n1,Ba Đình,"1.000"\n2,Tây Hồ,234\n${total}\n`;

  test.each([',TỔNG CỘNG,1234', 'Tổng cộng,,1.234', ',Tổng số:,"1,234"', ',Cộng,1234', ',TỔNG CỘNG (2 đơn vị),1234', ',Tổng cộng,'])(
    '%j is no unit and is noted',
    (total) => {
      expect(findingsOf(withTotal(total))).toEqual([['total-row', 4, expect.any(String)]]);
      expect(rowsOf(withTotal(total))).toHaveLength(2);
    },
  );

  test('one that differs from the sum is warned about with both figures', () => {
    const findings = tableOf(read(withTotal(',TỔNG CỘNG,1235'))).findings;
    expect(findings[1]).toMatchObject({ severity: 'warning', code: 'total-differs', line: 4, column: 'Kết quả', found: '1235' });
    expect(findings[1]?.expected.vi).toContain('1.234');
    expect(findings[1]?.expected.en).toContain('1,234');
  });

  test('one above the rows, and ones of parts, are compared with what they sum', () => {
    expect(findingsOf('Đơn vị,Kết quả\nToàn thành phố,30\nBa Đình,10\nTây Hồ,20\n').map(([code]) => code)).toEqual(['total-row']);
    const parts = 'Đơn vị,Kết quả\nBa Đình,10\nTây Hồ,20\nCộng,30\nBa Vì,5\nCộng,5\nTổng cộng,35\n';
    expect(findingsOf(parts).map(([code]) => code)).toEqual(['total-row', 'total-row', 'total-row']);
  });

  test('signatures below it are left out with a note, a row with a figure is not', () => {
    const text = withTotal(',TỔNG CỘNG,1234\n,Người lập biểu,\n3,Đống Đa,7');
    expect(findingsOf(text).map(([code, line]) => [code, line])).toEqual([
      ['rows-after-total', 5],
      ['total-row', 4],
    ]);
    expect(rowsOf(text)).toHaveLength(3);
  });
});

describe('rows that do not fit the heading', () => {
  test('an unquoted 1,234 in a file of commas is not taken for two figures', () => {
    expect(rowsOf('Đơn vị,Kết quả,Dân số\nBa Đình,1,234,5000\nTây Hồ,12,5000\n').map(({ misfit }) => misfit)).toEqual(['too-long', undefined]);
    expect(rowsOf('Đơn vị,Kết quả,Dân số,Ghi chú\nBa Đình,1,234,5000,\n').map(({ misfit }) => misfit)).toEqual(['too-long']);
  });

  test('a row that ends before its count is marked', () => {
    expect(rowsOf('STT,Đơn vị,Kết quả\n1,Ba Đình\n').map(({ misfit }) => misfit)).toEqual(['too-short']);
  });

  test('empty cells left over after semicolons harm nothing', () => {
    expect(rowsOf('Đơn vị;Kết quả\nBa Đình;5;;\n').map(({ misfit }) => misfit)).toEqual([undefined]);
  });
});

describe('what cannot be read is said with its reason', () => {
  test.each([
    ['an empty file', '', 'empty'],
    ['blank lines', '\n \n\n', 'empty'],
    ['only a heading', 'STT,Đơn vị,Kết quả\n', 'no-rows'],
    ['only a heading and a total', 'Đơn vị,Kết quả\nTổng cộng,0\n', 'no-rows'],
    ['no heading', 'Ba Đình,5\nTây Hồ,6\n', 'no-heading'],
    ['a heading without counts', 'STT,Đơn vị\n1,Ba Đình\n', 'no-heading'],
    ['a quote that never closes', 'Đơn vị,Kết quả\n"Ba Đình,5\nTây Hồ,6\n', 'quotes-or-too-long'],
    ['a zip archive that is no workbook', 'PK\u0003\u0004....', 'no-workbook'],
    ['more rows than a tree has units', `Đơn vị,Kết quả\n${'Ba Đình,5\n'.repeat(5_001)}`, 'quotes-or-too-long'],
  ])('%s', (_, text, reason) => {
    const result = read(text);
    expect(result).toMatchObject({ ok: false, unreadable: { reason } });
    if (!result.ok) expect(result.unreadable.advice.vi.length * (result.unreadable.advice.en?.length ?? 0)).toBeGreaterThan(100);
  });
});
