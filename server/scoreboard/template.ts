// The file to fill in: every unit of the tree with its code, as a workbook, or as CSV that Excel opens with its marks.
import writeExcelFile from 'write-excel-file/node';
import type { Unit } from '../../core/units.ts';
import { fullName } from '../../core/units.ts';
import { sentenceCase } from '../../core/vietnamese.ts';

const headings = ['STT', 'Mã', 'Đơn vị', 'Lũy kế', 'Mẫu số', 'Chỉ tiêu'];

const rowsOf = (units: readonly Unit[]) => units.map((unit, index) => [index + 1, unit.code, sentenceCase(fullName(unit))] as const);

/** UTF-8 text with its byte order mark, lines end as Excel writes them. Names hold no comma or quote. */
export function templateCsv(units: readonly Unit[]): string {
  const rows = rowsOf(units).map((cells) => [...cells, '', '', '']);
  return `\ufeff${[headings, ...rows].map((cells) => cells.join(',')).join('\r\n')}\r\n`;
}

/** A workbook (.xlsx) whose heading stays in sight. */
export function templateWorkbook(units: readonly Unit[]): Promise<Buffer> {
  const rows = rowsOf(units).map(([number, code, name]) => [{ value: number }, { value: code }, { value: name }, null, null, null]);
  const heading = headings.map((value) => ({ value, fontWeight: 'bold' as const, backgroundColor: '#f3ece1' }));
  return writeExcelFile([heading, ...rows], {
    sheet: 'Số liệu',
    columns: [{ width: 6 }, { width: 10 }, { width: 28 }, { width: 14 }, { width: 14 }, { width: 14 }],
    stickyRowsCount: 1,
  }).toBuffer();
}
