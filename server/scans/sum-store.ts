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

export function opensByHour(db: Queries, { campaign, start, end }: SumRange) {
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
