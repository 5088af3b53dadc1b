// Imports that wait, or waited, for a second person. A row is never deleted.
import { z } from 'zod';
import { basisSchema, type Basis } from '../../core/approval-api.ts';
import type { HeldState } from '../../core/hold-api.ts';
import { holdSchema, type Hold } from '../../core/holds.ts';
import type { Queries } from '../database/open-database.ts';
import type { Row } from '../database/schema.ts';

const holdsSchema = z.array(holdSchema);

export interface HeldImport {
  /** Of the import. */
  readonly import: string;
  readonly state: HeldState;
  /** Number of the figures in force that the holds were found against; 0 for none. */
  readonly comparedWith: number;
  readonly holds: readonly Hold[];
  readonly reason: string;
  /** Of one that corrects a final result: the document on which it rests. */
  readonly basis: Basis | null;
  readonly asker: string;
  readonly askerName: string;
  readonly askedAt: number;
  /** Ids of the people behind import and confirmation. */
  readonly firsts: readonly string[];
  readonly settled: { readonly by: string; readonly at: number; readonly reason: string } | null;
  /** Number of the snapshot that it became. */
  readonly snapshot: number | null;
}

function toHeld(row: Row<'held_imports'>): HeldImport {
  const { state, reason, asker, snapshot, settler_name, settled_at } = row;
  return {
    ...{ import: row.import, state, comparedWith: row.compared_with, holds: holdsSchema.parse(JSON.parse(row.holds)), reason, asker, snapshot },
    ...{ askerName: row.asker_name, askedAt: row.asked_at, firsts: z.array(z.string()).parse(JSON.parse(row.firsts)) },
    basis: row.basis === null ? null : basisSchema.parse(JSON.parse(row.basis)),
    settled: settler_name === null || settled_at === null ? null : { by: settler_name, at: settled_at, reason: row.answer },
  };
}

export type NewHeld = Omit<HeldImport, 'state' | 'settled' | 'snapshot'>;

export async function addHeld(trx: Queries, { holds, comparedWith, askerName, askedAt, firsts, basis, ...held }: NewHeld): Promise<void> {
  await trx
    .insertInto('held_imports')
    .values({
      ...{ ...held, state: 'waiting', compared_with: comparedWith, holds: JSON.stringify(holds), asker_name: askerName, asked_at: askedAt },
      ...{ firsts: JSON.stringify(firsts), basis: basis && JSON.stringify(basis), settler_name: null, settled_at: null, snapshot: null },
    })
    .execute();
}

export async function findHeld(db: Queries, id: string): Promise<HeldImport | undefined> {
  const row = await db.selectFrom('held_imports').selectAll().where('import', '=', id).executeTakeFirst();
  return row && toHeld(row);
}

/** The hold that a published snapshot was released from. */
export async function heldOfSnapshot(db: Queries, number: number): Promise<HeldImport | undefined> {
  const row = await db.selectFrom('held_imports').selectAll().where('snapshot', '=', number).executeTakeFirst();
  return row && toHeld(row);
}

/** Of a campaign and tree: those that wait, the oldest first, or the latest that were settled. */
export async function listHeld(
  db: Queries,
  contest: { readonly id: string; readonly tree: string },
  kind: 'waiting' | 'settled',
  limit: number,
): Promise<HeldImport[]> {
  const rows = await db
    .selectFrom('held_imports')
    .innerJoin('imports', 'imports.id', 'held_imports.import')
    .selectAll('held_imports')
    .where('imports.campaign', '=', contest.id)
    .where('imports.tree', '=', contest.tree)
    .where('held_imports.state', kind === 'waiting' ? '=' : '<>', 'waiting')
    .orderBy(kind === 'waiting' ? 'asked_at' : 'settled_at', kind === 'waiting' ? 'asc' : 'desc')
    .limit(limit)
    .execute();
  return rows.map(toHeld);
}

export interface Settlement {
  readonly state: Exclude<HeldState, 'waiting'>;
  readonly by: string;
  readonly at: number;
  readonly reason: string;
  /** Of one that is released: as the second person saw it, and what it became. */
  readonly became?: { readonly holds: readonly Hold[]; readonly comparedWith: number; readonly snapshot: number };
}

/** @returns whether it was still waiting: nobody else was faster */
export async function settleHeld(trx: Queries, id: string, { state, by, at, reason, became }: Settlement): Promise<boolean> {
  const kept = await trx
    .updateTable('held_imports')
    .set({ state, settler_name: by, settled_at: at, answer: reason })
    .$if(became !== undefined, (query) =>
      query.set({ holds: JSON.stringify(became?.holds), compared_with: became?.comparedWith ?? 0, snapshot: became?.snapshot ?? null }),
    )
    .where('import', '=', id)
    .where('state', '=', 'waiting')
    .returning('import')
    .executeTakeFirst();
  return kept !== undefined;
}
