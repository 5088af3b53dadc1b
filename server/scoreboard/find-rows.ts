// The table inside a file: titles above it, its heading, its rows, totals and signatures below it.
import type { Finding } from '../../core/api.ts';
import { readCount } from '../../core/count-text.ts';
import { foldName } from '../../core/units.ts';
import type { Delimiter, Line } from './csv-table.ts';
import { finding, wrongTotal } from './findings.ts';
import { columnsOf, isHeading, type ColumnName, type Columns } from './headings.ts';

/** A figure as it came: text of a table's cell, or a number of a JSON body. */
export type Cell = string | number;

export interface RawRow {
  readonly line: number;
  readonly code?: string | undefined;
  readonly unit: string;
  readonly count: Cell;
  readonly base?: Cell | undefined;
  readonly target?: Cell | undefined;
  /** The row's cells do not fit the heading, so its figures cannot be told apart. */
  readonly misfit?: 'too-short' | 'too-long';
}

export interface RawTable {
  readonly rows: readonly RawRow[];
  /** Headings as written, for the columns that there are. */
  readonly headings: Partial<Record<ColumnName, string>>;
  readonly findings: readonly Finding[];
}

const totals = /^(?:tong|cong|total|sum|grand total|toan thanh pho|ca thanh pho|cong toan thanh pho)$|^(?:tong cong|tong so|cong chung)\b/;

/** Row of a total: the first words of the row say so. */
function isTotal(cells: readonly string[], countAt: number): boolean {
  const words = cells.slice(0, countAt).find((cell) => /\p{L}{2}/u.test(cell));
  return words !== undefined && totals.test(foldName(words));
}

/** Column numbers below the heading: (1), (2), A, B. */
const columnNumber = /^\(?(?:\d{1,2}|[A-Za-z])\)?$/;

function isColumnNumbers(cells: readonly string[], unitAt: number): boolean {
  return columnNumber.test(cells[unitAt] ?? '') && cells.every((cell) => cell === '' || /^\(?(?:\d{1,2}|[A-Za-z])\)?(?:\s*=.*)?$/.test(cell));
}

interface Heading {
  readonly at: number;
  /** Rows of the heading: two where merged cells are split below. */
  readonly height: number;
  readonly cells: readonly string[];
  readonly columns: Columns;
}

function findHeading(lines: readonly Line[]): Heading | undefined {
  for (const [at, { cells }] of lines.entries()) {
    const columns = columnsOf(cells);
    const below = lines[at + 1]?.cells ?? [];
    const unitAt = columns.unit ?? columns.code;
    if (unitAt === undefined) continue;
    const lower = columnsOf(below);
    const isSplit = (below[unitAt] ?? '') === '' && Object.keys(lower).length > 0;
    if (isSplit && isHeading({ ...columns, ...lower })) {
      const width = Math.max(cells.length, below.length);
      const merged = Array.from({ length: width }, (_, index) => below[index] || cells[index] || '');
      return { at, height: 2, cells: merged, columns: { ...columns, ...lower } };
    }
    if (isHeading(columns)) return { at, height: 1, cells, columns };
  }
  return undefined;
}

function titleNote(lines: readonly Line[]): Finding[] {
  const [first] = lines;
  if (!first) return [];
  const found = first.cells.filter((cell) => cell !== '').join(' ');
  const vi = `Bỏ qua ${lines.length} dòng trước hàng tiêu đề.`;
  const en = `${lines.length} line(s) above the heading are left out.`;
  return [finding('note', 'rows-before-heading', { line: first.line, found }, vi, en)];
}

/** An unquoted "1,234" falls apart in a file separated by commas, so there no cell may be left over; elsewhere only filled ones are. */
function isTooLong(cells: readonly string[], width: number, delimiter: Delimiter): boolean {
  return delimiter === ',' ? cells.length > width : cells.slice(width).some((cell) => cell !== '');
}

/** Finds the table; `undefined` when no row is a heading. */
export function findRows(lines: readonly Line[], delimiter: Delimiter): RawTable | undefined {
  const heading = findHeading(lines);
  if (!heading) return undefined;
  const { columns, cells: headingCells } = heading;
  const countAt = columns.count ?? 0;
  const unitAt = columns.unit ?? columns.code ?? 0;
  const findings = titleNote(lines.slice(0, heading.at));
  const rows: RawRow[] = [];
  const totalRows: { line: Line; sumSinceLast: number }[] = [];
  let sum = 0;
  let sumSinceLast = 0;
  const body = lines.slice(heading.at + heading.height);
  for (const [index, line] of body.entries()) {
    const { cells } = line;
    const cell = (name: ColumnName) => (columns[name] === undefined ? undefined : (cells[columns[name]] ?? ''));
    const countText = cell('count') ?? '';
    if (index === 0 && isColumnNumbers(cells, unitAt)) continue;
    if (isTotal(cells, countAt)) {
      totalRows.push({ line, sumSinceLast });
      sumSinceLast = 0;
      continue;
    }
    if (totalRows.length > 0 && countText === '') {
      findings.push(
        finding(
          'note',
          'rows-after-total',
          { line: line.line, found: cells.filter(Boolean).join(' ') },
          'Dòng không có số liệu sau dòng tổng, được bỏ qua.',
          'A line without figures below the total; left out.',
        ),
      );
      continue;
    }
    const misfit = cells.length <= countAt ? 'too-short' : isTooLong(cells, headingCells.length, delimiter) ? 'too-long' : undefined;
    rows.push({
      line: line.line,
      code: cell('code'),
      unit: cell('unit') ?? '',
      count: countText,
      base: cell('base'),
      target: cell('target'),
      ...(misfit ? { misfit } : {}),
    });
    const count = readCount(countText);
    if (count.ok) {
      sum += count.count;
      sumSinceLast += count.count;
    }
  }
  const countHeading = headingCells[countAt];
  for (const { line, sumSinceLast: part } of totalRows) findings.push(...totalFindings(line, countAt, countHeading, sum, part));
  const headings = Object.fromEntries(Object.entries(columns).map(([name, index]) => [name, headingCells[index] ?? '']));
  return { rows, headings, findings };
}

/** A total may be that of all rows, or of the rows since the total before. */
function totalFindings({ line, cells }: Line, countAt: number, column: string | undefined, sum: number, part: number): Finding[] {
  const found = cells[countAt] ?? '';
  const words = cells.filter(Boolean).join(' ');
  const note = finding(
    'note',
    'total-row',
    { line, found: words },
    'Dòng tổng được bỏ qua; tổng được tính lại từ các đơn vị.',
    'The total is left out; it is computed from the units.',
  );
  const total = readCount(found);
  const differs = total.ok && total.count !== sum && total.count !== part;
  return differs ? [note, wrongTotal({ line, column, found }, sum)] : [note];
}
