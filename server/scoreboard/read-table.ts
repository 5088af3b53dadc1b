// An uploaded file, or rows of a JSON body, to the rows of a table; or why it cannot be read and what to do.
import type { z } from 'zod';
import type { Finding, importJsonSchema } from '../../core/import-api.ts';
import type { LocalText } from '../../core/primitives.ts';
import { headingKey, rememberedIn, type RememberedHeadings, type SaidHeading } from './chosen-heading.ts';
import { readCsv, type Delimiter, type Line } from './csv-table.ts';
import { decodeFile, type Encoding } from './decode-file.ts';
import { findRows, type ChosenHeading, type Figure } from './find-rows.ts';
import type { RawTable } from './raw-table.ts';
import { finding } from './findings.ts';
import { letterNames, lettersOf, toUnicode } from './legacy-letters.ts';
import type { Sheet } from './sheet-lines.ts';
import { readWorkbook } from './workbook.ts';
import type { WorkbookProblem } from './workbook-limits.ts';

export interface Unreadable {
  readonly reason: 'empty' | 'binary' | 'quotes-or-too-long' | 'no-heading' | 'no-rows' | 'no-sheet' | WorkbookProblem;
  readonly line?: number;
  readonly advice: LocalText;
  /** Sheets from which one may be chosen. */
  readonly sheets?: readonly string[];
  /** The first lines of a file without a heading, so that a person can say which is it. */
  readonly lines?: readonly Pick<Line, 'line' | 'cells'>[];
}

export interface ReadOptions {
  /** Sheet of a workbook. */
  readonly sheet?: string | undefined;
  readonly heading?: ChosenHeading | undefined;
  /** What the sender said of headings before. */
  readonly remembered?: RememberedHeadings | undefined;
  /** `target` reads a list of targets: that column is then the figure of each row. */
  readonly figure?: Figure;
}

export interface TableRead {
  readonly ok: true;
  readonly table: RawTable;
  /** Of a workbook: the sheet that was read, and all that may be. */
  readonly sheet?: string;
  readonly sheets?: readonly string[];
  /** Where a person said what the columns are. */
  readonly said?: SaidHeading;
}
export type ReadTable = TableRead | { ok: false; unreadable: Unreadable };

type More = Omit<Unreadable, 'reason' | 'advice'>;

function refuse(reason: Unreadable['reason'], vi: string, en: string, more: More = {}): ReadTable {
  return { ok: false, unreadable: { reason, advice: { vi, en }, ...more } };
}

const encodingNotes: Partial<Record<Encoding, string>> = { 'windows-1258': 'Windows-1258', tcvn3: letterNames.tcvn3, vni: letterNames.vni };

function encodingNote(name: string | undefined): Finding[] {
  if (name === undefined) return [];
  return [
    finding(
      'warning',
      'encoding',
      { found: name },
      `Tệp không dùng Unicode; đã đọc theo bảng mã ${name}. Kiểm tra các tên có dấu, lần sau lưu bằng phông Unicode.`,
      `The file is not in Unicode and was read as ${name}. Check the names, and save it in Unicode next time.`,
    ),
  ];
}

const noHeading: Readonly<Record<Figure, readonly [vi: string, en: string]>> = {
  count: [
    'Không thấy hàng tiêu đề. Cần có cột "Đơn vị" (hoặc "Mã") và cột "Lũy kế" (hoặc "Kết quả", "Số tài khoản").',
    'No heading was found. A column "Unit" (or "Code") and a column "Count" are needed.',
  ],
  target: [
    'Không thấy hàng tiêu đề. Cần có cột "Đơn vị" (hoặc "Mã") và cột "Chỉ tiêu".',
    'No heading was found. A column "Unit" (or "Code") and a column "Target" are needed.',
  ],
};
const shownLines = 15;

function rememberedNote({ line }: ChosenHeading): Finding {
  return finding(
    'note',
    'remembered-heading',
    { line },
    'Các cột được hiểu như anh/chị đã chọn cho hàng tiêu đề này lần trước. Kiểm tra lại các số trước khi xác nhận.',
    'The columns are taken as you chose for this heading before. Look at the figures before you confirm.',
  );
}

function tableIn(
  lines: readonly Line[],
  delimiter: Delimiter | undefined,
  { heading, remembered = new Map(), figure = 'count' }: ReadOptions,
  before: readonly Finding[],
): ReadTable {
  const known = heading ? undefined : rememberedIn(lines, remembered);
  const notes = known ? [...before, rememberedNote(known)] : before;
  const table = findRows(lines, delimiter, heading ?? known, figure);
  if (!table) {
    return refuse('no-heading', ...noHeading[figure], {
      line: 1,
      lines: lines.slice(0, shownLines).map(({ line, cells }) => ({ line, cells: cells.slice(0, 30).map((cell) => cell.slice(0, 80)) })),
    });
  }
  if (table.rows.length === 0) return refuse('no-rows', 'Dưới hàng tiêu đề không có dòng số liệu nào.', 'There is no row below the heading.');
  const cells = heading && lines.find(({ line }) => line === heading.line)?.cells;
  const said = heading && cells ? { said: { heading: headingKey(cells), columns: heading.columns } } : {};
  return { ok: true, table: { ...table, findings: [...notes, ...table.findings] }, ...said };
}

