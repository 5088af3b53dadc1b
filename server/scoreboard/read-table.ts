// An uploaded file, or rows of a JSON body, to the rows of a table; or why it cannot be read and what to do.
import type { z } from 'zod';
import type { importJsonSchema } from '../../core/api.ts';
import type { LocalText } from '../../core/primitives.ts';
import { readCsv } from './csv-table.ts';
import { decodeText } from './decode-text.ts';
import { findRows, type RawTable } from './find-rows.ts';
import { finding } from './findings.ts';

export interface Unreadable {
  readonly reason: 'empty' | 'binary' | 'quotes-or-too-long' | 'no-heading' | 'no-rows';
  readonly line?: number;
  readonly advice: LocalText;
}

export type ReadTable = { ok: true; table: RawTable } | { ok: false; unreadable: Unreadable };

function refuse(reason: Unreadable['reason'], vi: string, en: string, line?: number): ReadTable {
  return { ok: false, unreadable: { reason, advice: { vi, en }, ...(line === undefined ? {} : { line }) } };
}

/** Reads a file's bytes. */
export function readFileTable(bytes: Uint8Array): ReadTable {
  const decoded = decodeText(bytes);
  if (!decoded.ok) return { ok: false, unreadable: { reason: 'binary', advice: decoded.advice } };
  if (decoded.text.trim() === '')
    return refuse('empty', 'Tệp trống. Tải tệp mẫu về và điền số liệu.', 'The file is empty. Download the template and fill it in.');
  const csv = readCsv(decoded.text);
  if (!csv.ok)
    return refuse(
      'quotes-or-too-long',
      'Dấu ngoặc kép không đóng, hoặc tệp quá nhiều dòng. Lưu lại thành CSV UTF-8.',
      'A quote does not close, or there are too many rows. Save it as CSV in UTF-8 again.',
      csv.line,
    );
  const table = findRows(csv.lines, csv.delimiter);
  if (!table) {
    return refuse(
      'no-heading',
      'Không thấy hàng tiêu đề. Cần có cột "Đơn vị" (hoặc "Mã") và cột "Lũy kế" (hoặc "Kết quả", "Số tài khoản").',
      'No heading was found. A column "Unit" (or "Code") and a column "Count" are needed.',
      1,
    );
  }
  if (table.rows.length === 0) return refuse('no-rows', 'Dưới hàng tiêu đề không có dòng số liệu nào.', 'There is no row below the heading.');
  if (decoded.encoding !== 'windows-1258') return { ok: true, table };
  const note = finding(
    'warning',
    'encoding',
    { found: 'Windows-1258' },
    'Tệp không phải UTF-8; đã đọc theo bảng mã Windows-1258. Kiểm tra các tên có dấu, lần sau lưu thành CSV UTF-8.',
    'The file is not UTF-8 and was read as Windows-1258. Check the names, and save as CSV in UTF-8 next time.',
  );
  return { ok: true, table: { ...table, findings: [note, ...table.findings] } };
}

type JsonRows = z.infer<typeof importJsonSchema>['rows'];

/** Rows of a JSON body; their line is their place in the list, 1 first. */
export function jsonTable(rows: JsonRows): ReadTable {
  if (rows.length === 0) return refuse('no-rows', 'Danh sách "rows" trống.', 'The list "rows" is empty.');
  const headings = { unit: 'unit', count: 'count', base: 'base', target: 'target' };
  return { ok: true, table: { headings, findings: [], rows: rows.map((row, index) => ({ line: index + 1, ...row })) } };
}
