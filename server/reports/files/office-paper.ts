// A report as an office files it, whatever the format: heading in the form of Decree 30/2020, paragraphs, tables, recipients, signature.
import type { Letterhead } from '../../../core/report-api.ts';
import { formatCount, formatLocalDate, formatRate } from '../../../core/vietnamese.ts';

export type Cell = string | number | null;

export interface Column {
  readonly heading: string;
  /** Of the width of the page, all columns together 1; figures get more where they need it. */
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

/** A digit in the bold letters of a table, and the room beside a figure, as parts of the width between the margins. */
const digitShare = 0.0135;
const besideShare = 0.017;

/** Shares of the columns with room for each figure in one line; what that takes is taken from names and words. */
export function sharesOf({ columns, rows, total = [] }: OfficeTable): number[] {
  const isFigure = ({ kind }: Column) => kind !== 'name' && kind !== 'text';
  const longest = (kind: Column['kind'], index: number) => Math.max(0, ...[...rows, total].map((cells) => cellText(cells[index], kind).length));
  const needed = columns.map((column, index) =>
    isFigure(column) ? Math.max(column.share, longest(column.kind, index) * digitShare + besideShare) : column.share,
  );
  const sum = (shares: readonly number[]) => shares.reduce((all, share) => all + share, 0);
  const words = sum(columns.map((column) => (isFigure(column) ? 0 : column.share)));
  const left = words - (sum(needed) - sum(columns.map(({ share }) => share)));
  return columns.map((column, index) => (isFigure(column) ? (needed[index] ?? 0) : (column.share * left) / words));
}

/** Day and month with two digits where the decree asks for them: days below 10, months 1 and 2. */
function placeAndDate({ letterhead, day }: OfficePaper): string {
  const [date = '', month = '', year = ''] = formatLocalDate(day).split('/');
  return `${letterhead.place === '' ? dots : letterhead.place}, ngày ${date} tháng ${Number(month) < 3 ? month : Number(month)} năm ${year}`;
}

/** The words around what is reported, as Decree 30/2020 wants them; empty where an office has said nothing and nothing has to stand. */
export interface WordsAround {
  readonly superior: string;
  readonly office: string;
  readonly number: string;
  readonly placeAndDate: string;
  readonly about: string;
  /** Each on its line; the last ends the list. */
  readonly recipients: readonly string[];
  /** In whose name and in which office: `TM. ỦY BAN NHÂN DÂN`, `CHỦ TỊCH`. */
  readonly signerTitle: readonly string[];
  readonly signer: string;
}

/** What stands on every paper. */
export const fixedWords = {
  nation: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
  motto: 'Độc lập - Tự do - Hạnh phúc',
  kind: 'BÁO CÁO',
  recipients: 'Nơi nhận:',
} as const;

/** Letters that fit into one line of the heading's column, the widest of them in capitals. */
const maxKeptLetters = 22;

/** Of a double name each half, with the dash at the end of the first: `VĂN MIẾU –` / `QUỐC TỬ GIÁM`. What is longer than any name is none. */
const keptName = (name: string) =>
  name
    .split(/(?<= [–-]) /)
    .map((part) => ([...part].length > maxKeptLetters ? part : part.replaceAll(' ', '\u00a0')))
    .join(' ');

/** A name is not cut behind its kind, nor a date behind its word: `ỦY BAN NHÂN DÂN` / `PHƯỜNG XUÂN PHƯƠNG`. */
const kept = (text: string) =>
  text.replace(/(?<= )(?:quận|huyện|thị xã|phường|xã|thành phố|tỉnh) [^,;()]+$/iu, keptName).replace(/\b(ngày) (?=\d)/gu, '$1\u00a0');

export function wordsAround(paper: OfficePaper): WordsAround {
  const { superior, office, symbol, signerTitle, signer, recipients } = paper.letterhead;
  const named = recipients.filter((name) => name !== '');
  const upper = (text: string) => text.toLocaleUpperCase('vi');
  return {
    superior: kept(upper(superior)),
    office: kept(upper(office === '' ? dots : office)),
    number: `Số:        /${symbol === '' ? 'BC' : symbol}`,
    placeAndDate: placeAndDate(paper),
    about: kept(paper.about),
    recipients: named.map((name, index) => `- ${name}${index === named.length - 1 ? '.' : ';'}`),
    signerTitle: upper(signerTitle === '' ? 'Thủ trưởng đơn vị' : signerTitle).split('\n'),
    signer,
  };
}
