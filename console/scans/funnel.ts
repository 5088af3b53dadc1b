// From time on air to openings: the rows of a report put together by code, by screen or paper, or by item.
import type { PaperKind, ScanHour, ScanRow } from '../../core/scan-api.ts';

export const groupings = ['place', 'owner', 'item'] as const;
export type Grouping = (typeof groupings)[number];

export interface FunnelRow {
  readonly key: string;
  readonly kind: ScanRow['kind'];
  readonly name: string;
  /** Second line: the item, the place or the unit. */
  readonly note: string;
  /** Only of a row that stands for one code. */
  readonly code: string | undefined;
  readonly airMs: number;
  readonly turns: number;
  readonly opens: number;
  readonly devices: number;
  readonly unsettled: number;
  /** Counted apart, all together. */
  readonly aside: number;
}

const hourMs = 3_600_000;
/** Under this a rate says more about chance than about the place. */
const leastAirMs = 10 * 60_000;

/** Openings in each hour on air; nothing for paper, and for a screen that has hardly shown it. */
export function opensPerHour({ kind, airMs, opens }: Pick<FunnelRow, 'kind' | 'airMs' | 'opens'>): number | undefined {
  return kind === 'screen' && airMs >= leastAirMs ? opens / (airMs / hourMs) : undefined;
}

function nameOf(row: ScanRow, by: Grouping, noItem: (number: number) => string): Pick<FunnelRow, 'key' | 'name' | 'note'> {
  const item = row.kind === 'screen' ? (row.itemName ?? noItem(row.item)) : '';
  const where = [row.place, row.unit?.name ?? ''].filter((part) => part !== '').join(' · ');
  if (by === 'item' && row.kind === 'screen') return { key: `item ${row.item}`, name: item, note: '' };
  if (by === 'place') return { key: row.code, name: row.name, note: [item, where].filter((part) => part !== '').join(' · ') };
  return { key: `owner ${row.owner}`, name: row.name, note: where };
}

/** @param noItem what an item that is published no longer is called */
export function funnel(rows: readonly ScanRow[], by: Grouping, noItem: (number: number) => string): FunnelRow[] {
  const byKey = new Map<string, FunnelRow>();
  for (const row of rows) {
    const { kind, code, airMs, turns, opens, devices, unsettled, offScreen, repeats, previews, bots } = row;
    const named = nameOf(row, by, noItem);
    const before = byKey.get(named.key);
    byKey.set(named.key, {
      ...{ ...named, kind, code: before ? undefined : code },
      airMs: airMs + (before?.airMs ?? 0),
      turns: turns + (before?.turns ?? 0),
      opens: opens + (before?.opens ?? 0),
      devices: devices + (before?.devices ?? 0),
      unsettled: unsettled + (before?.unsettled ?? 0),
      aside: offScreen + repeats + previews + bots + (before?.aside ?? 0),
    });
  }
  return [...byKey.values()].sort((a, b) => b.opens - a.opens || b.airMs - a.airMs);
}

/** Every hour between the first and the last, empty ones too, so that a gap looks like one; no more than fit a page. */
export function hourBars(hours: readonly ScanHour[], most = 24 * 7): ScanHour[] {
  const last = hours.at(-1)?.start;
  const first = hours[0]?.start;
  if (last === undefined || first === undefined) return [];
  const byStart = new Map(hours.map((hour) => [hour.start, hour]));
  const none = { opens: 0, devices: 0, offScreen: 0, unsettled: 0, repeats: 0, previews: 0, bots: 0, airMs: 0, turns: 0 };
  const from = Math.max(first, last - (most - 1) * hourMs);
  return Array.from({ length: (last - from) / hourMs + 1 }, (_, index) => byStart.get(from + index * hourMs) ?? { start: from + index * hourMs, ...none });
}

/** The row itself when it is of paper, in a list of its own; nothing for a screen's. */
export function paperOf(row: ScanRow): (ScanRow & { readonly kind: PaperKind })[] {
  const { kind } = row;
  return kind === 'screen' ? [] : [{ ...row, kind }];
}
