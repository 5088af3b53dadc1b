// The table inside a file: titles above it, its heading, its rows, totals and signatures below it.
import type { Finding } from '../../core/import-api.ts';
import { readCount } from '../../core/count-text.ts';
import { foldName } from '../../core/units.ts';
import type { Delimiter, Line } from './csv-table.ts';
import { finding, wrongTotal } from './findings.ts';
import { columnsOf, columnsOfPaths, isHeading, type ColumnName, type Columns } from './headings.ts';
import type { Cell, RawRow, RawTable } from './raw-table.ts';

const totals = /^(?:tong|cong|total|sum|grand total|toan thanh pho|ca thanh pho|cong toan thanh pho)$|^(?:tong cong|tong so|cong chung)\b/;

/** Row of a total: the first words of the row say so. */
function isTotal(cells: readonly string[], countAt: number): boolean {
  const words = cells.slice(0, countAt).find((cell) => /\p{L}{2}/u.test(cell));
  return words !== undefined && totals.test(foldName(words));
}

/** A row that names a group of units ("I. Khối quận", "Các xã"), with or without its sum. */
const groups = /^(?:(?:[ivx]+|[a-d]) )?(?:(?:khoi|nhom|cum|cac) (?:quan|hu[iy]en|thi xa|phuong|xa|don vi)\b|(?:quan|hu[iy]en|phuong|xa)$)/;

function isGroup(cells: readonly string[], countAt: number): boolean {
  const words = foldName(cells.slice(0, countAt).filter(Boolean).join(' '));
  return groups.test(words);
}

/** Column numbers below the heading: (1), (2), A, B. */
const columnNumber = /^\(?(?:\d{1,2}|[A-Za-z])\)?$/;

function isColumnNumbers(cells: readonly string[], unitAt: number): boolean {
  return columnNumber.test(cells[unitAt] ?? '') && cells.every((cell) => cell === '' || /^\(?(?:\d{1,2}|[A-Za-z])\)?(?:\s*=.*)?$/.test(cell));
}

/** Which number of a row is wanted. */
export type Figure = 'count' | 'target';

interface Heading {
  readonly at: number;
  /** Rows of the heading: more than one where merged cells are split below. */
  readonly height: number;
  readonly cells: readonly string[];
  readonly columns: Columns;
}

const tallest = 4;
const isFigure = (cell: string) => readCount(cell).ok;

/** A row that goes on with the heading above it: words only, and nothing where the units stand. */
function goesOn(cells: readonly string[] | undefined, unitAt: number): boolean {
  return cells !== undefined && (cells[unitAt] ?? '') === '' && cells.some((cell) => /\p{L}{2}/u.test(cell)) && !cells.some(isFigure);
}

/** Merged cells hold their text in the first one: it is carried over those to its right that are split below. */
function pathsOf(rows: readonly (readonly string[])[]): string[][] {
  const width = Math.max(...rows.map((cells) => cells.length));
  const spread = rows.map((cells, level) => {
    let last = '';
    return Array.from({ length: width }, (_, index) => {
      const text = cells[index] ?? '';
      const isSplit = rows.slice(level + 1).some((lower) => (lower[index] ?? '') !== '');
      last = text !== '' ? text : isSplit ? last : '';
      return last;
    });
  });
  return Array.from({ length: width }, (_, index) => spread.map((cells) => cells[index] ?? '').filter((text) => text !== ''));
}

/** A list of targets is read as one of figures: its target is the number that counts. */
function readingFor(figure: Figure, columns: Columns): Columns {
  if (figure === 'count') return columns;
  const { target, count, code, unit } = columns;
  const number = target ?? count;
  return { ...(code === undefined ? {} : { code }), ...(unit === undefined ? {} : { unit }), ...(number === undefined ? {} : { count: number }) };
}

function headingAt(lines: readonly Line[], at: number, figure: Figure): Heading | undefined {
  const [first, ...below] = lines.slice(at, at + tallest).map(({ cells }) => cells);
  // A title has one cell; the heading of a table has several.
  if (!first || first.filter((cell) => cell !== '').length < 2 || first.some(isFigure)) return undefined;
  const top = columnsOf(first);
  const unitAt = top.unit ?? top.code;
  if (unitAt === undefined) return undefined;
  const more = below.findIndex((cells) => !goesOn(cells, unitAt));
  const rows = [first, ...below.slice(0, more < 0 ? below.length : more)];
  for (let height = rows.length; height > 0; height--) {
    const paths = pathsOf(rows.slice(0, height));
    const columns = readingFor(figure, columnsOfPaths(paths));
    if (isHeading(columns)) return { at, height, cells: paths.map((path) => path.join(' – ')), columns };
  }
  return undefined;
}

/** What a person says the heading is. */
export interface ChosenHeading {
  /** Line of the file, 1 first. */
  readonly line: number;
  readonly columns: Columns;
}

function findHeading(lines: readonly Line[], chosen: ChosenHeading | undefined, figure: Figure): Heading | undefined {
  if (chosen) {
    const at = lines.findIndex(({ line }) => line === chosen.line);
    const cells = lines[at]?.cells;
    return cells && isHeading(chosen.columns) ? { at, height: 1, cells, columns: chosen.columns } : undefined;
  }
  for (const at of lines.keys()) {
    const heading = headingAt(lines, at, figure);
    if (heading) return heading;
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
function isTooLong(cells: readonly string[], width: number, delimiter: Delimiter | undefined): boolean {
  if (delimiter === undefined) return false;
  return delimiter === ',' ? cells.length > width : cells.slice(width).some((cell) => cell !== '');
}

/** Finds the table; `undefined` when no row is a heading. @param delimiter of a text file */
export function findRows(lines: readonly Line[], delimiter?: Delimiter, chosen?: ChosenHeading, figure: Figure = 'count'): RawTable | undefined {
  const heading = findHeading(lines, chosen, figure);
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
    /** A workbook's number stays a number. */
    const figure = (name: ColumnName): Cell | undefined => (columns[name] === undefined ? undefined : (line.numbers?.[columns[name]] ?? cell(name)));
    const countText = cell('count') ?? '';
    if (index === 0 && isColumnNumbers(cells, unitAt)) continue;
    if (isGroup(cells, countAt)) {
      findings.push(
        finding(
          'note',
          'group-row',
          { line: line.line, found: cells.filter(Boolean).join(' ') },
          'Dòng tên nhóm, được bỏ qua.',
          'The name of a group; left out.',
        ),
      );
      continue;
    }
    if (isTotal(cells, countAt)) {
      totalRows.push({ line, sumSinceLast });
      sumSinceLast = 0;
      continue;
    }
    // Below the total stand signatures, in whatever column: words, and no unit.
    const isSignature = (cells[unitAt] ?? '') === '' && !cells.some(isFigure);
    if (totalRows.length > 0 && (countText === '' || isSignature)) {
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
    const misfit = delimiter !== undefined && cells.length <= countAt ? 'too-short' : isTooLong(cells, headingCells.length, delimiter) ? 'too-long' : undefined;
    rows.push({
      line: line.line,
      code: cell('code'),
      unit: cell('unit') ?? '',
      count: figure('count') ?? '',
      base: figure('base'),
      target: figure('target'),
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
