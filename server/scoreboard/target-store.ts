// Lists of targets, and which target of a unit counts on a day. A list is never changed or deleted.
import { z } from 'zod';
import { basisSchema, type Basis } from '../../core/approval-api.ts';
import type { Campaign, Period } from '../../core/campaign.ts';
import { nextNumber } from '../database/counter-store.ts';
import type { Queries } from '../database/open-database.ts';

const listedSchema = z.array(z.object({ unit: z.string(), target: z.int() }));

export interface TargetList extends Period {
  readonly targets: z.infer<typeof listedSchema>;
  readonly basis: Basis | null;
  readonly by: string;
  readonly at: number;
}

type Contest = Pick<Campaign, 'id' | 'tree'>;

export async function addTargets(trx: Queries, { id, tree }: Contest, { startDate, endDate, targets, basis, by, at }: TargetList): Promise<void> {
  await trx
    .insertInto('target_lists')
    .values({
      ...{ number: await nextNumber(trx, 'targets'), campaign: id, tree, start_date: startDate, end_date: endDate },
      ...{ targets: JSON.stringify(targets), basis: basis && JSON.stringify(basis), author: by, set_at: at },
    })
    .execute();
}

/** The last list of each phase. */
export async function targetLists(db: Queries, { id, tree }: Contest): Promise<TargetList[]> {
  const rows = await db.selectFrom('target_lists').selectAll().where('campaign', '=', id).where('tree', '=', tree).orderBy('number').execute();
  const last = new Map(rows.map((row) => [`${row.start_date}/${row.end_date}`, row]));
  return [...last.values()].map((row) => ({
    ...{ startDate: row.start_date, endDate: row.end_date, by: row.author, at: row.set_at },
    targets: listedSchema.parse(JSON.parse(row.targets)),
    basis: row.basis === null ? null : basisSchema.parse(JSON.parse(row.basis)),
  }));
}

/** Of lists with targets the one for the shortest time that holds the day; before the first and after the last day of the campaign it is that day's. */
export function listInForce<List extends Pick<TargetList, 'startDate' | 'endDate' | 'targets'>>(
  lists: readonly List[],
  { startDate, endDate }: Period,
  day: string,
): List | undefined {
  const within = day < startDate ? startDate : day > endDate ? endDate : day;
  const holding = lists.filter((list) => list.targets.length > 0 && list.startDate <= within && within <= list.endDate);
  // Of two that end together the later one is the shorter.
  return holding.toSorted((a, b) => a.endDate.localeCompare(b.endDate) || b.startDate.localeCompare(a.startDate))[0];
}

/** By unit, on a day; undefined where the office never set any, so that those of files count. */
export async function targetsOn(db: Queries, campaign: Campaign, day: string): Promise<ReadonlyMap<string, number> | undefined> {
  const lists = await targetLists(db, campaign);
  if (!lists.some(({ targets }) => targets.length > 0)) return undefined;
  return new Map(listInForce(lists, campaign.period, day)?.targets.map(({ unit, target }) => [unit, target]));
}
