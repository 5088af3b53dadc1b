// Reads the sums of plays and the openings of codes for a report; nothing here is added up from single plays.
import type { Queries } from '../database/open-database.ts';
import { sumNames, type TurnSums } from '../plays/turn-sums.ts';
import { goneOpens, hourOf } from '../scans/sum-store.ts';

export interface Narrowed {
  /** Local days, both included. */
  readonly from: string;
  readonly to: string;
  /** Ids. */
  readonly screens: readonly string[];
  readonly item: number | undefined;
}

function daySums(db: Queries, { from, to, screens, item }: Narrowed) {
  return db
    .selectFrom('air_days')
    .select(({ fn }) => sumNames.map((name) => fn.sum<number>(name).as(name)))
    .where('day', '>=', from)
    .where('day', '<=', to)
    .where('screen', 'in', screens)
    .$if(item !== undefined, (query) => query.where('item', '=', item ?? 0));
}

export const sumsByScreen = (db: Queries, of: Narrowed): Promise<(TurnSums & { screen: string })[]> =>
  daySums(db, of).select('screen').groupBy('screen').execute();
export const sumsByItem = (db: Queries, of: Narrowed): Promise<(TurnSums & { item: number })[]> => daySums(db, of).select('item').groupBy('item').execute();
export const sumsByDay = (db: Queries, of: Narrowed): Promise<(TurnSums & { day: string })[]> => daySums(db, of).select('day').groupBy('day').execute();

/** Sums of each hour between two instants. */
export function sumsOfHours(db: Queries, { screens, item }: Narrowed, { start, end }: { start: number; end: number }) {
  return db
    .selectFrom('air_time')
    .select('hour')
    .select(({ fn }) => sumNames.map((name) => fn.sum<number>(name).as(name)))
    .where('hour', '>=', start)
    .where('hour', '<', end)
    .where('screen', 'in', screens)
    .$if(item !== undefined, (query) => query.where('item', '=', item ?? 0))
    .groupBy('hour')
    .execute();
}

export function faultsOfDays(db: Queries, { from, to, screens, item }: Narrowed) {
  return db
    .selectFrom('play_faults')
    .select(['outcome', 'reason'])
    .select(({ fn }) => fn.sum<number>('count').as('count'))
    .where('day', '>=', from)
    .where('day', '<=', to)
    .where('screen', 'in', screens)
    .$if(item !== undefined, (query) => query.where('item', '=', item ?? 0))
    .groupBy(['outcome', 'reason'])
    .orderBy('count', 'desc')
    .execute();
}

/** Openings of the codes on screens, by screen, item and hour. */
export async function opensOnScreens(db: Queries, narrowed: Narrowed, range: { start: number; end: number }) {
  const { screens, item } = narrowed;
  const numbers = await db.selectFrom('screens').select(['number', 'id']).where('id', 'in', screens).execute();
  const owners = new Map(numbers.map(({ number, id }) => [number, id]));
  return [...(await keptOpens(db, narrowed, range)), ...(await goneOpens(db, range.start, range.end, owners, item))];
}

function keptOpens(db: Queries, { screens, item }: Narrowed, { start, end }: { start: number; end: number }) {
  return db
    .selectFrom('scans')
    .innerJoin('screens', 'screens.number', 'scans.owner')
    .select(['screens.id as screen', 'scans.item', 'scans.shown', hourOf('scans.at').as('hour')])
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.sum<number>('new_device').as('devices')])
    .where('scans.at', '>=', start)
    .where('scans.at', '<', end)
    .where('screens.id', 'in', screens)
    .$if(item !== undefined, (query) => query.where('scans.item', '=', item ?? 0))
    .groupBy(['screens.id', 'scans.item', 'scans.shown', 'hour'])
    .execute();
}

/** Openings of the codes on paper between two instants, by code, the most opened first. */
export function opensOnPaper(db: Queries, { start, end }: { start: number; end: number }) {
  return db
    .selectFrom('scans')
    .innerJoin('placements', 'placements.owner', 'scans.owner')
    .select(['placements.owner', 'placements.kind', 'placements.name', 'placements.unit'])
    .select(({ fn }) => [fn.countAll<number>().as('opens'), fn.sum<number>('new_device').as('devices')])
    .where('scans.at', '>=', start)
    .where('scans.at', '<', end)
    .groupBy(['placements.owner', 'placements.kind', 'placements.name', 'placements.unit'])
    .orderBy('opens', 'desc')
    .orderBy('placements.owner')
    .execute();
}

/** Contradictions in the journals that were found between two instants, by screen and kind. */
export function findingsBetween(db: Queries, { start, end }: { start: number; end: number }) {
  return db
    .selectFrom('play_findings')
    .select(['screen', 'kind'])
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('found_at', '>=', start)
    .where('found_at', '<', end)
    .groupBy(['screen', 'kind'])
    .execute();
}

/** How many entries each screen said to have and did not hand in yet. */
export async function missingEntries(db: Queries): Promise<Map<string, number>> {
  const chains = await db
    .selectFrom('play_anchors as said')
    .select(['said.screen', 'said.seq'])
    .select((eb) =>
      eb
        .selectFrom('plays')
        .select(({ fn }) => fn.max('plays.seq').as('seq'))
        .whereRef('plays.screen', '=', 'said.screen')
        .whereRef('plays.chain', '=', 'said.chain')
        .as('received'),
    )
    .execute();
  const missing = new Map<string, number>();
  for (const { screen, seq, received } of chains) missing.set(screen, (missing.get(screen) ?? 0) + Math.max(0, seq - (received ?? 0)));
  return missing;
}
