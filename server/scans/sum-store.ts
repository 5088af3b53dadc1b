// The sums of scans and of time on air, by placement and hour.
import { sql } from 'kysely';
import type { Queries } from '../database/open-database.ts';

/** The beginning of the hour that an instant lies in. */
export const hourOf = (column: 'at' | 'scans.at') => sql<number>`${sql.ref(column)} - ${sql.ref(column)} % 3600000`;

export interface SumRange {
  readonly campaign: string;
  readonly start: number;
  readonly end: number;
}

/** In sums that are kept of openings that went: nobody ever knew. */
export const shownUnknown = -1;
const knownShown = (shown: 0 | 1 | -1) => (shown === shownUnknown ? null : shown);

export interface Opens {
  readonly owner: number;
  readonly item: number;
  readonly shown: 0 | 1 | null;
  readonly hour: number;
  readonly count: number;
  readonly devices: number;
}

/** Sums of openings that went, as those of openings that are kept one by one. */
async function goneByHour(db: Queries, start: number, end: number, campaign?: string): Promise<Opens[]> {
  const rows = await db
    .selectFrom('scan_hours')
    .select(['owner', 'item', 'shown', 'hour', 'count', 'devices'])
    .where('hour', '>=', start)
    .where('hour', '<', end)
    .$if(campaign !== undefined, (query) => query.where('campaign', '=', campaign ?? ''))
    .execute();
  return rows.map((row) => ({ ...row, shown: knownShown(row.shown) }));
}

/** Openings of the codes of some owners, whatever the campaign. */
export async function goneOpens(db: Queries, start: number, end: number, owners: ReadonlyMap<number, string>, item?: number) {
  const gone = await goneByHour(db, start, end);
  return gone.flatMap(({ owner, ...opens }) => {
    const screen = owners.get(owner);
    return screen === undefined || (item !== undefined && opens.item !== item) ? [] : [{ ...opens, screen }];
  });
}

export async function opensByHour(db: Queries, range: SumRange): Promise<Opens[]> {
  return [...(await keptByHour(db, range)), ...(await goneByHour(db, range.start, range.end, range.campaign))];
}

function keptByHour(db: Queries, { campaign, start, end }: SumRange) {
  return db
    .selectFrom('scans')
    .select(({ fn }) => [
      ...(['owner', 'item', 'shown'] as const),
      hourOf('at').as('hour'),
      fn.countAll<number>().as('count'),
      fn.sum<number>('new_device').as('devices'),
    ])
    .where('campaign', '=', campaign)
    .where('at', '>=', start)
    .where('at', '<', end)
    .groupBy(['owner', 'item', 'shown', 'hour'])
    .execute();
}

export function asidesByHour(db: Queries, { campaign, start, end }: SumRange) {
  return db
    .selectFrom('scan_asides')
    .select(['owner', 'item', 'hour', 'kind', 'count'])
    .where('campaign', '=', campaign)
    .where('hour', '>=', start)
    .where('hour', '<', end)
    .execute();
}

export function airByHour(db: Queries, { campaign, start, end }: SumRange) {
  return db
    .selectFrom('air_time')
    .innerJoin('screens', 'screens.id', 'air_time.screen')
    .select(['screens.number as owner', 'air_time.item', 'air_time.hour', 'air_time.ms', 'air_time.turns'])
    .where('air_time.campaign', '=', campaign)
    .where('air_time.hour', '>=', start)
    .where('air_time.hour', '<', end)
    .execute();
}
