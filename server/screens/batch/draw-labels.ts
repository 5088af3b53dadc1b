// Labels for boxes, 21 on a sheet of A4: which screen a box becomes, and the token for it as a code. Each works once and for a time.
import { formatLocalDate } from '../../../core/vietnamese.ts';
import { colors } from '../../scans/print/paper-words.ts';
import { drawCode } from '../../scans/print/draw-code.ts';
import { openPen } from '../../scans/print/pen.ts';

const page = { width: 210, height: 297 };
const label = { width: 70, height: 41 };
const across = 3;
const down = 7;
/** Printers leave the edges of a sheet white. */
const padding = 4;
const codeSide = 33;

export interface BoxLabel {
  readonly number: number;
  readonly name: string;
  readonly place: string;
  readonly unit: string;
  readonly token: string;
}

export interface LabelFacts {
  readonly server: string;
  /** Last local day on which the tokens hold. */
  readonly until: string;
  readonly at: number;
}

export function drawLabels(labels: readonly BoxLabel[], { server, until, at }: LabelFacts): Promise<Buffer> {
  const pen = openPen({ title: 'Nhãn ghép hộp với màn hình', author: server, at, bleed: false });
  const top = (page.height - down * label.height) / 2;
  for (const [index, { number, name, place, unit, token }] of labels.entries()) {
    const spot = index % (across * down);
    if (spot === 0) pen.sheet(page.width, page.height);
    const [x, y] = [(spot % across) * label.width, top + Math.floor(spot / across) * label.height];
    const text = { x: x + padding, width: label.width - codeSide - 2 * padding - 1, color: colors.ink };
    drawCode(pen, token, { x: x + label.width - codeSide - padding, y: y + (label.height - codeSide) / 2, side: codeSide });
    let line = y + padding;
    line += pen.line(`Màn hình ${number}`, { ...text, y: line, size: 11, weight: 'bold' });
    line += Math.min(pen.words(name.slice(0, 60), { ...text, y: line, size: 7.5, weight: 'semi' }), 9);
    for (const words of [place.slice(0, 60), unit]) if (words !== '' && line < y + 27) line += pen.words(words, { ...text, y: line, size: 6.5 });
    pen.words(`Dùng một lần, đến hết ${formatLocalDate(until)}. Cất như chìa khóa.`, { ...text, y: y + label.height - 8, size: 5.5 });
  }
  return pen.finish();
}
