// The file to fill in: every unit of the tree with its code, as CSV that Excel opens with its marks.
import type { Unit } from '../../core/units.ts';
import { fullName } from '../../core/units.ts';
import { sentenceCase } from '../../core/vietnamese.ts';

const headings = ['STT', 'Mã', 'Đơn vị', 'Lũy kế', 'Mẫu số', 'Chỉ tiêu'];

/** UTF-8 text with its byte order mark, lines end as Excel writes them. Names hold no comma or quote. */
export function templateCsv(units: readonly Unit[]): string {
  const rows = units.map((unit, index) => [index + 1, unit.code, sentenceCase(fullName(unit)), '', '', '']);
  return `\ufeff${[headings, ...rows].map((cells) => cells.join(',')).join('\r\n')}\r\n`;
}
