// An office paper as a workbook: a sheet for each table, numbers as numbers, the heading in sight.
import writeExcelFile from 'write-excel-file/node';
import { alignOf, type Cell, type Column, type OfficePaper, type OfficeTable } from './office-paper.ts';

const formats: Readonly<Partial<Record<Column['kind'], string>>> = { count: '#,##0', hours: '#,##0.00', rate: '0.0%' };

function cells(row: readonly Cell[], columns: readonly Column[], isTotal: boolean) {
  return columns.map((column, index) => {
    const value = row[index];
    if (value === null || value === undefined) return null;
    const look = { align: alignOf(column), ...(isTotal ? { fontWeight: 'bold' as const } : {}) };
    return typeof value === 'number' ? { value, type: Number, ...(formats[column.kind] ? { format: formats[column.kind] } : {}), ...look } : { value, ...look };
  });
}

function sheetOf(paper: OfficePaper, { title, columns, rows, total }: OfficeTable) {
  const text = (value: string, bold: boolean) => [{ value, ...(bold ? { fontWeight: 'bold' as const } : {}) }];
  const mark = paper.mark === undefined ? '' : ` (${paper.mark})`;
  const heading = columns.map(({ heading: value }) => ({
    value,
    fontWeight: 'bold' as const,
    backgroundColor: '#f3ece1',
    align: 'center' as const,
    wrap: true,
  }));
  return [
    text(`${paper.about}${mark}`, true),
    text(title, false),
    heading,
    ...rows.map((row) => cells(row, columns, false)),
    ...(total ? [cells(total, columns, true)] : []),
    ...paper.notes.map((note) => text(note, false)),
  ];
}

/** A sheet's name holds 31 characters, and none of these. */
const sheetName = (title: string) => title.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31);

export function writeXlsx(paper: OfficePaper): Promise<Buffer> {
  const sheets = paper.tables.map((table) => ({
    data: sheetOf(paper, table),
    sheet: sheetName(table.title),
    columns: table.columns.map(({ share }) => ({ width: Math.max(7, Math.round(share * 110)) })),
    stickyRowsCount: 3,
  }));
  return writeExcelFile(sheets).toBuffer();
}
