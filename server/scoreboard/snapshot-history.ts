// The published snapshots of a contest as a list that anybody may read: what became of each, and why.
import { z } from 'zod';
import type { Replacement } from '../../core/snapshot.ts';
import type { Queries } from '../database/open-database.ts';
import { parseStored, storedColumns, type SnapshotAudience, type StoredSnapshot } from './snapshot-store.ts';

export interface Replaced {
  readonly number: number;
  readonly how: Replacement;
  readonly reason: string;
  readonly issuedAt: number;
}

export interface PublishedSnapshot extends StoredSnapshot {
  /** Why it took the place of another; empty when it took none. */
  readonly reason: string;
  readonly importId: string | null;
  /** How many of its figures a second person had to check. */
  readonly heldFigures: number;
  /** What took its place. */
  readonly replacedBy: Replaced | undefined;
}

const asReplaced = ({ number, how, reason, issued_at }: { number: number; how: Replacement | null; reason: string; issued_at: number }): Replaced[] =>
  how === null ? [] : [{ number, how, reason, issuedAt: issued_at }];

/** What took the place of each of these numbers. */
async function replacements(db: Queries, numbers: readonly number[]): Promise<Map<number, Replaced>> {
  if (numbers.length === 0) return new Map();
  const rows = await db.selectFrom('snapshots').select(['number', 'how', 'reason', 'issued_at', 'replaces']).where('replaces', 'in', numbers).execute();
  return new Map(rows.flatMap((row) => (row.replaces === null ? [] : asReplaced(row).map((by): [number, Replaced] => [row.replaces ?? 0, by]))));
}

const countOf = (holds: string | null) => (holds === null ? 0 : z.array(z.unknown()).parse(JSON.parse(holds)).length);

export interface HistoryQuery {
  readonly campaign: string;
  readonly tree: string;
  readonly audience: SnapshotAudience;
  /** Only numbers below this one. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** The latest first. */
export async function snapshotHistory(db: Queries, { campaign, tree, audience, before, limit }: HistoryQuery): Promise<PublishedSnapshot[]> {
  const rows = await db
    .selectFrom('snapshots')
    .leftJoin('held_imports', 'held_imports.snapshot', 'snapshots.number')
    .select([...storedColumns, 'number', 'snapshots.reason', 'snapshots.import', 'held_imports.holds'])
    .where('campaign', '=', campaign)
    .where('tree', '=', tree)
    .$if(audience === 'real', (query) => query.where('sample', '=', 0))
    .$if(before !== undefined, (query) => query.where('number', '<', before ?? 0))
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
  const by = await replacements(
    db,
    rows.map(({ number }) => number),
  );
  return rows.map((row) => ({
    ...parseStored(row),
    reason: row.reason,
    importId: row.import,
    heldFigures: countOf(row.holds),
    replacedBy: by.get(row.number),
  }));
}

/** One of them, of whatever campaign. */
export async function publishedSnapshot(db: Queries, number: number): Promise<PublishedSnapshot | undefined> {
  const row = await db
    .selectFrom('snapshots')
    .leftJoin('held_imports', 'held_imports.snapshot', 'snapshots.number')
    .select([...storedColumns, 'snapshots.reason', 'snapshots.import', 'held_imports.holds'])
    .where('number', '=', number)
    .executeTakeFirst();
  if (!row) return undefined;
  const replacedBy = (await replacements(db, [number])).get(number);
  return { ...parseStored(row), reason: row.reason, importId: row.import, heldFigures: countOf(row.holds), replacedBy };
}
