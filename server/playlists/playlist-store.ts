// Playlists: the revisions of each, which one is published, and the numbers of its items, which are never used again.
import { z } from 'zod';
import type { LastDays } from '../../core/expiry.ts';
import type { AuthoredPlaylist } from '../../core/playlist.ts';
import { localDateSchema, sha256Schema } from '../../core/primitives.ts';
import { nextNumber } from '../database/counter-store.ts';
import type { Queries } from '../database/open-database.ts';
import { readingOnce } from '../database/reading-once.ts';
import type { Row } from '../database/schema.ts';
import { voidApproval } from '../publishing/approval-store.ts';
import { draftSchema, type Draft } from './draft.ts';

export type PlaylistRow = Row<'playlists'>;

const unpublished = { revision: 0, published_revision: null, published_at: null, file_sha256: null, problem: null, removed_at: null } as const;

export function listPlaylists(db: Queries): Promise<PlaylistRow[]> {
  return db.selectFrom('playlists').selectAll().where('removed_at', 'is', null).orderBy('id').execute();
}

export function findPlaylist(db: Queries, id: string): Promise<PlaylistRow | undefined> {
  return db.selectFrom('playlists').selectAll().where('id', '=', id).where('removed_at', 'is', null).executeTakeFirst();
}

/** Makes sure that a playlist exists, so far without any revision. */
export async function ensurePlaylist(db: Queries, { id, name, kind }: Pick<AuthoredPlaylist, 'id' | 'name' | 'kind'>): Promise<void> {
  await db
    .insertInto('playlists')
    .values({ id, name, kind, ...unpublished, edited_by_staff: 0, keeper: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Adds a playlist of staff, so far without any revision. @returns whether the id was free: that of a removed one is not */
export async function addPlaylist(db: Queries, { id, name, kind, keeper }: Pick<PlaylistRow, 'id' | 'name' | 'kind' | 'keeper'>): Promise<boolean> {
  const row = await db
    .insertInto('playlists')
    .values({ id, name, kind, ...unpublished, edited_by_staff: 1, keeper })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes a playlist off the list. Its revisions, publishes and the numbers of its items stay, and its id is not used again. */
export async function removePlaylist(db: Queries, id: string, at: number): Promise<void> {
  await db.updateTable('playlists').set({ removed_at: at }).where('id', '=', id).execute();
}

/** A revision never changes, and an act on it reads it several times; one may be long. */
const readDraft = readingOnce(draftSchema, 30);

/** What a revision holds; undefined for revision 0, which holds nothing yet. */
export async function readRevision(db: Queries, playlist: string, revision: number): Promise<Draft | undefined> {
  const row = await db.selectFrom('playlist_revisions').select('document').where('playlist', '=', playlist).where('revision', '=', revision).executeTakeFirst();
  return row && readDraft(row.document);
}

/** Who made a revision, and when. */
export async function revisionFacts(db: Queries, playlist: string, revision: number): Promise<{ by: string; at: number } | undefined> {
  return db
    .selectFrom('playlist_revisions')
    .select(['author as by', 'created_at as at'])
    .where('playlist', '=', playlist)
    .where('revision', '=', revision)
    .executeTakeFirst();
}

export interface Saved {
  readonly by: string;
  readonly at: number;
  /** The person whose draft it is: from then on the shipped file is left alone. */
  readonly keeper?: string;
}

/** Adds a revision; what was approved of the one before holds no more. @returns its number, or undefined when `onto` is no longer the latest */
export async function saveRevision(db: Queries, id: string, onto: number, draft: Draft, { by, at, keeper }: Saved): Promise<number | undefined> {
  const edited = keeper === undefined ? {} : { edited_by_staff: 1 as const, keeper };
  const row = await db
    .updateTable('playlists')
    .set((eb) => ({ revision: eb('revision', '+', 1), name: draft.name, problem: null, ...edited }))
    .where('id', '=', id)
    .where('revision', '=', onto)
    .returning('revision')
    .executeTakeFirst();
  if (!row) return undefined;
  await db
    .insertInto('playlist_revisions')
    .values({ playlist: id, revision: row.revision, document: JSON.stringify(draft), author: by, created_at: at, person: keeper ?? null })
    .execute();
  await voidApproval(db, id, keeper ?? null, { name: by, at });
  return row.revision;
}

/** @param lastDays of its files, as published */
export async function markPublished(db: Queries, id: string, revision: number, at: number, lastDays: LastDays): Promise<void> {
  const published_days = JSON.stringify(Object.fromEntries(lastDays));
  await db.updateTable('playlists').set({ published_revision: revision, published_at: at, published_days }).where('id', '=', id).execute();
}

const daysSchema = z.record(sha256Schema, localDateSchema);

/** The last days of files with which a playlist was published. */
export const publishedDays = ({ published_days }: Pick<PlaylistRow, 'published_days'>): LastDays =>
  new Map(Object.entries(daysSchema.parse(JSON.parse(published_days))));

/** Remembers which shipped file was read, and why it was not taken if it was not. */
export async function markFile(db: Queries, id: string, fileSha256: string, problem: string | null): Promise<void> {
  await db.updateTable('playlists').set({ file_sha256: fileSha256, problem }).where('id', '=', id).execute();
}

/** The number of each item; one that never had any gets the next. */
export async function numberItems(db: Queries, playlist: string, items: readonly string[], now: number): Promise<Map<string, number>> {
  const known = await db.selectFrom('playlist_items').select(['item', 'number']).where('playlist', '=', playlist).execute();
  const numbers = new Map(known.map(({ item, number }) => [item, number]));
  for (const item of items) {
    if (numbers.has(item)) continue;
    const number = await nextNumber(db, 'item');
    await db.insertInto('playlist_items').values({ number, playlist, item, created_at: now }).execute();
    numbers.set(item, number);
  }
  return numbers;
}
