// Cells of a workbook's sheet, of whatever format, to the lines of a table.
import { maxTableRows, type Line } from './csv-table.ts';
import { maxColumns, WorkbookRefused } from './workbook-limits.ts';

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly lines: readonly Line[];
}

/** Text, or a number as the workbook keeps it. */
export type Cell = { readonly text: string } | { readonly number: number };

interface Row {
  readonly cells: string[];
  readonly numbers: (number | undefined)[];
}

export class SheetLines {
  readonly #rows = new Map<number, Row>();

  /** @param line of the file, 1 first; @param column 0 first */
  put(line: number, column: number, cell: Cell): void {
    if (column < 0 || column >= maxColumns) return;
    // A sum of fractions that is whole but for the last bit is whole.
    const number = 'number' in cell ? (Math.abs(cell.number - Math.round(cell.number)) < 1e-6 ? Math.round(cell.number) : cell.number) : undefined;
    const text = 'text' in cell ? cell.text.normalize('NFC').replace(/\s+/gu, ' ').trim() : String(number);
    if (text === '') return;
    if (!Number.isSafeInteger(line)) throw new WorkbookRefused('too-many-rows');
    let row = this.#rows.get(line);
    if (!row) {
      if (this.#rows.size >= maxTableRows) throw new WorkbookRefused('too-many-rows');
      this.#rows.set(line, (row = { cells: [], numbers: [] }));
    }
    while (row.cells.length < column) row.cells.push('');
    row.cells[column] = text;
    row.numbers[column] = number;
  }

  /** Those with something in them. */
  inOrder(): Line[] {
    return [...this.#rows].sort(([a], [b]) => a - b).map(([line, row]) => ({ line, ...row }));
  }
}
