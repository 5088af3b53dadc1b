// Text to lines of cells: comma, semicolon or tab is found out by which of them makes a table.
import { CsvError, parse } from 'csv-parse/sync';
import { columnsOf, isHeading } from './headings.ts';

export interface Line {
  /** Line of the file on which the row begins, 1 first. */
  readonly line: number;
  readonly cells: readonly string[];
  /** The numbers of a workbook's cells, where they hold one: there 1.234 is one and a fraction. */
  readonly numbers?: readonly (number | undefined)[];
}

export type Delimiter = ',' | ';' | '\t';
export type CsvTable = { ok: true; lines: Line[]; delimiter: Delimiter } | { ok: false; line: number | undefined };

/** More rows than any tree has units; a longer file is no scoreboard. */
export const maxTableRows = 5_000;

const delimiters: readonly Delimiter[] = [',', ';', '\t'];

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

function readLines(text: string, delimiter: Delimiter, to: number): Line[] {
  // The typings know records only; with `info` each comes with its line.
  // Trimming around quotes would eat tabs that separate.
  const trim = delimiter !== '\t';
  const parsed = parse(text, { delimiter, info: true, relax_column_count: true, relax_quotes: true, trim, to, record_delimiter: '\n' }) as unknown as Parsed[];
  let end = 0;
  return parsed.map(({ record, info }) => {
    const line = end + 1;
    end = info.lines;
    return { line, cells: record.map((cell) => cell.trim()) };
  });
}

/** Rows of the file that may hold the heading. */
const headLines = 50;

function countsHeading(text: string, delimiter: Delimiter): { heading: boolean; columns: number } {
  try {
    const lines = readLines(text, delimiter, headLines);
    return { heading: lines.some(({ cells }) => isHeading(columnsOf(cells))), columns: Math.max(0, ...lines.map(({ cells }) => cells.length)) };
  } catch (error) {
    if (error instanceof CsvError) return { heading: false, columns: 0 };
    throw error;
  }
}

function findDelimiter(text: string): Delimiter {
  const tried = delimiters.map((delimiter) => ({ delimiter, ...countsHeading(text, delimiter) }));
  tried.sort((a, b) => Number(b.heading) - Number(a.heading) || b.columns - a.columns);
  return tried[0]?.delimiter ?? ',';
}

/** Excel's own first line that names the separator. */
const separatorLine = /^sep=([,;\t])\n/i;

/** Reads the rows of a table, empty ones left out. Not ok when the quotes do not close or there are too many rows. */
export function readCsv(text: string): CsvTable {
  const oneLineEnd = text.replace(/\r\n?/g, '\n');
  const separator = separatorLine.exec(oneLineEnd);
  const body = separator ? oneLineEnd.slice(separator[0].length) : oneLineEnd;
  const delimiter = delimiters.find((each) => each === separator?.[1]) ?? findDelimiter(body);
  try {
    const lines = readLines(body, delimiter, maxTableRows + 1);
    if (lines.length > maxTableRows) return { ok: false, line: maxTableRows + 1 };
    const shift = separator ? 1 : 0;
    const filled = lines.filter(({ cells }) => cells.some((cell) => cell !== ''));
    return { ok: true, delimiter, lines: filled.map(({ line, cells }) => ({ line: line + shift, cells })) };
  } catch (error) {
    if (error instanceof CsvError) return { ok: false, line: typeof error['lines'] === 'number' ? error['lines'] : undefined };
    throw error;
  }
}
