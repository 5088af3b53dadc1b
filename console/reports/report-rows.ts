// The rows of a report by screen, unit, item, day or hour, each with its name and a second line.
import type { DisplayFigures, DisplayReport } from '../../core/report-api.ts';
import { formatLocalDate } from '../../core/vietnamese.ts';
import type { Say } from '../messages.ts';

export const groupings = ['screens', 'units', 'items', 'days', 'hours'] as const;
export type Grouping = (typeof groupings)[number];

export interface ReportRow extends DisplayFigures {
  readonly key: string;
  readonly name: string;
  readonly note: string;
  /** Of a screen that handed in any: what its journals lack or contradict; empty when they are whole. */
  readonly journal: readonly string[] | undefined;
  /** Of a screen: how many of its pictures showed what should have been on. */
  readonly pictures: string | undefined;
}

export function reportRows(report: DisplayReport, by: Grouping, say: Say): ReportRow[] {
  const plain = { note: '', journal: undefined, pictures: undefined };
  switch (by) {
    case 'screens':
      return report.screens.map((row) => {
        const problems = [
          ...(row.missing > 0 ? [say('reports.missing', { count: row.missing })] : []),
          ...(row.pictures.other > 0 ? [say('reports.picturesOther', { count: row.pictures.other })] : []),
          ...row.findings.map(({ kind, count }) => say(`reports.finding.${kind}`, { count })),
        ];
        const note = [row.place, row.unit?.name ?? ''].filter((part) => part !== '').join(' · ');
        const pictures = row.pictures.same > 0 ? say('reports.picturesSame', { count: row.pictures.same }) : undefined;
        return { ...row, key: row.id, note, pictures, journal: row.turns + row.skipped + problems.length > 0 ? problems : undefined };
      });
    case 'units':
      return report.units.map((row) => ({
        ...{ ...row, ...plain, key: row.code ?? '', name: row.name ?? say('reports.noUnit') },
        note: say('reports.screens', { count: row.screens }),
      }));
    case 'items':
      return report.items.map((row) => ({ ...row, ...plain, key: String(row.number), name: row.name ?? say('reports.noNumber') }));
    case 'days':
      return report.days.map((row) => ({ ...row, ...plain, key: row.day, name: formatLocalDate(row.day) }));
    case 'hours':
      return report.hours
        .filter(({ turns, skipped, opens }) => turns + skipped + opens > 0)
        .map((row) => ({ ...row, ...plain, key: String(row.hour), name: say('reports.hour', { hour: row.hour, next: row.hour + 1 }) }));
  }
}

type Fault = DisplayReport['faults'][number];

/** Why plays were cut short or left out, the most frequent first: several of a player's reasons are one in the reader's words. */
export function faultRows(
  faults: readonly Fault[],
  textOf: (reason: string) => string,
): { key: string; outcome: Fault['outcome']; text: string; count: number }[] {
  const sums = new Map<string, { key: string; outcome: Fault['outcome']; text: string; count: number }>();
  for (const { outcome, reason, count } of faults) {
    const text = textOf(reason);
    const key = `${outcome} ${text}`;
    sums.set(key, { key, outcome, text, count: count + (sums.get(key)?.count ?? 0) });
  }
  return [...sums.values()].sort((a, b) => b.count - a.count);
}
