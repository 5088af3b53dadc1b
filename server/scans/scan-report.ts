// What was counted for every placement between two days: from the time on air to the scans.
import type { Campaign } from '../../core/campaign.ts';
import { encodePlacement, scanLink, type Placement } from '../../core/links.ts';
import { placementKinds, type ScanCounts, type ScanHour, type ScanReport, type ScanRow } from '../../core/scan-api.ts';
import { fullName } from '../../core/units.ts';
import { sentenceCase } from '../../core/vietnamese.ts';
import type { Queries } from '../database/open-database.ts';
import { instantsOf, type DaySpan } from '../local-days.ts';
import { placesOf, type Place } from './places.ts';
import { askedHost } from './asked-host.ts';
import { airByHour, asidesByHour, opensByHour } from './sum-store.ts';

interface Sums extends ScanCounts {
  airMs: number;
  turns: number;
}

const none = (): Sums => ({ opens: 0, devices: 0, offScreen: 0, unsettled: 0, repeats: 0, previews: 0, bots: 0, airMs: 0, turns: 0 });
const asideNames = { repeat: 'repeats', preview: 'previews', bot: 'bots' } as const;
export const keyOf = ({ owner, item }: Placement): string => `${owner}.${item}`;

/** Sums that are found by any key, and are there as soon as they are asked for. */
function sumsBy<Key>(): { of(key: Key): Sums; readonly all: ReadonlyMap<Key, Sums> } {
  const all = new Map<Key, Sums>();
  return {
    all,
    of(key) {
      const sums = all.get(key) ?? none();
      all.set(key, sums);
      return sums;
    },
  };
}

interface Gathered {
  readonly byPlace: ReadonlyMap<string, Sums>;
  readonly byHour: ReadonlyMap<number, Sums>;
  readonly total: Sums;
  readonly unknown: number;
}

/** @param only a placement, or all of them; time on air counts where there is a code */
async function gather(
  db: Queries,
  campaign: string,
  { start, end }: { start: number; end: number },
  places: readonly Place[],
  only?: Placement,
): Promise<Gathered> {
  const [byPlace, byHour, total] = [sumsBy<string>(), sumsBy<number>(), none()];
  let unknown = 0;
  const add = (place: Placement, hour: number, change: (sums: Sums) => void) => {
    if (only && keyOf(only) !== keyOf(place)) return;
    for (const sums of [byPlace.of(keyOf(place)), byHour.of(hour), total]) change(sums);
  };
  const range = { campaign, start, end };
  for (const { owner, item, hour, shown, count, devices } of await opensByHour(db, range)) {
    add({ owner, item }, hour, (sums) => {
      if (shown === 0) sums.offScreen += count;
      else {
        sums.opens += count;
        sums.devices += devices;
        if (shown === null) sums.unsettled += count;
      }
    });
  }
  for (const { owner, item, hour, kind, count } of await asidesByHour(db, range)) {
    if (kind === 'unknown') unknown += count;
    else add({ owner, item }, hour, (sums) => (sums[asideNames[kind]] += count));
  }
  const coded = new Set(places.map(keyOf));
  for (const { owner, item, hour, ms, turns } of await airByHour(db, range)) {
    if (!coded.has(keyOf({ owner, item }))) continue;
    add({ owner, item }, hour, (sums) => {
      sums.airMs += ms;
      sums.turns += turns;
    });
  }
  return { byPlace: byPlace.all, byHour: byHour.all, total, unknown };
}

function hoursOf(byHour: ReadonlyMap<number, Sums>): ScanHour[] {
  return [...byHour].map(([start, sums]) => ({ start, ...sums })).sort((a, b) => a.start - b.start);
}

function rowOf(place: Place, sums: Sums, scanHost: string | undefined): ScanRow {
  const { owner, item, kind, name, itemName, unit, endedAt } = place;
  const placement = { owner, item };
  return {
    ...sums,
    code: encodePlacement(placement),
    link: scanHost === undefined ? null : scanLink(scanHost, placement),
    ...{ kind, owner, item, name, itemName, place: place.place, endedAt },
    unit: unit && { code: unit.code, name: sentenceCase(fullName(unit)) },
  };
}

export async function scanReport(db: Queries, campaign: Campaign, span: DaySpan, now: number): Promise<ScanReport> {
  const { id, zone, scanHost } = campaign;
  const range = instantsOf(span, zone);
  const places = await placesOf(db);
  const { byPlace, byHour, total, unknown } = await gather(db, id, range, places);
  const asked = await askedHost(db, now);
  const rows = places.map((place) => rowOf(place, byPlace.get(keyOf(place)) ?? none(), scanHost));
  rows.sort((a, b) => placementKinds.indexOf(a.kind) - placementKinds.indexOf(b.kind) || a.owner - b.owner || a.item - b.item);
  // What has been on paper nowhere and on no screen for long, and was not opened, would only be in the way.
  const shown = rows.filter(({ kind, itemName, opens, offScreen, airMs }) => kind !== 'screen' || itemName !== null || opens + offScreen + airMs > 0);
  const hostAsked = asked && { host: asked.host, by: asked.by, at: asked.at };
  return { campaign: id, zone, scanHost: scanHost ?? null, hostAsked, ...span, total, unknown, rows: shown, hours: hoursOf(byHour) };
}

/** The hours of one placement in which anything was shown or counted. */
export async function hoursOfPlacement(db: Queries, { id, zone }: Campaign, placement: Placement, span: DaySpan): Promise<ScanHour[]> {
  const { byHour } = await gather(db, id, instantsOf(span, zone), await placesOf(db), placement);
  return hoursOf(byHour);
}
