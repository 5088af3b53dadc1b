// A report as an office files it, whatever the format: heading in the form of Decree 30/2020, paragraphs, tables, recipients, signature.
import type { Letterhead } from '../../../core/report-api.ts';
import { formatCount, formatLocalDate, formatRate } from '../../../core/vietnamese.ts';

export type Cell = string | number | null;

export interface Column {
  readonly heading: string;
  /** Of the width of the page, all columns together 1. */
  readonly share: number;
  readonly kind: 'name' | 'text' | 'count' | 'hours' | 'rate' | 'number';
}

export interface OfficeTable {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Last line, under the rows. */
  readonly total?: readonly Cell[];
}

export interface OfficePaper {
  readonly letterhead: Letterhead;
  /** Local day on which it was made. */
  readonly day: string;
  /** What it is about, under the word `BÁO CÁO`. */
  readonly about: string;
  readonly paragraphs: readonly string[];
  readonly tables: readonly OfficeTable[];
  /** How the figures are meant, below the tables. */
  readonly notes: readonly string[];
  /** Made-up figures, or those of a trial. */
  readonly mark: string | undefined;
}

export const nation = 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM';
export const motto = 'Độc lập - Tự do - Hạnh phúc';
const dots = '……………';

const decimals = new Intl.NumberFormat('vi-VN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A cell as people read it. */
export function cellText(cell: Cell | undefined, kind: Column['kind']): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return cell;
  if (kind === 'hours') return decimals.format(cell);
  return kind === 'rate' ? formatRate(cell) : formatCount(cell);
}

export const alignOf = ({ kind }: Column): 'left' | 'center' | 'right' =>
  kind === 'name' || kind === 'text' ? 'left' : kind === 'number' ? 'center' : 'right';

/** Day and month with two digits where the decree asks for them: days below 10, months 1 and 2. */
export function placeAndDate({ letterhead, day }: Pick<OfficePaper, 'letterhead' | 'day'>): string {
  const [date = '', month = '', year = ''] = formatLocalDate(day).split('/');
  return `${letterhead.place === '' ? dots : letterhead.place}, ngày ${date} tháng ${Number(month) < 3 ? month : Number(month)} năm ${year}`;
}

export const numberLine = ({ symbol }: Letterhead) => `Số:        /${symbol === '' ? 'BC' : symbol}`;
export const officeLine = ({ office }: Letterhead) => (office === '' ? dots : office).toLocaleUpperCase('vi');
export const signerLine = ({ signerTitle }: Letterhead) => (signerTitle === '' ? 'THỦ TRƯỞNG ĐƠN VỊ' : signerTitle).toLocaleUpperCase('vi');

/** Each recipient on its line; the last ends the list. */
export function recipientLines({ recipients }: Letterhead): string[] {
  const named = recipients.filter((name) => name !== '');
  return named.map((name, index) => `- ${name}${index === named.length - 1 ? '.' : ';'}`);
}
