// An office paper as a Word file in the form of Decree 30/2020/NĐ-CP: A4, Times New Roman, the national title, what it is about, recipients, signature.
import {
  AlignmentType,
  BorderStyle,
  Document,
  Header,
  Packer,
  PageNumber,
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
import {
  alignOf,
  cellText,
  motto,
  nation,
  numberLine,
  officeLine,
  placeAndDate,
  recipientLines,
  signerLine,
  type Cell,
  type OfficePaper,
  type OfficeTable,
} from './office-paper.ts';

/** Twentieths of a point, and half points for letters. */
const mm = (value: number) => Math.round((value * 1440) / 25.4);
const pageMm = { width: 210, height: 297 };
const marginMm = { top: 20, bottom: 20, left: 30, right: 15 };
const textWidth = mm(pageMm.width - marginMm.left - marginMm.right);
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const noBorders = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none };

interface Look {
  /** Points. */
  readonly size?: number;
  readonly bold?: boolean;
  readonly italics?: boolean;
  readonly underline?: boolean;
}

function line(text: string, { size = 14, underline = false, ...look }: Look, paragraph: Omit<IParagraphOptions, 'children' | 'text'> = {}): Paragraph {
  return new Paragraph({
    ...paragraph,
    children: [new TextRun({ text: text.normalize('NFC'), size: size * 2, ...look, ...(underline ? { underline: {} } : {}) })],
  });
}

const centred = { alignment: AlignmentType.CENTER } as const;
const alignments = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const;

/** Two columns without lines, as heading and foot of the paper have them. */
function twoColumns(left: readonly Paragraph[], right: readonly Paragraph[], leftShare: number): Table {
  const widths = [Math.round(textWidth * leftShare), textWidth - Math.round(textWidth * leftShare)];
  const cell = (children: readonly Paragraph[], width = 0) => new TableCell({ children: [...children], width: { size: width, type: WidthType.DXA } });
  return new Table({
    ...{ borders: noBorders, layout: TableLayoutType.FIXED, columnWidths: widths, width: { size: textWidth, type: WidthType.DXA } },
    rows: [new TableRow({ children: [cell(left, widths[0]), cell(right, widths[1])] })],
  });
}

function heading(paper: OfficePaper): Table {
  const { letterhead } = paper;
  return twoColumns(
    [
      ...(letterhead.superior === '' ? [] : [line(letterhead.superior.toLocaleUpperCase('vi'), { size: 12 }, centred)]),
      line(officeLine(letterhead), { size: 12, bold: true, underline: true }, centred),
      line(numberLine(letterhead), { size: 13 }, { ...centred, spacing: { before: 120 } }),
    ],
    [
      line(nation, { size: 12, bold: true }, centred),
      line(motto, { size: 13, bold: true, underline: true }, centred),
      line(placeAndDate(paper), { size: 13, italics: true }, { ...centred, spacing: { before: 120 } }),
    ],
    0.42,
  );
}

function tableOf({ columns, rows, total }: OfficeTable): Table {
  const widths = columns.map(({ share }) => Math.round(textWidth * share));
  const cell = (text: string, index: number, bold: boolean, isHeading = false) => {
    const column = columns[index];
    const alignment = isHeading || !column ? AlignmentType.CENTER : alignments[alignOf(column)];
    return new TableCell({
      children: [line(text, { size: 11, bold }, { alignment })],
      ...{
        width: { size: widths[index] ?? 0, type: WidthType.DXA },
        verticalAlign: VerticalAlignTable.CENTER,
        margins: { left: 60, right: 60, top: 30, bottom: 30 },
      },
    });
  };
  const row = (cells: readonly Cell[], bold: boolean) =>
    new TableRow({ cantSplit: true, children: columns.map((column, index) => cell(cellText(cells[index], column.kind), index, bold)) });
  return new Table({
    ...{ layout: TableLayoutType.FIXED, columnWidths: widths, width: { size: textWidth, type: WidthType.DXA } },
    rows: [
      // Repeated on every page.
      new TableRow({ tableHeader: true, cantSplit: true, children: columns.map((column, index) => cell(column.heading, index, true, true)) }),
      ...rows.map((cells) => row(cells, false)),
      ...(total ? [row(total, true)] : []),
    ],
  });
}

function foot({ letterhead }: OfficePaper): Table {
  return twoColumns(
    [line('Nơi nhận:', { size: 12, bold: true, italics: true }), ...recipientLines(letterhead).map((text) => line(text, { size: 11 }))],
    [line(signerLine(letterhead), { bold: true }, centred), line(letterhead.signer, { bold: true }, { ...centred, spacing: { before: 1600 } })],
    0.5,
  );
}

export function writeDocx(paper: OfficePaper, at: number): Promise<Buffer> {
  const body = { alignment: AlignmentType.BOTH, indent: { firstLine: mm(12.7) }, spacing: { after: 120 } };
  const title = paper.mark === undefined ? [] : [line(paper.mark, { bold: true }, { ...centred, spacing: { before: 120 } })];
  const pageNumber = new Paragraph({ ...centred, children: [new TextRun({ children: [PageNumber.CURRENT], size: 26 })] });
  const document = new Document({
    ...{ title: paper.about, creator: 'ihanoi-display', description: new Date(at).toISOString() },
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
          heading(paper),
          ...title,
          line('BÁO CÁO', { bold: true }, { ...centred, spacing: { before: 240 } }),
          line(paper.about, { bold: true }, { ...centred, spacing: { after: 240 } }),
          ...paper.paragraphs.map((text) => line(text, {}, body)),
          ...paper.tables.flatMap((table) => [
            line(table.title, { size: 13, bold: true }, { keepNext: true, spacing: { before: 160, after: 80 } }),
            tableOf(table),
          ]),
          ...paper.notes.map((text, index) => line(text, { size: 12, italics: true }, { ...body, spacing: { before: index === 0 ? 160 : 0, after: 60 } })),
          line('', {}),
          foot(paper),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}
