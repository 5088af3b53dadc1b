// Sessions of signed-in staff; only the hash of the cookie's secret is kept.
import type { Queries } from '../database/open-database.ts';
import { toPerson, type Person } from './person-store.ts';

export const sessionMs = 7 * 24 * 60 * 60_000;

export interface Session {
  readonly person: Person;
  readonly createdAt: number;
}

export async function addSession(db: Queries, secretHash: string, person: string, now: number): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<=', now).execute();
  await db
    .insertInto('sessions')
    .values({ secret_hash: secretHash, person, created_at: now, expires_at: now + sessionMs })
    .execute();
}

export async function findSession(db: Queries, secretHash: string, now: number): Promise<Session | undefined> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('people', 'people.id', 'sessions.person')
    .select(['people.id', 'people.name', 'people.role', 'people.unit', 'sessions.created_at'])
    .where('sessions.secret_hash', '=', secretHash)
    .where('sessions.expires_at', '>', now)
    .where('people.disabled', '=', 0)
    .executeTakeFirst();
  return row && { person: toPerson(row), createdAt: row.created_at };
}

export async function endSession(db: Queries, secretHash: string): Promise<void> {
  await db.deleteFrom('sessions').where('secret_hash', '=', secretHash).execute();
}
