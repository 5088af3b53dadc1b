// Paragraphs and tables of an office paper in Word's terms: for the product's own form and for an office's template.
import {
  AlignmentType,
  NoBreakHyphen,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
  type IParagraphOptions,
} from 'docx';
import { alignOf, cellText, sharesOf, type Cell, type OfficePaper, type OfficeTable } from './office-paper.ts';

/** Millimetres in twentieths of a point. */
export const mm = (value: number) => Math.round((value * 1440) / 25.4);

/** The hyphens of a document's number, `311/KH-UBND`: no line is to break there. */
const numberHyphens = /(?<=\/[\p{L}\d-]*)-(?=\p{L})/u;

/** Words as a run holds them. */
export const lettersOf = (text: string): (string | NoBreakHyphen)[] =>
  text
    .normalize('NFC')
    .split(numberHyphens)
    .flatMap((part, index) => (index === 0 ? [part] : [new NoBreakHyphen(), part]));

interface Look {
  /** Points; `null`: as the document has them. */
  readonly size?: number | null;
  readonly font?: string;
  readonly bold?: boolean;
  readonly italics?: boolean;
}

export function line(text: string, { size: points = 14, ...look }: Look, paragraph: Omit<IParagraphOptions, 'children' | 'text'> = {}): Paragraph {
  // Half points.
  const size = points === null ? {} : { size: points * 2 };
  return new Paragraph({
    ...paragraph,
    children: [new TextRun({ children: lettersOf(text), ...size, ...look })],
    // The mark at its end too: an empty cell would be as high as the largest letters.
    run: size,
  });
}

/** How what is reported is written. */
export interface Hand {
  /** Between the margins of the page, twentieths of a point. */
  readonly textWidth: number;
  readonly sizes: { readonly [part in 'text' | 'title' | 'note' | 'table']: number | null };
  readonly font?: string;
  /** Of paragraphs, by its name in the document. */
  readonly style?: string;
}
const fontOf = ({ font }: Hand) => (font === undefined ? {} : { font });
const styleOf = ({ style }: Hand) => (style === undefined ? {} : { style });

export const centred = { alignment: AlignmentType.CENTER } as const;
const alignments = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const;

function tableOf(table: OfficeTable, hand: Hand): Table {
  const { columns, rows, total } = table;
  const { textWidth, sizes } = hand;
  const widths = sharesOf(table).map((share) => Math.round(textWidth * share));
  const cell = (text: string, index: number, { bold = false, isHeading = false, keepNext = false }) => {
    const column = columns[index];
    const alignment = isHeading || !column ? AlignmentType.CENTER : alignments[alignOf(column)];
    return new TableCell({
      children: [line(text, { size: sizes.table, bold, ...fontOf(hand) }, { alignment, keepNext })],
      ...{
        width: { size: widths[index] ?? 0, type: WidthType.DXA },
        verticalAlign: VerticalAlignTable.CENTER,
        margins: { left: 60, right: 60, top: 30, bottom: 30 },
      },
    });
  };
  const row = (cells: readonly Cell[], look: { bold?: boolean; keepNext?: boolean }) =>
    new TableRow({ cantSplit: true, children: columns.map((column, index) => cell(cellText(cells[index], column.kind), index, look)) });
  return new Table({
    ...{ layout: TableLayoutType.FIXED, columnWidths: widths, width: { size: textWidth, type: WidthType.DXA } },
    rows: [
      // Repeated on every page.
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map((column, index) => cell(column.heading, index, { bold: true, isHeading: true })),
      }),
      // A sum that stands alone on a page is the sum of nothing.
      ...rows.map((cells, index) => row(cells, { keepNext: total !== undefined && index === rows.length - 1 })),
      ...(total ? [row(total, { bold: true })] : []),
    ],
  });
}

/** Made-up figures, or those of a trial, say so on every paper. */
export const markOf = ({ mark }: OfficePaper, hand: Hand): Paragraph[] =>
  mark === undefined
    ? []
    : [line(mark, { size: hand.sizes.text, bold: true, ...fontOf(hand) }, { ...styleOf(hand), ...centred, spacing: { before: 120, after: 60 } })];

/** Everything that is reported: paragraphs, tables, and how the figures are meant. */
export function blocksOf({ paragraphs, tables, notes }: OfficePaper, hand: Hand): (Paragraph | Table)[] {
  const { sizes } = hand;
  const body = { ...styleOf(hand), alignment: AlignmentType.BOTH, indent: { firstLine: mm(12.7) }, spacing: { after: 120 } };
  return [
    ...paragraphs.map((text) => line(text, { size: sizes.text, ...fontOf(hand) }, body)),
    ...tables.flatMap((table) => [
      line(table.title, { size: sizes.title, bold: true, ...fontOf(hand) }, { ...styleOf(hand), keepNext: true, spacing: { before: 160, after: 80 } }),
      tableOf(table, hand),
    ]),
    // Kept with what follows: a signature that stands alone on a page could belong to any paper.
    ...notes.map((text, index) =>
      line(
        text,
        { size: sizes.note, italics: true, ...fontOf(hand) },
        { ...body, keepNext: true, keepLines: true, spacing: { before: index === 0 ? 160 : 0, after: 60 } },
      ),
    ),
  ];
}
