// The results of a contest as an office paper, in the columns in which units report: STT, Đơn vị, Chỉ tiêu, Kết quả, Lũy kế, Tỷ lệ, Xếp hạng, Ghi chú.
import type { Campaign } from '../../../core/campaign.ts';
import type { Letterhead } from '../../../core/report-api.ts';
import { isCityTree } from '../../../core/units.ts';
import { formatCount, formatLocalDate, formatMoment, formatRate, sentenceCase } from '../../../core/vietnamese.ts';
import { localDay } from '../../local-days.ts';
import { sampleWords, unitName } from '../../public/board-parts.ts';
import type { Board, BoardGroup } from '../../public/board.ts';
import type { Column, OfficePaper, OfficeTable } from './office-paper.ts';

export const resultColumns: readonly Column[] = [
  { heading: 'STT', share: 0.05, kind: 'number' },
  { heading: 'Đơn vị', share: 0.26, kind: 'name' },
  { heading: 'Chỉ tiêu', share: 0.11, kind: 'count' },
  { heading: 'Kết quả', share: 0.11, kind: 'count' },
  { heading: 'Lũy kế', share: 0.12, kind: 'count' },
  { heading: 'Tỷ lệ', share: 0.09, kind: 'rate' },
  { heading: 'Xếp hạng', share: 0.08, kind: 'number' },
  { heading: 'Ghi chú', share: 0.18, kind: 'text' },
];

/** Growth of all, where every unit's growth is known. */
function growthOf(rows: BoardGroup['rows']): number | null {
  const counts = rows.map(({ change }) => change?.count);
  return counts.length === 0 || counts.includes(undefined) ? null : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

function groupTable({ title, rows, without, totals }: BoardGroup): OfficeTable {
  const listed = rows.map(({ of, target, change, count, rate, rank, tied }, index) => [
    ...[index + 1, unitName(of), target ?? null, change?.count ?? null, count, rate ?? null, rank ?? null],
    rank === undefined ? 'Không xếp hạng' : tied ? `Đồng hạng ${rank}` : '',
  ]);
  const missing = without.map((unit, index) => [listed.length + index + 1, unitName(unit), null, null, null, null, null, 'Chưa có số liệu']);
  const total = [null, 'TỔNG CỘNG', totals.target ?? null, growthOf(rows), totals.count, totals.rate ?? null, null, null];
  return { title, columns: resultColumns, rows: [...listed, ...missing], total };
}

export function resultsPaper(
  campaign: Campaign,
  board: Board,
  previous: { number: number; cutOff: number } | undefined,
  letterhead: Letterhead,
  now: number,
): OfficePaper {
  const { snapshot, city } = board;
  const { zone } = campaign;
  const compared = board.compared && previous ? previous : undefined;
  const base = snapshot.denominator;
  const rate = city.rate === undefined ? '' : `, đạt ${formatRate(city.rate)}`;
  return {
    letterhead,
    day: localDay(now, zone),
    about: `Kết quả thi đua: ${campaign.name.vi}`,
    mark: snapshot.sample ? sampleWords : campaign.trial ? 'CHẠY THỬ' : undefined,
    paragraphs: [
      `Kỳ số liệu ${snapshot.number}, chốt lúc ${formatMoment(snapshot.cutOff, zone)}, theo Kế hoạch số ${campaign.plan}. ${isCityTree(snapshot.tree) ? 'Toàn thành phố' : 'Tất cả đơn vị'}: lũy kế ${formatCount(city.count)}${rate}.`,
    ],
    tables: board.groups.map(groupTable),
    notes: [
      `Lũy kế: ${snapshot.measure.name.vi}. Tỷ lệ: lũy kế trên ${base.name.vi} (${base.source}, ${formatLocalDate(base.asOf)}).`,
      compared
        ? `Kết quả: phần tăng thêm so với kỳ số liệu ${compared.number} (chốt lúc ${formatMoment(compared.cutOff, zone)}).`
        : 'Kết quả trong kỳ để trống vì chưa có kỳ số liệu trước để so sánh.',
      `Xếp hạng theo ${snapshot.rankBy === 'count' ? 'lũy kế' : 'tỷ lệ'}, tính từ số đếm chính xác; bằng nhau thì đồng hạng. Lượt quét mã không tính vào thứ hạng.`,
      `Nguồn: ${sentenceCase(snapshot.source.vi)}.${snapshot.basis === undefined ? '' : ` Căn cứ: ${snapshot.basis}.`}`,
    ],
  };
}
