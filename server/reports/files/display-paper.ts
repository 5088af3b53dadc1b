// Proof of display as an office paper: the figures of the report, by unit, screen, item and day.
import { reasonText } from '../../../core/reason-words.ts';
import type { DisplayFigures, DisplayReport, Letterhead } from '../../../core/report-api.ts';
import type { PaperKind } from '../../../core/scan-api.ts';
import { formatCount, formatLocalDate, formatMoment, sentenceCase } from '../../../core/vietnamese.ts';
import { localDay } from '../../local-days.ts';
import { cellText, type Cell, type Column, type OfficePaper, type OfficeTable } from './office-paper.ts';

const figureColumns: readonly Column[] = [
  { heading: 'Thời gian phát (giờ)', share: 0.12, kind: 'hours' },
  { heading: 'Lượt phát', share: 0.11, kind: 'count' },
  { heading: 'Bị ngắt', share: 0.09, kind: 'count' },
  { heading: 'Bỏ qua', share: 0.09, kind: 'count' },
  { heading: 'Lượt mở mã', share: 0.1, kind: 'count' },
];
const cellsOf = ({ airMs, turns, interrupted, skipped, opens }: DisplayFigures): Cell[] => [airMs / 3_600_000, turns, interrupted, skipped, opens];

interface Named {
  readonly name: string;
  /** Second column, such as the unit of a screen. */
  readonly note?: string;
  readonly figures: DisplayFigures;
}

function table(title: string, heading: string, rows: readonly Named[], total: DisplayFigures, note?: string): OfficeTable {
  const noted = note !== undefined;
  return {
    title,
    columns: [
      { heading: 'STT', share: 0.06, kind: 'number' },
      { heading, share: noted ? 0.25 : 0.43, kind: 'name' },
      ...(noted ? [{ heading: note, share: 0.18, kind: 'text' } as const] : []),
      ...figureColumns,
    ],
    rows: rows.map(({ name, note: second = '', figures }, index) => [index + 1, name, ...(noted ? [second] : []), ...cellsOf(figures)]),
    total: [null, 'TỔNG CỘNG', ...(noted ? [null] : []), ...cellsOf(total)],
  };
}

const paperKindNames: Readonly<Record<PaperKind, string>> = { poster: 'Áp phích', desk: 'Bảng để bàn', officer: 'Thẻ cán bộ' };

/** Whose card it is stays in the office: what was opened with it is no figure about a person. */
function paperTable(papers: DisplayReport['papers']): OfficeTable {
  const sum = (name: 'opens' | 'devices') => papers.reduce((total, paper) => total + paper[name], 0);
  return {
    title: 'Mã trên giấy',
    columns: [
      { heading: 'STT', share: 0.06, kind: 'number' },
      { heading: 'Mã', share: 0.32, kind: 'name' },
      { heading: 'Loại', share: 0.16, kind: 'text' },
      { heading: 'Đơn vị', share: 0.2, kind: 'text' },
      { heading: 'Lượt mở mã', share: 0.12, kind: 'count' },
      { heading: 'Ước tính thiết bị', share: 0.14, kind: 'count' },
    ],
    rows: papers.map(({ owner, kind, name, unit, opens, devices }, index) => [
      ...[index + 1, kind === 'officer' ? `Thẻ số ${owner}` : name, paperKindNames[kind], unit?.name ?? '', opens, devices],
    ]),
    total: [null, 'TỔNG CỘNG', null, null, sum('opens'), sum('devices')],
  };
}

/** Without those that would be a heading over nothing; the first is what the report is about and stands all the same. */
const listed = (tables: readonly OfficeTable[]): OfficeTable[] => tables.filter(({ rows }, index) => index === 0 || rows.length > 0);

export function displayPaper(report: DisplayReport, letterhead: Letterhead, trial: boolean): OfficePaper {
  const { from, to, zone, total, units, screens, items, days, papers, faults, only, madeAt } = report;
  const period = from === to ? `ngày ${formatLocalDate(from)}` : `từ ngày ${formatLocalDate(from)} đến ngày ${formatLocalDate(to)}`;
  const narrowed = [only.unit, only.screen && `màn hình ${only.screen}`, only.item && `mục phát ${only.item}`].filter(
    (part) => part !== undefined && part !== '',
  );
  const named = (rows: readonly (DisplayFigures & { name: string | null })[], none: string) => rows.map((row) => ({ name: row.name ?? none, figures: row }));
  const untrusted = total.untrusted > 0 ? ` Trong đó ${formatCount(total.untrusted)} lượt bắt đầu khi đồng hồ của máy chưa tin cậy.` : '';
  const lacking = screens.filter(({ missing, findings }) => missing + findings.length > 0);
  return {
    letterhead,
    day: localDay(madeAt, zone),
    about: `Kết quả phát trên màn hình công cộng ${period}`,
    mark: trial ? 'CHẠY THỬ' : undefined,
    paragraphs: [
      ...(narrowed.length > 0 ? [`Phạm vi: ${narrowed.join('; ')}.`] : []),
      `Tổng thời gian phát ${cellText(total.airMs / 3_600_000, 'hours')} giờ với ${formatCount(total.turns)} lượt phát trên ${formatCount(screens.length)} màn hình; ${formatCount(total.interrupted)} lượt bị ngắt, ${formatCount(total.skipped)} lượt bỏ qua; ${formatCount(total.opens)} lượt mở mã QR.${untrusted}`,
    ],
    tables: listed([
      table('Theo đơn vị', 'Đơn vị', named(units, 'Chưa gắn đơn vị'), total),
      table(
        'Theo màn hình',
        'Màn hình',
        screens.map((row) => ({ name: row.name, note: row.unit?.name ?? '', figures: row })),
        total,
        'Đơn vị',
      ),
      table('Theo mục phát', 'Mục phát', named(items, 'Nội dung dự phòng của máy'), total),
      table(
        'Theo ngày',
        'Ngày',
        days.map((row) => ({ name: formatLocalDate(row.day), figures: row })),
        total,
      ),
      paperTable(papers),
      {
        title: 'Lý do bị ngắt, bỏ qua',
        columns: [
          { heading: 'STT', share: 0.06, kind: 'number' },
          { heading: 'Lý do', share: 0.64, kind: 'name' },
          { heading: 'Kết quả', share: 0.15, kind: 'text' },
          { heading: 'Số lượt', share: 0.15, kind: 'count' },
        ],
        rows: faults.map(({ outcome, reason, count }, index) => [
          index + 1,
          reason === '' ? 'Máy không nêu lý do' : sentenceCase(reasonText(reason, 'vi')),
          outcome === 'skipped' ? 'Bỏ qua' : 'Bị ngắt',
          count,
        ]),
      },
    ]),
    notes: [
      'Số liệu cộng từ nhật ký phát do từng màn hình ký số; lượt bị ngắt tính theo thời gian thực tế, lượt bỏ qua không tính thời gian phát. Lượt mở mã không tính vào thứ hạng thi đua.',
      ...(lacking.length > 0 ? [`Nhật ký chưa đủ hoặc có mâu thuẫn: ${lacking.map(({ name }) => name).join('; ')}.`] : []),
      `Lập lúc ${formatMoment(madeAt, zone)}.`,
    ],
  };
}
