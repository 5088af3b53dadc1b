// Files of figures as offices send them, made byte by byte: one table of figures in twenty-odd shapes, letters and layouts.
import { fullName, type Unit } from '../../../core/units.ts';
import { formatCount, sentenceCase } from '../../../core/vietnamese.ts';
import { tcvn3Bytes, utf16Bytes, vniBytes, windows1258 } from './old-letters.ts';
import { asTcvn3, asVni, withoutMarks } from './spellings.ts';
import { writeOldWorkbook } from './write-old-workbook.ts';
import { writeWorkbook, type TestCell, type TestSheet } from './write-workbook.ts';

export interface OfficeUnit {
  readonly unit: Unit;
  readonly count: number;
  readonly base: number;
}

export interface OfficeFile {
  readonly name: string;
  readonly tree: 'hanoi-districts' | 'hanoi-communes-2025';
  /** Sheet that a person chooses. */
  readonly sheet?: string;
  /** Whether names are asked about; the answer is always the unit that is meant. */
  readonly asks?: boolean;
  /** Whether the file has no base of its own. */
  readonly withoutBase?: boolean;
  readonly make: (units: readonly OfficeUnit[]) => Uint8Array;
}

const full = ({ unit }: OfficeUnit) => sentenceCase(fullName(unit));
const vi = (count: number) => formatCount(count, 'vi');
const sum = (units: readonly OfficeUnit[], of: 'count' | 'base') => units.reduce((total, each) => total + each[of], 0);
const percent = ({ count, base }: OfficeUnit) => `${((count / base) * 100).toFixed(1).replace('.', ',')}%`;

/** Figures under a usual heading, one text a row. */
function lines(units: readonly OfficeUnit[], by: string, end: string, number: (count: number) => string = vi, name = full): string {
  const rows = units.map((each, index) => [index + 1, name(each), number(each.count), number(each.base)]);
  const total = ['', 'TỔNG CỘNG', number(sum(units, 'count')), number(sum(units, 'base'))];
  return [['STT', 'Đơn vị', 'Lũy kế', 'Dân số từ đủ 15 tuổi'], ...rows, total].map((cells) => cells.join(by)).join(end) + end;
}

const plain = (units: readonly OfficeUnit[], name = full): TestCell[][] => units.map((each, index) => [index + 1, name(each), each.count, each.base]);
const book = (rows: readonly (readonly TestCell[])[], more: Partial<TestSheet> = {}) => writeWorkbook({ name: 'Tổng hợp', rows, ...more });
const heads = ['STT', 'Đơn vị', 'Lũy kế', 'Dân số từ đủ 15 tuổi'];
const shortKinds: Readonly<Record<string, string>> = { quận: 'Q.', huyện: 'H.', 'thị xã': 'TX.' };
const utf8 = (text: string) => Buffer.from(text);

/** By kind, with a row that names the group and its own sum. */
function grouped(units: readonly OfficeUnit[]): TestCell[][] {
  const kinds = ['quận', 'huyện'];
  return kinds.flatMap((kind, index) => {
    const part = units.filter(({ unit }) => (kind === 'quận') === (unit.kind === 'quận'));
    return [[['I', 'II'][index] ?? '', `Khối ${kind}`, sum(part, 'count'), sum(part, 'base')], ...plain(part)];
  });
}

const d = 'hanoi-districts';
const c = 'hanoi-communes-2025';

