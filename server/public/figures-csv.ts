// The figures of a snapshot as a table that Excel opens with its marks, and that can be imported again.
import { standings } from '../../core/scoreboard.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Unit } from '../../core/units.ts';
import { formatRate } from '../../core/vietnamese.ts';
import { unitName } from './board-parts.ts';

const headings = ['STT', 'Mã', 'Đơn vị', 'Chỉ tiêu', 'Lũy kế', 'Mẫu số', 'Tỷ lệ', 'Xếp hạng'];

const quoted = (cell: string | number | undefined) => {
  const text = cell === undefined ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** By rank. A rank is that of a group of units, as on the page. */
export function figuresCsv(snapshot: Snapshot, groups: readonly (readonly Unit[])[]): string {
  const rows = groups.flatMap((units) => {
    const byCode = new Map(units.map((unit) => [unit.code, unit]));
    return standings({ ...snapshot, rows: snapshot.rows.filter(({ unit }) => byCode.has(unit)) }).rows.map((row) => ({ ...row, of: byCode.get(row.unit) }));
  });
  const lines = rows.map(({ unit, of, target, count, base, rate, rank }, index) => [
    ...[index + 1, unit, of ? unitName(of) : unit, target, count, base ?? undefined],
    ...[rate === undefined ? undefined : formatRate(rate), rank],
  ]);
  return `\ufeff${[headings, ...lines].map((cells) => cells.map(quoted).join(',')).join('\r\n')}\r\n`;
}
