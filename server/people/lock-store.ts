// Failed tries to sign in, kept in the database: the next has to wait longer and longer, also after a restart.
import type { Queries } from '../database/open-database.ts';

/** How many tries are free, the first wait after them, and the longest. */
export interface Patience {
  readonly free: number;
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Of one name. The cap is short, so that a stranger cannot keep its owner out for long. */
export const patienceOfLogin: Patience = { free: 5, firstMs: 30_000, longestMs: 15 * 60_000 };
/** Of one address, behind which a whole office may sit. */
export const patienceOfAddress: Patience = { free: 20, firstMs: 30_000, longestMs: 60 * 60_000 };
/** A try that long ago is forgotten. */
const forgottenMs = 24 * 60 * 60_000;

export type Charged = { readonly ok: true } | { readonly ok: false; readonly waitMs: number };

/**
 * Counts a try before it is looked at, so that many at once are counted too; a right one is taken back by `forgiveTry`. Refused while the subject has to wait:
 * then nothing is counted. Runs inside a transaction.
 */
export async function chargeTry(db: Queries, subject: string, { free, firstMs, longestMs }: Patience, now: number): Promise<Charged> {
  await db
    .deleteFrom('sign_in_locks')
    .where('last_at', '<=', now - forgottenMs)
    .execute();
  const row = await db.selectFrom('sign_in_locks').selectAll().where('subject', '=', subject).executeTakeFirst();
  if (row && row.locked_until > now) return { ok: false, waitMs: row.locked_until - now };
  const failures = (row?.failures ?? 0) + 1;
  const waitMs = failures < free ? 0 : Math.min(longestMs, firstMs * 2 ** (failures - free));
  const changed = { failures, last_at: now, locked_until: now + waitMs };
  await db
    .insertInto('sign_in_locks')
    .values({ subject, ...changed })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet(changed))
    .execute();
  return { ok: true };
}

/** The try was right: it did not count. */
export async function forgiveTry(db: Queries, subject: string): Promise<void> {
  await db
    .updateTable('sign_in_locks')
    .set((eb) => ({ failures: eb('failures', '-', 1), locked_until: 0 }))
    .where('subject', '=', subject)
    .execute();
}

/** Its person has signed in: all is forgotten. */
export async function forgetTries(db: Queries, subject: string): Promise<void> {
  await db.deleteFrom('sign_in_locks').where('subject', '=', subject).execute();
}
