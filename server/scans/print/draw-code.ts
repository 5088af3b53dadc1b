// A QR code on paper: vectors, every module a whole number of a printer's dots, dark on white, its quiet zone kept.
import { create } from 'qrcode';
import { fitCode } from '../../../core/legibility/code.ts';
import { rules } from '../../../core/legibility/rules.ts';
import type { Pen } from './pen.ts';

/** Dots of a usual printer, 600 an inch: a module that is no whole number of them comes out uneven. */
export const dotMm = 25.4 / 600;
const dark = '#000000';

export interface CodeSpot {
  readonly x: number;
  readonly y: number;
  /** Side of the square that the code may fill, quiet zone included. */
  readonly side: number;
}

/** Draws the largest code that fits, in the middle of its square. @returns the side that it takes and of one module, millimetres */
export function drawCode(pen: Pen, link: string, { x, y, side }: CodeSpot): { readonly side: number; readonly moduleMm: number } {
  const { size, data } = create(link, { errorCorrectionLevel: 'M' }).modules;
  const { modulePx: dots, cardPx } = fitCode(size, Math.floor(side / dotMm));
  const moduleMm = dots * dotMm;
  const taken = cardPx * dotMm;
  const snap = (value: number) => Math.round(value / dotMm) * dotMm;
  const [left, top] = [snap(x + (side - taken) / 2), snap(y + (side - taken) / 2)];
  pen.round(left, top, taken, taken, 0, '#ffffff');
  const quiet = rules.quietModules.figure;
  const cells: [number, number, number, number][] = [];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (data[row * size + column] !== 1) continue;
      const from = column;
      while (column + 1 < size && data[row * size + column + 1] === 1) column++;
      cells.push([left + (from + quiet) * moduleMm, top + (row + quiet) * moduleMm, (column - from + 1) * moduleMm, moduleMm]);
    }
  }
  pen.cells(cells, dark);
  return { side: taken, moduleMm };
}
