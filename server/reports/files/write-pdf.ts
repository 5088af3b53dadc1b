// An office paper as a PDF to look at and to print: the same heading, tables and foot, in Be Vietnam Pro.
import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
import { fonts } from '../../scans/print/pen.ts';
import { alignOf, cellText, fixedWords, sharesOf, wordsAround, type Cell, type OfficePaper, type OfficeTable } from './office-paper.ts';

const mm = (value: number) => (value * 72) / 25.4;
const margin = { top: mm(20), bottom: mm(18), left: mm(30), right: mm(15) };
const page = { width: mm(210), height: mm(297) };
const width = page.width - margin.left - margin.right;
const bottom = page.height - margin.bottom;
const ink = '#1d1413';
const cellPadding = 3.5;
/** Stacked marks (Ặ, Ỗ) keep their room. */
const lineHeight = 1.32;

const features: PDFKit.Mixins.OpenTypeFeatures[] = ['tnum', 'kern', 'mark', 'mkmk'];

/** As many parts in each line as fit. */
const packed = (parts: readonly string[], joint: string, fits: (line: string) => boolean): string[] =>
  parts.reduce<string[]>((lines, part) => {
    const longer = lines.length === 0 ? part : `${lines.at(-1) ?? ''}${joint}${part}`;
    return fits(longer) ? [...lines.slice(0, -1), longer] : [...lines, part];
  }, []);

/** Recipients and signature, with the room to sign in. */
const footHeight = 150;

type Weight = keyof typeof fonts;
interface Words {
  readonly size: number;
  readonly weight?: Weight;
  readonly align?: 'left' | 'center' | 'right' | 'justify';
}

/** The sheet with a place to write on; each block moves it down. */
function openSheets(title: string, at: number) {
  const doc = new PDFDocument({
    ...{ size: 'A4', margins: { top: 0, bottom: 0, left: 0, right: 0 }, font: fileURLToPath(fonts.regular), lang: 'vi', pdfVersion: '1.7', displayTitle: true },
    ...{ bufferPages: true, info: { Title: title, Author: 'ihanoi-display', CreationDate: new Date(at), ModDate: new Date(at) } },
  });
  for (const [name, file] of Object.entries(fonts)) doc.registerFont(name, fileURLToPath(file));
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  let y = margin.top;

  const widthOf = (text: string) => doc.widthOfString(text, { features });
  /** Lines break at spaces, and in a word only where it is wider than all the room: `311/KH-UBND` stays whole. */
  const linesOf = (text: string, { size, weight = 'regular' }: Words, room: number): string[] => {
    doc.font(weight).fontSize(size);
    const fits = (line: string) => widthOf(line) <= room;
    const words = text
      .normalize('NFC')
      .split(' ')
      .flatMap((word) => (fits(word) ? [word] : packed([...word], '', fits)));
    return packed(words, ' ', fits);
  };
  const heightOf = (text: string, words: Words, room: number) => linesOf(text, words, room).length * words.size * lineHeight;
  const put = (text: string, x: number, top: number, words: Words, room: number) => {
    const { size, align = 'left' } = words;
    const lines = linesOf(text, words, room);
    const above = (size * lineHeight - doc.currentLineHeight(true)) / 2;
    for (const [index, line] of lines.entries()) {
      const left = room - widthOf(line);
      const shift = align === 'center' ? left / 2 : align === 'right' ? left : 0;
      const isFilled = align === 'justify' && index < lines.length - 1;
      const wordSpacing = isFilled ? left / Math.max(1, line.split(' ').length - 1) : 0;
      doc.fillColor(ink).text(line, x + shift, top + above + index * size * lineHeight, { lineBreak: false, features, wordSpacing });
    }
  };
  const breakFor = (height: number): boolean => {
    if (y + height <= bottom) return false;
    doc.addPage();
    y = margin.top;
    return true;
  };
  return {
    ...{ doc, heightOf, put, breakFor, done },
    get y() {
      return y;
    },
    move: (by: number) => void (y += by),
    /** Words over the whole width. */
    block(text: string, words: Words, after: number, x = margin.left, room = width) {
      const height = heightOf(text, words, room);
      breakFor(height);
      put(text, x, y, words, room);
      y += height + after;
    },
    line: (x1: number, x2: number, at_: number) => void doc.moveTo(x1, at_).lineTo(x2, at_).lineWidth(0.7).strokeColor(ink).stroke(),
  };
}
type Sheets = ReturnType<typeof openSheets>;

/** Lines one under the other in a column. @returns the height that they took */
function column(
  sheets: Sheets,
  x: number,
  room: number,
  lines: readonly (readonly [text: string, words: Words, after: number, underlined?: number])[],
): number {
  let top = sheets.y;
  for (const [text, words, after, underlined] of lines) {
    const height = sheets.heightOf(text, words, room);
    sheets.put(text, x, top, words, room);
    top += height;
    if (underlined !== undefined) sheets.line(x + (room * (1 - underlined)) / 2, x + (room * (1 + underlined)) / 2, top + 3);
    top += after;
  }
  return top - sheets.y;
}

