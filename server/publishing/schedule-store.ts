// Publishes at a set time, each kept with what came of it.
import { randomUUID } from 'node:crypto';
import type { Basis } from '../../core/approval-api.ts';
import type { ScheduledState } from '../../core/schedule-api.ts';
import type { Queries } from '../database/open-database.ts';
import type { Row } from '../database/schema.ts';
import { readBasis } from './approval-store.ts';
import { whySchema, type Why } from './why.ts';

export interface StoredSchedule {
  readonly id: string;
  readonly playlist: string;
  readonly revision: number;
  readonly at: number;
  readonly basis: Basis | null;
  readonly person: string;
  readonly author: string;
  readonly state: ScheduledState;
  readonly why: Why;
}

function toSchedule({ id, playlist, revision, due_at, basis, person, author, state, why }: Row<'scheduled_publishes'>): StoredSchedule {
  return { id, playlist, revision, at: due_at, basis: readBasis(basis), person, author, state, why: whySchema.parse(JSON.parse(why)) };
}

const rows = (db: Queries) => db.selectFrom('scheduled_publishes').selectAll();

/** What waits, and what failed and was not put away, the soonest first. */
export async function listSchedules(db: Queries): Promise<StoredSchedule[]> {
  const listed = rows(db).where('state', 'in', ['waiting', 'failed']).where('put_away_at', 'is', null);
  return (await listed.orderBy('due_at').execute()).map(toSchedule);
}

export async function waitingSchedule(db: Queries, playlist: string): Promise<StoredSchedule | undefined> {
  const row = await rows(db).where('playlist', '=', playlist).where('state', '=', 'waiting').executeTakeFirst();
  return row && toSchedule(row);
}

export async function dueSchedules(db: Queries, now: number): Promise<StoredSchedule[]> {
  return (await rows(db).where('state', '=', 'waiting').where('due_at', '<=', now).orderBy('due_at').execute()).map(toSchedule);
}

export interface NewSchedule extends Pick<StoredSchedule, 'playlist' | 'revision' | 'at' | 'basis' | 'person' | 'author'> {
  readonly createdAt: number;
}

export async function addSchedule(db: Queries, { playlist, revision, at, basis, person, author, createdAt }: NewSchedule): Promise<string> {
  const id = randomUUID();
  await db
    .insertInto('scheduled_publishes')
    .values({
      ...{ id, playlist, revision, due_at: at, basis: basis === null ? null : JSON.stringify(basis), person, author, created_at: createdAt },
      ...{ state: 'waiting', settled_at: null, put_away_at: null },
    })
    .execute();
  return id;
}

/** @returns whether it still waited: nobody else was faster */
export async function settleSchedule(db: Queries, id: string, state: Exclude<ScheduledState, 'waiting'>, at: number, why: Why = []): Promise<boolean> {
  const settled = await db
    .updateTable('scheduled_publishes')
    .set({ state, settled_at: at, why: JSON.stringify(why) })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .returning('id')
    .executeTakeFirst();
  return settled !== undefined;
}

/** Lists failed ones of a playlist no more. */
export async function putAwayFailed(db: Queries, playlist: string, at: number): Promise<void> {
  const open = db.updateTable('scheduled_publishes').set({ put_away_at: at }).where('playlist', '=', playlist);
  await open.where('state', '=', 'failed').where('put_away_at', 'is', null).execute();
}
