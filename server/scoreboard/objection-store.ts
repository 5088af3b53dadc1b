// Objections of units to their figures. A row is never deleted.
import type { ObjectionState, ObjectionType } from '../../core/objection-api.ts';
import type { Queries } from '../database/open-database.ts';

export interface Objection {
  readonly id: string;
  readonly campaign: string;
  readonly tree: string;
  /** Number of the snapshot. */
  readonly snapshot: number;
  readonly unit: string;
  readonly state: ObjectionState;
  readonly words: string;
  readonly file: { readonly sha256: string; readonly name: string; readonly type: ObjectionType; readonly bytes: number };
  /** Id of whoever raised it. */
  readonly person: string;
  readonly raised: { readonly by: string; readonly at: number };
  readonly settled: { readonly by: string; readonly at: number; readonly answer: string } | null;
  readonly correctedBy: number | null;
}

export interface NewObjection extends Pick<Objection, 'id' | 'campaign' | 'tree' | 'snapshot' | 'unit' | 'words' | 'person' | 'raised'> {
  readonly file: { readonly sha256: string; readonly name: string };
}

export async function addObjection(trx: Queries, { file, raised, ...objection }: NewObjection): Promise<void> {
  const named = { person_name: raised.by, raised_at: raised.at, file: file.sha256, file_name: file.name, settler_name: null, settled_at: null };
  await trx
    .insertInto('objections')
    .values({ ...objection, ...named, state: 'open' })
    .execute();
}

export async function isOpenFor(trx: Queries, snapshot: number, unit: string): Promise<boolean> {
  const row = await trx
    .selectFrom('objections')
    .select('id')
    .where('snapshot', '=', snapshot)
    .where('unit', '=', unit)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether anybody of a contest waits for an answer. */
export async function hasOpenObjections(db: Queries, contest: { readonly id: string; readonly tree: string }): Promise<boolean> {
  const row = await db
    .selectFrom('objections')
    .select('id')
    .where('campaign', '=', contest.id)
    .where('tree', '=', contest.tree)
    .where('state', '=', 'open')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

const rows = (db: Queries) =>
  db
    .selectFrom('objections')
    .innerJoin('objection_files', (join) =>
      join.onRef('objection_files.sha256', '=', 'objections.file').onRef('objection_files.person', '=', 'objections.person'),
    )
    .leftJoin('snapshots', (join) => join.onRef('snapshots.replaces', '=', 'objections.snapshot').on('snapshots.how', '=', 'correction'))
    .selectAll('objections')
    .select(({ fn }) => ['objection_files.type', fn<number>('length', ['objection_files.bytes']).as('size'), 'snapshots.number as corrected_by']);

type ObjectionRow = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

function toObjection(row: ObjectionRow): Objection {
  const { id, campaign, tree, snapshot, unit, state, words, person, settler_name: settler, settled_at: at } = row;
  return {
    ...{ id, campaign, tree, snapshot, unit, state, words, person, correctedBy: row.corrected_by },
    file: { sha256: row.file, name: row.file_name, type: row.type, bytes: row.size },
    raised: { by: row.person_name, at: row.raised_at },
    settled: settler === null || at === null ? null : { by: settler, at, answer: row.answer },
  };
}

export async function findObjection(db: Queries, id: string): Promise<Objection | undefined> {
  const row = await rows(db).where('objections.id', '=', id).executeTakeFirst();
  return row && toObjection(row);
}

/** Of a contest, or of some of its units: open ones first, then the latest. */
export async function listObjections(
  db: Queries,
  contest: { readonly id: string; readonly tree: string },
  units: readonly string[] | undefined,
  limit: number,
): Promise<Objection[]> {
  if (units?.length === 0) return [];
  const found = await rows(db)
    .where('objections.campaign', '=', contest.id)
    .where('objections.tree', '=', contest.tree)
    .$if(units !== undefined, (query) => query.where('objections.unit', 'in', units ?? []))
    .orderBy(({ eb }) => eb.case().when('objections.state', '=', 'open').then(0).else(1).end())
    .orderBy('objections.raised_at', 'desc')
    .limit(limit)
    .execute();
  return found.map(toObjection);
}

/** @returns whether it was still open: nobody else was faster */
export async function settleObjection(
  trx: Queries,
  id: string,
  { state, by, at, answer }: { readonly state: Exclude<ObjectionState, 'open'>; readonly by: string; readonly at: number; readonly answer: string },
): Promise<boolean> {
  const kept = await trx
    .updateTable('objections')
    .set({ state, settler_name: by, settled_at: at, answer })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .returning('id')
    .executeTakeFirst();
  return kept !== undefined;
}
