// A pen for one PDF: sheets with trim, bleed and crop marks, and text in millimetres in Be Vietnam Pro, embedded.
import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
import { keepTogether } from '../../../core/keep-together.ts';

const pointsPerMm = 72 / 25.4;
/** Colour that runs over the edge, and the room around it for the marks. */
const bleedMm = 3;
const marginMm = 10;
export const fonts = {
  regular: import.meta.resolve('@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf'),
  semi: import.meta.resolve('@expo-google-fonts/be-vietnam-pro/600SemiBold/BeVietnamPro_600SemiBold.ttf'),
  bold: import.meta.resolve('@expo-google-fonts/be-vietnam-pro/800ExtraBold/BeVietnamPro_800ExtraBold.ttf'),
} as const;
/** Stacked marks (Ặ, Ỗ) are never clipped. */
const lineHeight = 1.32;

export interface Words {
  readonly x: number;
  /** Top of the first line. */
  readonly y: number;
  readonly width: number;
  /** Points. */
  readonly size: number;
  readonly color: string;
  readonly weight?: keyof typeof fonts;
  readonly align?: 'left' | 'center' | 'right';
}

export interface Pen {
  /** Begins a sheet of this trim size, millimetres. */
  sheet(width: number, height: number): void;
  /** A filled rectangle; what touches the trim is drawn over the bleed. */
  fill(x: number, y: number, width: number, height: number, color: string): void;
  round(x: number, y: number, width: number, height: number, radius: number, color: string): void;
  disc(x: number, y: number, radius: number, color: string): void;
  ring(x: number, y: number, radius: number, color: string, lineMm: number): void;
  /** One path of rectangles, filled at once: between two that touch no seam can show. */
  cells(rectangles: readonly (readonly [x: number, y: number, width: number, height: number])[], color: string): void;
  /** @returns the height that the words took, millimetres */
  words(text: string, how: Words): number;
  /** The words on one line, made smaller until they fit. @returns the height */
  line(text: string, how: Words): number;
  /** Draws only within a rectangle, which goes over the bleed as `fill` does. */
  within(x: number, y: number, width: number, height: number, draw: () => void): void;
  finish(): Promise<Buffer>;
}

export interface PdfFacts {
  readonly title: string;
  readonly author: string;
  readonly at: number;
  readonly bleed: boolean;
}

export function openPen({ title, author, at, bleed }: PdfFacts): Pen {
  const mm = (value: number) => value * pointsPerMm;
  const doc = new PDFDocument({
    ...{ autoFirstPage: false, margin: 0, font: fileURLToPath(fonts.regular), lang: 'vi', pdfVersion: '1.7', displayTitle: true },
    info: { Title: title, Author: author, CreationDate: new Date(at), ModDate: new Date(at), Creator: 'ihanoi-display' },
  });
  for (const [name, file] of Object.entries(fonts)) doc.registerFont(name, fileURLToPath(file));
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  let sheetMm = { width: 0, height: 0 };

  /** The lines at which the sheet is cut, drawn outside of the bleed. */
  function cropMarks(width: number, height: number): void {
    const [from, to] = [marginMm - bleedMm - 1, 1];
    doc.save().lineWidth(0.25).strokeColor('black');
    for (const x of [0, width]) {
      doc.moveTo(mm(x), mm(-from)).lineTo(mm(x), mm(-to - bleedMm));
      doc.moveTo(mm(x), mm(height + to + bleedMm)).lineTo(mm(x), mm(height + from));
    }
    for (const y of [0, height]) {
      doc.moveTo(mm(-from), mm(y)).lineTo(mm(-to - bleedMm), mm(y));
      doc.moveTo(mm(width + to + bleedMm), mm(y)).lineTo(mm(width + from), mm(y));
    }
    doc.stroke().restore();
  }

  /** A rectangle; where it touches the trim it goes on over the bleed. */
  function overEdges(x: number, y: number, width: number, height: number) {
    const [left, top] = [x <= 0 ? -bleedMm : x, y <= 0 ? -bleedMm : y];
    const right = x + width >= sheetMm.width ? sheetMm.width + bleedMm : x + width;
    const bottom = y + height >= sheetMm.height ? sheetMm.height + bleedMm : y + height;
    return doc.rect(mm(left), mm(top), mm(right - left), mm(bottom - top));
  }

  function put(text: string, { x, y, width, size, color, weight = 'regular', align = 'left' }: Words, wraps: boolean): number {
    const clean = text.normalize('NFC');
    doc.font(weight).fontSize(size).fillColor(color);
    const natural = doc.currentLineHeight(true);
    const lineGap = size * lineHeight - natural;
    const options = { width: mm(width), align, lineGap, ...(wraps ? {} : { height: natural }) };
    const height = wraps ? doc.heightOfString(clean, options) : size * lineHeight;
    doc.text(clean, mm(x), mm(y) + lineGap / 2, options);
    return height / pointsPerMm;
  }

  return {
    sheet(width, height) {
      const around = bleed ? marginMm : 0;
      doc.addPage({ size: [mm(width + 2 * around), mm(height + 2 * around)], margin: 0 });
      const box = (out: number) => [mm(around - out), mm(around - out), mm(around + width + out), mm(around + height + out)];
      Object.assign(doc.page.dictionary.data, { TrimBox: box(0), BleedBox: box(bleed ? bleedMm : 0) });
      doc.translate(mm(around), mm(around));
      sheetMm = { width, height };
      if (bleed) cropMarks(width, height);
    },
    fill: (x, y, width, height, color) => void overEdges(x, y, width, height).fill(color),
    round: (x, y, width, height, radius, color) => void doc.roundedRect(mm(x), mm(y), mm(width), mm(height), mm(radius)).fill(color),
    disc: (x, y, radius, color) => void doc.circle(mm(x), mm(y), mm(radius)).fill(color),
    ring: (x, y, radius, color, lineMm) => void doc.lineWidth(mm(lineMm)).circle(mm(x), mm(y), mm(radius)).stroke(color),
    cells(rectangles, color) {
      for (const [x, y, width, height] of rectangles) doc.rect(mm(x), mm(y), mm(width), mm(height));
      doc.fill(color);
    },
    words: (text, how) => put(keepTogether(text, [], mm(how.width) / how.size), how, true),
    line(text, how) {
      doc.font(how.weight ?? 'regular').fontSize(how.size);
      const needed = doc.widthOfString(text.normalize('NFC'));
      // A hair of room, so that rounding never breaks the line.
      return put(text, { ...how, size: how.size * Math.min(1, (mm(how.width) - 0.2) / needed) }, false);
    },
    within(x, y, width, height, draw) {
      doc.save();
      overEdges(x, y, width, height).clip();
      draw();
      doc.restore();
    },
    finish() {
      doc.end();
      return done;
    },
  };
}
