// Who approves in whose place, between two instants.
import { randomUUID } from 'node:crypto';
import type { Queries } from '../database/open-database.ts';
import type { Row } from '../database/schema.ts';

export type Deputyship = Row<'deputies'>;

export async function addDeputy(db: Queries, deputyship: Omit<Deputyship, 'id' | 'ended_at'>): Promise<string> {
  const id = randomUUID();
  await db
    .insertInto('deputies')
    .values({ ...deputyship, id, ended_at: null })
    .execute();
  return id;
}

/** What a person has given, and what was given to the person, the latest first. */
export function deputiesOf(db: Queries, person: string, limit: number): Promise<Deputyship[]> {
  return db
    .selectFrom('deputies')
    .selectAll()
    .where((where) => where.or([where('person', '=', person), where('deputy', '=', person)]))
    .orderBy('starts_at', 'desc')
    .limit(limit)
    .execute();
}

/** @returns false when it is over already, or another's */
export async function endDeputy(db: Queries, id: string, person: string, now: number): Promise<boolean> {
  const ended = await db
    .updateTable('deputies')
    .set({ ended_at: now })
    .where('id', '=', id)
    .where('person', '=', person)
    .where('ended_at', 'is', null)
    .where('ends_at', '>', now)
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
}

/** Those in whose place somebody stands at an instant. */
export async function standsFor(db: Queries, deputy: string, at: number): Promise<string[]> {
  const rows = await db
    .selectFrom('deputies')
    .select('person')
    .where('deputy', '=', deputy)
    .where('starts_at', '<=', at)
    .where('ends_at', '>', at)
    .where((where) => where.or([where('ended_at', 'is', null), where('ended_at', '>', at)]))
    .orderBy('starts_at')
    .execute();
  return rows.map(({ person }) => person);
}
