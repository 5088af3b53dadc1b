// Which column means what: headings in the spellings that offices use, case and marks folded.
import { foldName } from '../../core/units.ts';

export const columnNames = ['code', 'unit', 'count', 'base', 'target'] as const;
export type ColumnName = (typeof columnNames)[number];

/** Index of the cell for each column that the file has. */
export type Columns = Partial<Record<ColumnName, number>>;

/** Best heading first: a table with "Kết quả" and "Lũy kế" means the running total. A heading may go on ("Lũy kế đến 26/11"). */
const spellings: Record<ColumnName, readonly string[]> = {
  code: ['Mã đơn vị', 'Mã', 'Mã số', 'Code', 'Unit code'],
  unit: [
    'Đơn vị',
    'Tên đơn vị',
    'Quận, huyện, thị xã',
    'Quận, huyện',
    'Quận/huyện',
    'Phường, xã',
    'Xã, phường',
    'Địa phương',
    'Địa bàn',
    'Tên quận',
    'Tên phường',
    'Tên',
    'Unit',
    'Unit name',
    'Name',
    'District',
    'Commune',
    'Ward',
  ],
  count: ['Lũy kế', 'Kết quả lũy kế', 'Số tài khoản', 'Tổng số tài khoản', 'Tài khoản', 'Kết quả', 'Số lượng', 'Count', 'Accounts', 'Result', 'Results'],
  base: ['Mẫu số', 'Dân số', 'Số dân', 'Tổng dân số', 'Người dân từ đủ 15 tuổi', 'Base', 'Denominator', 'Population'],
  target: ['Chỉ tiêu', 'Mục tiêu', 'Kế hoạch giao', 'Target', 'Goal'],
};

const folded = Object.fromEntries(columnNames.map((name) => [name, spellings[name].map(foldName)])) as Record<ColumnName, string[]>;

/** How well a heading fits a column: 0 best; `undefined` not at all. A share ("Kết quả (%)") is never a count. */
function fit(heading: string, name: ColumnName): number | undefined {
  if (heading.includes('%')) return undefined;
  const text = foldName(heading);
  const exact = folded[name].indexOf(text);
  if (exact >= 0) return exact;
  const longer = folded[name].findIndex((spelling) =>
    spelling.includes(' ') || name === 'count' || name === 'base' || name === 'target' ? text.startsWith(`${spelling} `) : false,
  );
  return longer < 0 ? undefined : longer + 0.5;
}

/** The columns that a row of cells names. */
export function columnsOf(cells: readonly string[]): Columns {
  const columns: Columns = {};
  for (const name of columnNames) {
    let best = Number.POSITIVE_INFINITY;
    for (const [index, cell] of cells.entries()) {
      const how = fit(cell, name);
      if (how !== undefined && how < best) {
        best = how;
        columns[name] = index;
      }
    }
  }
  return columns;
}

/** Whether a row can be the heading of a table: it names the unit and the count. */
export function isHeading(columns: Columns): boolean {
  return (columns.unit !== undefined || columns.code !== undefined) && columns.count !== undefined;
}
