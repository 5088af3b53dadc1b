// Codes on paper: posters, desk cards, officers' cards. Each has a number of its own from the series of the screens' numbers.
import type { Placement } from '../../core/links.ts';
import type { PaperKind } from '../../core/scan-api.ts';
import { nextNumber } from '../database/counter-store.ts';
import type { Queries } from '../database/open-database.ts';
import type { Row } from '../database/schema.ts';

export type PaperRow = Row<'placements'>;

/** Paper has no items: its code says its owner alone. */
export const placementOfPaper = (owner: number): Placement => ({ owner, item: 0 });

export interface NewPaper {
  readonly campaign: string;
  readonly kind: PaperKind;
  readonly name: string;
  readonly place: string;
  readonly unit: string | null;
}

export function listPaper(db: Queries): Promise<PaperRow[]> {
  return db.selectFrom('placements').selectAll().orderBy('owner').execute();
}

export function findPaper(db: Queries, owner: number): Promise<PaperRow | undefined> {
  return db.selectFrom('placements').selectAll().where('owner', '=', owner).executeTakeFirst();
}

export async function addPaper(db: Queries, { campaign, kind, name, place, unit }: NewPaper, author: string, at: number): Promise<PaperRow> {
  const owner = await nextNumber(db, 'screen');
  return db
    .insertInto('placements')
    .values({ owner, campaign, kind, name, place, unit, created_at: at, author, ended_at: null })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** It is handed out no longer. Its code answers and counts all the same: paper hangs on. */
export async function endPaper(db: Queries, owner: number, at: number): Promise<void> {
  await db.updateTable('placements').set({ ended_at: at }).where('owner', '=', owner).where('ended_at', 'is', null).execute();
}
