// What came of holding pictures of screens against what should have been on.
import type { Queries } from '../database/open-database.ts';

export interface CaptureCheck {
  readonly screen: string;
  readonly takenAt: number;
  /** Number of the item that should have been on. */
  readonly item: number;
  readonly same: boolean;
  /** In thousandths: 0 for the same motif, about 1,000 for another. */
  readonly distance: number;
}

export async function keepCheck(db: Queries, { screen, takenAt, item, same, distance }: CaptureCheck): Promise<void> {
  await db
    .insertInto('capture_checks')
    .values({ screen, taken_at: takenAt, item, same: same ? 1 : 0, distance })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** How many pictures of each screen were as they should be, and how many were not, in `[start, end)`. */
export async function checksByScreen(db: Queries, { start, end }: { start: number; end: number }): Promise<Map<string, { same: number; other: number }>> {
  const rows = await db
    .selectFrom('capture_checks')
    .select(['screen', 'same'])
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('taken_at', '>=', start)
    .where('taken_at', '<', end)
    .groupBy(['screen', 'same'])
    .execute();
  const sums = new Map<string, { same: number; other: number }>();
  for (const { screen, same, count } of rows) {
    const sum = sums.get(screen) ?? { same: 0, other: 0 };
    sums.set(screen, same === 1 ? { ...sum, same: count } : { ...sum, other: count });
  }
  return sums;
}
