// An office paper as a Word file in the form of Decree 30/2020/NĐ-CP: A4, Times New Roman, the national title, what it is about, recipients, signature.
import {
  BorderStyle,
  Document,
  Header,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
  type FileChild,
} from 'docx';
import { blocksOf, centred, line, markOf, mm, type Hand } from './docx-blocks.ts';
import { fixedWords, wordsAround, type OfficePaper, type WordsAround } from './office-paper.ts';

const pageMm = { width: 210, height: 297 };
const marginMm = { top: 20, bottom: 20, left: 30, right: 15 };
const textWidth = mm(pageMm.width - marginMm.left - marginMm.right);
const hand: Hand = { textWidth, sizes: { text: 14, title: 13, note: 12, table: 11 } };
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const noBorders = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none };

/** Letters of Times New Roman Bold, on average, as parts of their size: large ones and the rest. */
const letterEm = { upper: 0.72, lower: 0.48 };
/** Twentieths of a point, about. @param size points */
const widthOf = (text: string, size: number) => [...text].length * size * 20 * (text === text.toLocaleUpperCase('vi') ? letterEm.upper : letterEm.lower);

/** A drawn line in the middle, not underlined letters: that is how the decree wants it. @param room,length twentieths of a point */
function rule(room: number, length: number): Paragraph {
  const aside = Math.round((room - Math.min(length, room)) / 2);
  return new Paragraph({
    ...{ children: [], run: { size: 2 }, border: { top: { style: BorderStyle.SINGLE, size: 6, color: '000000', space: 1 } } },
    ...{ indent: { left: aside, right: aside }, spacing: { before: 40, after: 0, line: 40, lineRule: LineRuleType.EXACT } },
  });
}

const columnWidths = (leftShare: number) => [Math.round(textWidth * leftShare), textWidth - Math.round(textWidth * leftShare)] as const;

/** Two columns without lines, as heading and foot of the paper have them. */
function twoColumns(left: readonly Paragraph[], right: readonly Paragraph[], leftShare: number): Table {
  const widths = columnWidths(leftShare);
  const cell = (children: readonly Paragraph[], width: number) => new TableCell({ children: [...children], width: { size: width, type: WidthType.DXA } });
  return new Table({
    ...{ borders: noBorders, layout: TableLayoutType.FIXED, columnWidths: [...widths], width: { size: textWidth, type: WidthType.DXA } },
    rows: [new TableRow({ cantSplit: true, children: [cell(left, widths[0]), cell(right, widths[1])] })],
  });
}

/** As long as the words above it: 27 letters at 13 points, measured. */
const mottoWidth = mm(56);

function heading({ superior, office, number, placeAndDate }: WordsAround): Table {
  const leftShare = 0.42;
  const [left, right] = columnWidths(leftShare);
  return twoColumns(
    [
      ...(superior === '' ? [] : [line(superior, { size: 12 }, centred)]),
      line(office, { size: 12, bold: true }, centred),
      // A third to a half of the words.
      rule(left, Math.min(widthOf(office, 12), left) * 0.4),
      line(number, { size: 13 }, { ...centred, spacing: { before: 120 } }),
    ],
    [
      line(fixedWords.nation, { size: 12, bold: true }, centred),
      line(fixedWords.motto, { size: 13, bold: true }, centred),
      rule(right, mottoWidth),
      line(placeAndDate, { size: 13, italics: true }, { ...centred, spacing: { before: 120 } }),
    ],
    leftShare,
  );
}

function foot({ recipients, signerTitle, signer }: WordsAround): Table {
  return twoColumns(
    [line(fixedWords.recipients, { size: 12, bold: true, italics: true }), ...recipients.map((text) => line(text, { size: 11 }))],
    [...signerTitle.map((text) => line(text, { bold: true }, centred)), line(signer, { bold: true }, { ...centred, spacing: { before: 1600 } })],
    0.5,
  );
}

/** The form with these words around what is reported. @param at when it is made, epoch milliseconds */
export function writeForm(words: WordsAround, mark: readonly FileChild[], body: readonly FileChild[], at: number): Promise<Buffer> {
  const pageNumber = new Paragraph({ ...centred, children: [new TextRun({ children: [PageNumber.CURRENT], size: 26 })] });
  const document = new Document({
    ...{ title: words.about, creator: 'ihanoi-display', description: new Date(at).toISOString() },
    styles: { default: { document: { run: { font: 'Times New Roman', size: 28, language: { value: 'vi-VN' } } } } },
    sections: [
      {
        properties: {
          // The first page carries no number.
          titlePage: true,
          page: {
            size: { width: mm(pageMm.width), height: mm(pageMm.height) },
            margin: { top: mm(marginMm.top), bottom: mm(marginMm.bottom), left: mm(marginMm.left), right: mm(marginMm.right), header: mm(10) },
          },
        },
        headers: { default: new Header({ children: [pageNumber] }), first: new Header({ children: [new Paragraph('')] }) },
        children: [
          heading(words),
          ...mark,
          line(fixedWords.kind, { bold: true }, { ...centred, spacing: { before: 240 } }),
          line(words.about, { bold: true }, centred),
          rule(textWidth, Math.min(widthOf(words.about, 14), textWidth) * 0.4),
          line('', { size: 6 }, { spacing: { after: 120 } }),
          ...body,
          line('', {}, { keepNext: true }),
          foot(words),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

export function writeDocx(paper: OfficePaper, at: number): Promise<Buffer> {
  return writeForm(wordsAround(paper), markOf(paper, hand), blocksOf(paper, hand), at);
}
