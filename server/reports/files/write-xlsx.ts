// An office paper as a workbook: a sheet for each table, numbers as numbers, the heading in sight, and each sheet as wide as a page of A4 when it is printed.
import writeExcelFile from 'write-excel-file/node';
import { alignOf, type Cell, type Column, type OfficePaper, type OfficeTable } from './office-paper.ts';

const formats: Readonly<Partial<Record<Column['kind'], string>>> = { count: '#,##0', hours: '#,##0.00', rate: '0.0%' };
const fontSize = 12;
/** Rows of title and heading, repeated on each printed page. */
const headRows = 3;
/** Points; letters with two marks need the room. */
const lineHeight = fontSize * 1.35;
const widthsOf = ({ columns }: OfficeTable) => columns.map(({ share }) => Math.max(7, Math.round(share * 110)));
const boxed = { borderStyle: 'thin', borderColor: '#8f8076', alignVertical: 'center' } as const;
const bold = { fontWeight: 'bold' } as const;

/** Rows do not grow by themselves around merged cells, nor in every program around wrapped ones. @param room letters a line */
const heightFor = (text: string, room: number) => Math.ceil(text.length / room) * lineHeight;

function cells(row: readonly Cell[], columns: readonly Column[], widths: readonly number[], isTotal: boolean) {
  const height = Math.max(...row.map((value, index) => heightFor(typeof value === 'string' ? value : '', (widths[index] ?? 1) * 0.95)), lineHeight);
  return columns.map((column, index) => {
    const value = row[index];
    const look = { ...boxed, align: alignOf(column), height, ...(isTotal ? bold : {}) };
    if (typeof value === 'number') return { value, type: Number, ...(formats[column.kind] ? { format: formats[column.kind] } : {}), ...look };
    return { ...(value === null || value === undefined ? {} : { value }), wrap: true, ...look };
  });
}

function sheetOf(paper: OfficePaper, table: OfficeTable) {
  const { title, columns, rows, total } = table;
  const widths = widthsOf(table);
  const room = widths.reduce((sum, width) => sum + width, 0);
  /** Over all columns. */
  const text = (value: string, look: typeof bold | object = {}) => [
    { value, columnSpan: columns.length, wrap: true, alignVertical: 'center' as const, height: heightFor(value, room * 0.9), ...look },
    ...columns.slice(1).map(() => null),
  ];
  const mark = paper.mark === undefined ? '' : ` (${paper.mark})`;
  const headingHeight = Math.max(...columns.map(({ heading }, index) => heightFor(heading, (widths[index] ?? room) * 0.8)));
  const heading = columns.map(({ heading: value }) => ({
    ...{ value, backgroundColor: '#f3ece1', height: headingHeight + 4, wrap: true },
    ...{ ...boxed, ...bold, align: 'center' as const },
  }));
  return [
    text(`${paper.about}${mark}`, bold),
    text(title),
    heading,
    ...rows.map((row) => cells(row, columns, widths, false)),
    ...(total ? [cells(total, columns, widths, true)] : []),
    ...[...paper.paragraphs, ...paper.notes].map((note) => text(note)),
  ];
}

/** A sheet's name holds 31 characters, and none of these. */
const sheetName = (title: string) => title.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31);

/** Paper of A4, all columns on one page, numbered; the heading again on each page. The library has no words for it. */
const printed = {
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform: (xml: string) =>
          xml
            .replace(/<worksheet[^>]*>/, (open) => `${open}<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
            .replace(
              '</worksheet>',
              '<pageMargins left="0.6" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;C&amp;P/&amp;N</oddFooter></headerFooter></worksheet>',
            ),
      },
      'xl/workbook.xml': {
        transform: (xml: string, sheets: readonly { sheet?: string }[]) => {
          const names = sheets.map(
            ({ sheet = '' }, index) =>
              `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">'${sheet.replaceAll("'", "''").replaceAll('&', '&amp;').replaceAll('<', '&lt;')}'!$1:$${headRows}</definedName>`,
          );
          return xml.replace('</sheets>', `</sheets><definedNames>${names.join('')}</definedNames>`);
        },
      },
    },
  },
};

export function writeXlsx(paper: OfficePaper): Promise<Buffer> {
  const sheets = paper.tables.map((table) => ({
    data: sheetOf(paper, table),
    sheet: sheetName(table.title),
    columns: widthsOf(table).map((width) => ({ width })),
    stickyRowsCount: headRows,
    showGridLines: false,
  }));
  return writeExcelFile(sheets, { fontFamily: 'Times New Roman', fontSize, features: [printed] }).toBuffer();
}