export const officeFiles: readonly OfficeFile[] = [
  {
    ...{ name: 'a report: titles, headings merged over two rows, numbers as text, a total, signatures', tree: d },
    make: (units) =>
      book(
        [
          ['UBND THÀNH PHỐ HÀ NỘI', null, null, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
          [null, null, null, 'Độc lập - Tự do - Hạnh phúc'],
          ['KẾT QUẢ CÀI ĐẶT ỨNG DỤNG iHANOI'],
          ['(Số liệu đến 17h00 ngày 26/11/2024)'],
          ['STT', 'Đơn vị', 'Số tài khoản', null, 'Dân số từ đủ 15 tuổi', 'Tỷ lệ (%)'],
          [null, null, 'Trong tuần', 'Lũy kế', null, null],
          ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)=(4)/(5)'],
          ...units.map((each, index): TestCell[] => [index + 1, full(each), '25', vi(each.count), vi(each.base), percent(each)]),
          [null, 'TỔNG CỘNG', String(25 * units.length), vi(sum(units, 'count')), vi(sum(units, 'base')), null],
          [],
          ['Nơi nhận:', null, null, 'NGƯỜI LẬP BIỂU'],
        ],
        { merged: ['A5:A6', 'B5:B6', 'C5:D5', 'E5:E6', 'F5:F6'] },
      ),
  },
  {
    ...{ name: 'the columns of a report to superiors, in their order', tree: d },
    make: (units) =>
      book([
        ['STT', 'Đơn vị', 'Chỉ tiêu', 'Kết quả', 'Lũy kế', 'Dân số', 'Tỷ lệ', 'Xếp hạng', 'Ghi chú'],
        ...units.map((each, index): TestCell[] => [index + 1, full(each), null, 25, each.count, each.base, percent(each), index + 1, 'x']),
      ]),
  },
  {
    ...{ name: 'a workbook of formulas with the values that Excel keeps', tree: d },
    make: (units) =>
      book([
        heads,
        ...units.map((each, index): TestCell[] => [index + 1, full(each), { formula: `F${index + 2}+G${index + 2}`, value: each.count }, each.base]),
        [null, 'Tổng số', { formula: 'SUM(C2:C31)', value: sum(units, 'count') }, { formula: 'SUM(D2:D31)', value: sum(units, 'base') }],
      ]),
  },
  {
    ...{ name: 'groups by kind with their sums, and the total first', tree: d },
    make: (units) => book([heads, [null, 'TOÀN THÀNH PHỐ', sum(units, 'count'), sum(units, 'base')], ...grouped(units)]),
  },
  {
    ...{ name: 'a cover, the figures, and a hidden sheet of the week before', tree: d },
    make: (units) =>
      writeWorkbook(
        { name: 'Tuần trước', hidden: true, rows: [heads, ...units.map((each): TestCell[] => [1, full(each), 1, each.base])] },
        { name: 'Bìa', rows: [['BÁO CÁO TUẦN'], ['Kính gửi: UBND thành phố']] },
        { name: 'Biểu 01', rows: [heads, ...plain(units)] },
      ),
  },
  {
    ...{ name: 'two sheets of figures, the second one chosen', tree: d, sheet: 'Tháng 11' },
    make: (units) =>
      writeWorkbook(
        { name: 'Tháng 10', rows: [heads, ...units.map((each): TestCell[] => [1, full(each), 1, each.base])] },
        { name: 'Tháng 11', rows: [heads, ...plain(units)] },
      ),
  },
  {
    ...{ name: 'rows hidden by a filter that was left on', tree: d },
    make: (units) => book([heads, ...plain(units)], { hiddenRows: [3, 4, 5, 20] }),
  },
  {
    ...{ name: 'text in runs of different fonts, and written into the cells', tree: d },
    make: (units) =>
      book([
        heads,
        ...units.map((each, index): TestCell[] => [
          index + 1,
          { runs: [`${sentenceCase(each.unit.kind)} `, each.unit.name] },
          { inline: vi(each.count) },
          each.base,
        ]),
      ]),
  },
  {
    ...{ name: 'a workbook in the letters of .VnTime (TCVN3)', tree: d },
    make: (units) => book([heads.map(asTcvn3), ...plain(units, (each) => asTcvn3(full(each)))]),
  },
  {
    ...{ name: 'a workbook of Excel 97 to 2003 (.xls), with a hidden sheet of the week before', tree: d },
    make: (units) =>
      writeOldWorkbook(
        { name: 'Tuần trước', hidden: true, rows: [heads, ...units.map((each): TestCell[] => [1, full(each), 1, each.base])] },
        { name: 'Tổng hợp', rows: [['BÁO CÁO'], [], heads, ...plain(units), [null, 'TỔNG CỘNG', { formula: 'SUM(C4:C33)', value: sum(units, 'count') }]] },
      ),
  },
  {
    ...{ name: 'an .xls in the letters of .VnTime (TCVN3)', tree: d },
    make: (units) => writeOldWorkbook({ name: 'Sheet1', rows: [heads.map(asTcvn3), ...plain(units, (each) => asTcvn3(full(each)))] }),
  },
  {
    ...{ name: 'a workbook in the letters of VNI-Times', tree: d },
    make: (units) => book([heads.map(asVni), ...plain(units, (each) => asVni(full(each)))]),
  },
  { ...{ name: 'CSV in UTF-8 with its mark, semicolons, Windows line ends', tree: d }, make: (units) => utf8(`\ufeff${lines(units, ';', '\r\n')}`) },
  {
    ...{ name: 'CSV with commas and quoted numbers in the English way', tree: d },
    make: (units) => utf8(lines(units, ',', '\n', (count) => `"${formatCount(count, 'en')}"`)),
  },
  { ...{ name: '"Unicode Text" of Excel: UTF-16 with tabs', tree: d }, make: (units) => utf16Bytes(lines(units, '\t', '\r\n'), 'le') },
  { ...{ name: 'UTF-16, big end first, semicolons', tree: d }, make: (units) => utf16Bytes(lines(units, ';', '\n'), 'be') },
  { ...{ name: 'CSV in Windows-1258', tree: d }, make: (units) => windows1258(lines(units, ';', '\r\n')) },
  { ...{ name: 'CSV in TCVN3', tree: d }, make: (units) => tcvn3Bytes(lines(units, ';', '\r\n')) },
  { ...{ name: 'CSV in VNI', tree: d }, make: (units) => vniBytes(lines(units, ';', '\r\n')) },
  {
    ...{ name: 'decomposed letters of a Mac, numbers with spaces', tree: d },
    make: (units) => utf8(lines(units, ';', '\n', (count) => vi(count).replaceAll('.', '\u00a0')).normalize('NFD')),
  },
  {
    ...{ name: 'short kinds, and headings without marks in capitals', tree: d },
    make: (units) =>
      utf8(
        [
          'TT;DON VI;SO TAI KHOAN LUY KE;DAN SO',
          ...units.map((each, at) => `${at + 1};${shortKinds[each.unit.kind]} ${each.unit.name};${each.count};${each.base}`),
        ].join('\n'),
      ),
  },
  {
    ...{ name: 'names in capitals without marks', tree: d },
    make: (units) => utf8(lines(units, ';', '\n', String, (each) => withoutMarks(full(each)).toUpperCase())),
  },
  { ...{ name: 'the 126 communes with kind and name', tree: c }, make: (units) => book([['STT', 'Phường, xã', 'Đã kích hoạt', 'Nhân khẩu'], ...plain(units)]) },
  {
    ...{ name: 'the 126 communes by code only', tree: c },
    make: (units) => utf8(['Mã ĐVHC;Kết quả;Mẫu số', ...units.map(({ unit, count, base }) => `${unit.code};${count};${base}`)].join('\n')),
  },
  {
    ...{ name: 'the 126 communes by their bare names, some of which are asked about, without a base', tree: c, asks: true, withoutBase: true },
    make: (units) => utf8(['Tên phường, xã;Số tài khoản', ...units.map(({ unit, count }) => `${unit.name};${count}`)].join('\n')),
  },
];
