// Which column means what: headings in the spellings that offices use, in one row or several, case and marks folded.
import { foldName } from '../../core/units.ts';

export const columnNames = ['code', 'unit', 'count', 'base', 'target'] as const;
export type ColumnName = (typeof columnNames)[number];

/** Index of the cell for each column that the file has. */
export type Columns = Partial<Record<ColumnName, number>>;

/** Best heading first: a table with "Kết quả" and "Lũy kế" means the running total. A heading may go on ("Lũy kế đến 26/11"). */
const spellings: Record<ColumnName, readonly string[]> = {
  code: ['Mã đơn vị', 'Mã', 'Mã số', 'Mã ĐVHC', 'Mã đơn vị hành chính', 'Mã xã', 'Mã phường', 'Code', 'Unit code'],
  unit: [
    'Đơn vị',
    'Tên đơn vị',
    'Đơn vị hành chính',
    'Quận, huyện, thị xã',
    'Quận, huyện',
    'Quận huyện thị xã',
    'Phường, xã',
    'Xã, phường',
    'Xã, phường, thị trấn',
    'Phường, xã, thị trấn',
    'Tên phường, xã',
    'Tên xã, phường',
    'Địa phương',
    'Địa bàn',
    'Tên quận',
    'Tên phường',
    'UBND',
    'UBND phường, xã',
    'UBND xã, phường',
    'Phường',
    'Xã',
    'Tên',
    'Khu vực',
    'Unit',
    'Unit name',
    'Name',
    'District',
    'Commune',
    'Ward',
  ],
  count: [
    'Lũy kế',
    'Kết quả lũy kế',
    'Cộng dồn',
    'Số tài khoản lũy kế',
    'Tổng số tài khoản',
    'Số tài khoản',
    'Số TK',
    'Tài khoản',
    'Số người cài đặt',
    'Số lượt cài đặt',
    'Số người đã cài đặt',
    'Đã cài đặt',
    'Đã kích hoạt',
    'Đã thực hiện',
    'Thực hiện',
    'Kết quả thực hiện',
    'Kết quả',
    'Số lượng',
    'Count',
    'Accounts',
    'Result',
    'Results',
  ],
  base: [
    'Mẫu số',
    'Người dân từ đủ 15 tuổi',
    'Dân số từ đủ 15 tuổi',
    'Từ đủ 15 tuổi',
    'Từ 15 tuổi trở lên',
    'Dân số từ 15 tuổi',
    'Số người từ đủ 15 tuổi',
    'Nhân khẩu',
    'Số nhân khẩu',
    'Dân số',
    'Số dân',
    'Tổng dân số',
    'Tổng số dân',
    'Base',
    'Denominator',
    'Population',
  ],
  target: ['Chỉ tiêu', 'Chỉ tiêu giao', 'Mục tiêu', 'Kế hoạch giao', 'Kế hoạch', 'Phải thực hiện', 'Target', 'Goal'],
};

const folded = Object.fromEntries(columnNames.map((name) => [name, spellings[name].map(foldName)])) as Record<ColumnName, string[]>;

/** A share of something is no figure; what came in a day or a week is a running total only when there is no other. */
const noFigure = /^(?:ti le|ti trong|rate|share)\b/;
const lastResort = 100;
const noTotal = /\b(?:trong (?:ngai|tuan|thang|ki)|tang|giam|phat sinh|so voi|con thieu|chua|xep hang|thu hang)\b/;

/** How well one text fits a column: 0 best; `undefined` not at all. */
function fit(text: string, name: ColumnName): number | undefined {
  const exact = folded[name].indexOf(text);
  if (exact >= 0) return exact;
  const longer = folded[name].findIndex((spelling) =>
    spelling.includes(' ') || name === 'count' || name === 'base' || name === 'target' ? text.startsWith(`${spelling} `) : false,
  );
  return longer < 0 ? undefined : longer + 0.5;
}

/** How well a column's heading, read from top to bottom, fits: by the best of its texts. */
function fitPath(path: readonly string[], name: ColumnName): number | undefined {
  const isFigure = name === 'count' || name === 'base' || name === 'target';
  if (isFigure && path.some((text) => text.includes('%') || noFigure.test(foldName(text)))) return undefined;
  const texts = path.map(foldName);
  const fits = texts.flatMap((text) => fit(text, name) ?? []);
  if (fits.length === 0) return undefined;
  return Math.min(...fits) + (name === 'count' && texts.some((text) => noTotal.test(text)) ? lastResort : 0);
}

/** The columns that headings name, each given as its texts from top to bottom. */
export function columnsOfPaths(paths: readonly (readonly string[])[]): Columns {
  const columns: Columns = {};
  const taken = new Set<number>();
  for (const name of columnNames) {
    let best = Number.POSITIVE_INFINITY;
    for (const [index, path] of paths.entries()) {
      const how = taken.has(index) ? undefined : fitPath(path, name);
      if (how !== undefined && how < best) {
        best = how;
        columns[name] = index;
      }
    }
    if (columns[name] !== undefined) taken.add(columns[name]);
  }
  return columns;
}

/** The columns that one row of cells names. */
export function columnsOf(cells: readonly string[]): Columns {
  return columnsOfPaths(cells.map((cell) => [cell]));
}

/** Whether a row can be the heading of a table: it names the unit and the count. */
export function isHeading(columns: Columns): boolean {
  return (columns.unit !== undefined || columns.code !== undefined) && columns.count !== undefined;
}
