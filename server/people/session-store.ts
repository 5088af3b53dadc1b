// Sessions of signed-in staff; only the hash of the cookie's secret is kept.
import { randomUUID } from 'node:crypto';
import type { Queries } from '../database/open-database.ts';
import type { Row } from '../database/schema.ts';
import { personColumns, toPerson, type Person } from './person-store.ts';

export const sessionMs = 7 * 24 * 60 * 60_000;
/** Being seen is written down this often at most. */
const seenEveryMs = 60_000;

export type SessionFacts = Pick<Row<'sessions'>, 'id' | 'started_at' | 'address' | 'agent' | 'via'>;

export interface Session {
  readonly person: Person;
  readonly secretHash: string;
  /** When its secret was made. */
  readonly createdAt: number;
  readonly seenAt: number;
  readonly facts: SessionFacts;
}

export async function addSession(db: Queries, secretHash: string, person: string, now: number, facts: Partial<SessionFacts> = {}): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<=', now).execute();
  const usual: SessionFacts = { id: randomUUID(), started_at: now, address: '', agent: '', via: 'link' };
  await db
    .insertInto('sessions')
    .values({ secret_hash: secretHash, person, created_at: now, expires_at: now + sessionMs, seen_at: now, ...usual, ...facts })
    .execute();
}

const open = (db: Queries, now: number) =>
  db
    .selectFrom('sessions')
    .innerJoin('people', 'people.id', 'sessions.person')
    .select(personColumns)
    .select(['sessions.secret_hash', 'sessions.id as session_id', 'sessions.created_at', 'sessions.started_at', 'sessions.seen_at'])
    .select(['sessions.address', 'sessions.agent', 'sessions.via'])
    .where('sessions.expires_at', '>', now)
    .where('people.disabled', '=', 0);

type SessionRow = Awaited<ReturnType<ReturnType<typeof open>['execute']>>[number];

function toSession(row: SessionRow): Session {
  const { secret_hash, created_at, seen_at, session_id, started_at, address, agent, via } = row;
  return { person: toPerson(row), secretHash: secret_hash, createdAt: created_at, seenAt: seen_at, facts: { id: session_id, started_at, address, agent, via } };
}

/** @param address from where it is used now, to be shown in the list of sessions */
export async function findSession(db: Queries, secretHash: string, now: number, address?: string): Promise<Session | undefined> {
  const row = await open(db, now).where('sessions.secret_hash', '=', secretHash).executeTakeFirst();
  if (row && address !== undefined && (now - row.seen_at > seenEveryMs || row.address !== address))
    await db.updateTable('sessions').set({ seen_at: now, address }).where('secret_hash', '=', secretHash).execute();
  return row && toSession(row);
}

export async function sessionsOf(db: Queries, person: string, now: number): Promise<Session[]> {
  return (await open(db, now).where('people.id', '=', person).orderBy('sessions.started_at', 'desc').execute()).map(toSession);
}

/** Open sessions of everybody. */
export async function listSessions(db: Queries, now: number): Promise<Session[]> {
  return (await open(db, now).execute()).map(toSession);
}

export async function endSession(db: Queries, secretHash: string): Promise<void> {
  await db.deleteFrom('sessions').where('secret_hash', '=', secretHash).execute();
}

/** Ends all sessions of a person but one. @returns the hashes of what ended */
export async function endSessionsOf(db: Queries, person: string, except?: string): Promise<string[]> {
  const ended = await db
    .deleteFrom('sessions')
    .where('person', '=', person)
    .where('secret_hash', '!=', except ?? '')
    .returning('secret_hash')
    .execute();
  return ended.map(({ secret_hash }) => secret_hash);
}