const workbookProblems: Record<WorkbookProblem, readonly [string, string]> = {
  'no-workbook': [
    'Tệp không phải bảng tính Excel, bị hỏng hoặc đặt mật khẩu. Mở bằng Excel, bỏ mật khẩu, lưu lại thành .xlsx rồi gửi lại.',
    'The file is no Excel workbook, is damaged or has a password. Open it in Excel, take the password off, save it as .xlsx and send it again.',
  ],
  password: [
    'Bảng tính đặt mật khẩu nên không đọc được. Mở bằng Excel, vào Tệp → Thông tin → Bảo vệ sổ làm việc, bỏ mật khẩu, lưu lại rồi gửi lại.',
    'The workbook has a password and cannot be read. Open it in Excel, take the password off under File → Info → Protect Workbook, save it and send it again.',
  ],
  'before-97': [
    'Bảng tính của Excel 95 hoặc cũ hơn. Mở bằng Excel, chọn Lưu thành (Save As) → "Excel Workbook (*.xlsx)", rồi gửi tệp .xlsx đó.',
    'The workbook is of Excel 95 or older. Open it in Excel, choose Save As → "Excel Workbook (*.xlsx)", and send that .xlsx file.',
  ],
  'too-large': [
    'Bảng tính quá lớn khi giải nén. Chép riêng bảng kết quả sang tệp mới rồi gửi lại.',
    'The workbook is too large once unpacked. Copy the table of results into a new file and send that.',
  ],
  'too-many-rows': [
    'Bảng tính có quá nhiều dòng. Chép riêng bảng kết quả sang tệp mới rồi gửi lại.',
    'The workbook has too many rows. Copy the table of results into a new file and send that.',
  ],
  entities: [
    'Bảng tính có khai báo XML không được phép. Mở bằng Excel, lưu lại thành .xlsx rồi gửi lại.',
    'The workbook has XML declarations that are not allowed. Open it in Excel, save it as .xlsx and send it again.',
  ],
};

/** Cells of letters from before Unicode are read as what they were meant to be. */
function inUnicode({ lines }: Sheet): { lines: readonly Line[]; notes: Finding[] } {
  const letters = lettersOf(lines.map(({ cells }) => cells.join(' ')).join('\n'));
  if (letters === 'unicode') return { lines, notes: [] };
  return { lines: lines.map((line) => ({ ...line, cells: line.cells.map((cell) => toUnicode(cell, letters)) })), notes: encodingNote(letterNames[letters]) };
}

function otherSheets(names: readonly string[], sheet: string): Finding {
  const others = names.filter((name) => name !== sheet).join(', ');
  return finding(
    'note',
    'other-sheets',
    { found: others },
    `Đã đọc trang tính "${sheet}". Nếu số liệu nằm ở trang khác, chọn trang đó.`,
    `The sheet "${sheet}" was read. If the figures are on another one, choose that.`,
  );
}

function readBookTable(bytes: Uint8Array, options: ReadOptions): ReadTable {
  const { sheet: wanted } = options;
  const book = readWorkbook(bytes);
  if (!book.ok) return refuse(book.problem, ...workbookProblems[book.problem]);
  const visible = book.sheets.filter(({ hidden, lines }) => !hidden && lines.length > 0);
  const sheets = visible.map(({ name }) => name);
  if (wanted !== undefined) {
    const chosen = visible.find(({ name }) => name === wanted.normalize('NFC'));
    if (!chosen) return refuse('no-sheet', `Không có trang tính "${wanted}".`, `There is no sheet "${wanted}".`, { sheets });
    const { lines, notes } = inUnicode(chosen);
    const read = tableIn(lines, undefined, options, notes);
    return read.ok ? { ...read, sheet: chosen.name, sheets } : { ok: false, unreadable: { ...read.unreadable, sheets } };
  }
  let first: ReadTable | undefined;
  for (const each of visible) {
    const { lines, notes } = inUnicode(each);
    const read = tableIn(lines, undefined, options, notes);
    if (read.ok) {
      const asked = sheets.length > 1 ? [otherSheets(sheets, each.name)] : [];
      return { ...read, table: { ...read.table, findings: [...asked, ...read.table.findings] }, sheet: each.name, sheets };
    }
    first ??= read;
  }
  if (first && !first.ok) return { ok: false, unreadable: { ...first.unreadable, sheets } };
  return refuse('empty', 'Tệp trống. Tải tệp mẫu về và điền số liệu.', 'The file is empty. Download the template and fill it in.');
}

/** Reads a file's bytes. */
export function readFileTable(bytes: Uint8Array, options: ReadOptions = {}): ReadTable {
  const decoded = decodeFile(bytes);
  if (!decoded.ok) return { ok: false, unreadable: { reason: 'binary', advice: decoded.advice } };
  if (decoded.kind === 'workbook') return readBookTable(bytes, options);
  if (decoded.text.trim() === '')
    return refuse('empty', 'Tệp trống. Tải tệp mẫu về và điền số liệu.', 'The file is empty. Download the template and fill it in.');
  const csv = readCsv(decoded.text);
  if (!csv.ok)
    return refuse(
      'quotes-or-too-long',
      'Dấu ngoặc kép không đóng, hoặc tệp quá nhiều dòng. Lưu lại thành CSV UTF-8.',
      'A quote does not close, or there are too many rows. Save it as CSV in UTF-8 again.',
      csv.line === undefined ? {} : { line: csv.line },
    );
  return tableIn(csv.lines, csv.delimiter, options, encodingNote(encodingNotes[decoded.encoding]));
}

type JsonRows = z.infer<typeof importJsonSchema>['rows'];

/** Rows of a JSON body; their line is their place in the list, 1 first. */
export function jsonTable(rows: JsonRows): ReadTable {
  if (rows.length === 0) return refuse('no-rows', 'Danh sách "rows" trống.', 'The list "rows" is empty.');
  const headings = { unit: 'unit', count: 'count', base: 'base', target: 'target' };
  return { ok: true, table: { headings, findings: [], rows: rows.map((row, index) => ({ line: index + 1, ...row })) } };
}