function heading(sheets: Sheets, paper: OfficePaper): void {
  const { superior, office, number, placeAndDate, about } = wordsAround(paper);
  const left = width * 0.42;
  const centre = { align: 'center' } as const;
  const leftHeight = column(sheets, margin.left, left - 8, [
    ...(superior === '' ? [] : ([[superior, { size: 10, ...centre }, 0]] as const)),
    [office, { size: 10, weight: 'semi', ...centre }, 8, 0.35],
    [number, { size: 10.5, ...centre }, 0],
  ]);
  const rightHeight = column(sheets, margin.left + left, width - left, [
    [fixedWords.nation, { size: 10, weight: 'semi', ...centre }, 0],
    [fixedWords.motto, { size: 11, weight: 'semi', ...centre }, 8, 0.55],
    [placeAndDate, { size: 10.5, ...centre }, 0],
  ]);
  sheets.move(Math.max(leftHeight, rightHeight) + 18);
  if (paper.mark !== undefined) sheets.block(paper.mark, { size: 12, weight: 'bold', align: 'center' }, 4);
  sheets.block(fixedWords.kind, { size: 14, weight: 'bold', align: 'center' }, 2);
  sheets.block(about, { size: 12, weight: 'semi', align: 'center' }, 4);
  sheets.line(margin.left + width * 0.37, margin.left + width * 0.63, sheets.y);
  sheets.move(12);
}

function drawTable(sheets: Sheets, table: OfficeTable): void {
  const { title, columns, rows, total } = table;
  const { doc } = sheets;
  const widths = sharesOf(table).map((share) => share * width);
  const looksOf = (weight: Weight, isHeading: boolean) => columns.map((each): Words => ({ size: 9, weight, align: isHeading ? 'center' : alignOf(each) }));
  const heightsOf = (texts: readonly string[], looks: readonly Words[]) =>
    texts.map((text, index) => sheets.heightOf(text, looks[index] ?? { size: 9 }, (widths[index] ?? 0) - 2 * cellPadding));
  const rowHeight = (heights: readonly number[]) => Math.max(...heights) + 2 * cellPadding;
  /** @param following height of what has to stand on the same page below it */
  const draw = (texts: readonly string[], weight: Weight, isHeading: boolean, following = 0) => {
    const looks = looksOf(weight, isHeading);
    const heights = heightsOf(texts, looks);
    const height = rowHeight(heights);
    if (sheets.breakFor(height + following) && !isHeading)
      draw(
        columns.map((each) => each.heading),
        'semi',
        true,
      );
    let x = margin.left;
    if (isHeading) doc.rect(margin.left, sheets.y, width, height).fill('#f3ece1');
    for (const [index, text] of texts.entries()) {
      const room = widths[index] ?? 0;
      doc.rect(x, sheets.y, room, height).lineWidth(0.5).strokeColor('#8f8076').stroke();
      sheets.put(text, x + cellPadding, sheets.y + (height - (heights[index] ?? 0)) / 2, looks[index] ?? { size: 9 }, room - 2 * cellPadding);
      x += room;
    }
    sheets.move(height);
  };
  const texts = (cells: readonly Cell[]) => columns.map(({ kind }, index) => cellText(cells[index], kind));
  sheets.breakFor(90);
  sheets.block(title, { size: 11, weight: 'semi' }, 4);
  draw(
    columns.map((each) => each.heading),
    'semi',
    true,
  );
  // A sum that stands alone on a page is the sum of nothing.
  const totalHeight = total ? rowHeight(heightsOf(texts(total), looksOf('semi', false))) : 0;
  for (const [index, row] of rows.entries()) draw(texts(row), 'regular', false, index === rows.length - 1 ? totalHeight : 0);
  if (total) draw(texts(total), 'semi', false);
  sheets.move(12);
}

export function writePdf(paper: OfficePaper, at: number): Promise<Buffer> {
  const sheets = openSheets(paper.about, at);
  heading(sheets, paper);
  for (const text of paper.paragraphs) sheets.block(text, { size: 11, align: 'justify' }, 8);
  for (const table of paper.tables) drawTable(sheets, table);
  // Together with what follows: a signature that stands alone on a page could belong to any paper.
  const noteLook = { size: 9.5, align: 'justify' } as const;
  sheets.breakFor(paper.notes.reduce((height, note) => height + sheets.heightOf(note, noteLook, width) + 4, footHeight));
  for (const note of paper.notes) sheets.block(note, noteLook, 4);
  const { recipients, signerTitle, signer } = wordsAround(paper);
  sheets.move(14);
  column(sheets, margin.left, width / 2, [
    [fixedWords.recipients, { size: 10, weight: 'semi' }, 0],
    ...recipients.map((text) => [text, { size: 9.5 }, 0] as const),
  ]);
  column(sheets, margin.left + width / 2, width / 2, [
    ...signerTitle.map((text, index) => [text, { size: 11, weight: 'bold', align: 'center' }, index === signerTitle.length - 1 ? 62 : 0] as const),
    [signer, { size: 11, weight: 'bold', align: 'center' }, 0],
  ]);
  const { doc } = sheets;
  // The first page carries no number.
  for (let index = 1; index < doc.bufferedPageRange().count; index++) {
    doc.switchToPage(index);
    sheets.put(String(index + 1), margin.left, mm(10), { size: 10, align: 'center' }, width);
  }
  doc.end();
  return sheets.done;
}
