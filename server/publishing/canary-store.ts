// Publishes to a few screens first, each kept with what came of it.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { CanaryState } from '../../core/canary.ts';
import type { Queries } from '../database/open-database.ts';
import type { Row } from '../database/schema.ts';
import { whySchema, type Why } from './why.ts';

export interface StoredCanary {
  readonly id: string;
  readonly playlist: string;
  readonly revision: number;
  readonly channels: readonly string[];
  readonly screens: readonly string[];
  readonly minutes: number;
  readonly auto: boolean;
  readonly person: string;
  readonly author: string;
  readonly startedAt: number;
  readonly state: CanaryState;
  readonly why: Why;
  readonly settled: { readonly by: string; readonly at: number } | null;
}

const idsSchema = z.array(z.string());

function toCanary({ started_at, settled_at, settler, auto, channels, screens, why, ...row }: Row<'canaries'>): StoredCanary {
  return {
    ...row,
    auto: auto === 1,
    startedAt: started_at,
    channels: idsSchema.parse(JSON.parse(channels)),
    screens: idsSchema.parse(JSON.parse(screens)),
    why: whySchema.parse(JSON.parse(why)),
    settled: settler === null || settled_at === null ? null : { by: settler, at: settled_at },
  };
}

const rows = (db: Queries) => db.selectFrom('canaries').selectAll();

export async function runningCanaries(db: Queries): Promise<StoredCanary[]> {
  return (await rows(db).where('state', '=', 'running').orderBy('started_at').execute()).map(toCanary);
}

export async function latestCanary(db: Queries, playlist: string): Promise<StoredCanary | undefined> {
  const row = await rows(db).where('playlist', '=', playlist).orderBy('started_at', 'desc').limit(1).executeTakeFirst();
  return row && toCanary(row);
}

export type NewCanary = Omit<StoredCanary, 'id' | 'state' | 'why' | 'settled'>;

export async function addCanary(db: Queries, { startedAt, auto, channels, screens, ...canary }: NewCanary): Promise<string> {
  const id = randomUUID();
  const lists = { channels: JSON.stringify(channels), screens: JSON.stringify(screens) };
  await db
    .insertInto('canaries')
    .values({ ...canary, ...lists, id, auto: auto ? 1 : 0, started_at: startedAt, state: 'running', why: '[]', settler: null, settled_at: null })
    .execute();
  return id;
}

export interface Settling {
  readonly state: Exclude<CanaryState, 'running'>;
  readonly by: string;
  readonly at: number;
  readonly why?: Why;
}

/** @returns whether it still ran: nobody else was faster */
export async function settleCanary(db: Queries, id: string, { state, by, at, why = [] }: Settling): Promise<boolean> {
  const settled = await db
    .updateTable('canaries')
    .set({ state, settler: by, settled_at: at, why: JSON.stringify(why) })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst();
  return settled !== undefined;
}
