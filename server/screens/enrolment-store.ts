// Enrolment tokens: each binds one box to one screen, once, within its time.
import type { Queries } from '../database/open-database.ts';

export interface NewEnrolment {
  readonly secretHash: string;
  readonly screen: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Adds a token; the screen's earlier unused ones stop working. */
export async function replaceEnrolment(db: Queries, { secretHash, screen, createdAt, expiresAt }: NewEnrolment): Promise<void> {
  await db.deleteFrom('enrolments').where('screen', '=', screen).where('used_at', 'is', null).execute();
  await db.insertInto('enrolments').values({ secret_hash: secretHash, screen, created_at: createdAt, expires_at: expiresAt, used_at: null }).execute();
}

/** Uses a token up. @returns the screen that it is for, or undefined when it does not hold */
export async function takeEnrolment(db: Queries, secretHash: string, now: number): Promise<string | undefined> {
  const row = await db
    .updateTable('enrolments')
    .set({ used_at: now })
    .where('secret_hash', '=', secretHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('screen')
    .executeTakeFirst();
  return row?.screen;
}
