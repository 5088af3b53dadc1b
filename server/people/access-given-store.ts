// Who gave whom access. Whoever has just made or opened an account could act with it, so for a while the two, and all that come from them, are one person.
import type { Queries } from '../database/open-database.ts';
import { standsFor } from './deputy-store.ts';
import { hasRealScreen } from '../screens/screen-store.ts';

/** How long an account counts as one with whoever gave access to it. */
const freshMs = 7 * 24 * 60 * 60_000;

/** What is given before the first real screen has its box is the setting-up of a site, and does not count. */
export async function noteAccess(db: Queries, person: string, giver: string, at: number): Promise<void> {
  if (await hasRealScreen(db)) await db.insertInto('access_given').values({ person, giver, at }).execute();
}

/** A person with whoever gave them access lately, or lent them the right to approve, and so on. */
async function circleOf(db: Queries, person: string, now: number): Promise<Set<string>> {
  const circle = new Set([person]);
  // A set is walked on into what is added on the way.
  for (const each of circle) {
    const rows = await db
      .selectFrom('access_given')
      .select('giver')
      .where('person', '=', each)
      .where('at', '>', now - freshMs)
      .execute();
    for (const { giver } of rows) circle.add(giver);
    for (const away of await standsFor(db, each, now)) circle.add(away);
  }
  return circle;
}

/** Whether a person may be the same as one of the others behind another account: one gave access to the other, or the same giver to both. */
export async function isOneCircle(db: Queries, person: string, others: readonly string[], now: number): Promise<boolean> {
  const own = await circleOf(db, person, now);
  for (const other of others) for (const each of await circleOf(db, other, now)) if (own.has(each)) return true;
  return false;
}
