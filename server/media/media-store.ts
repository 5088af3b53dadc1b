// What is known of each media file: its type and size.
import type { ManifestFile } from '../../core/manifest.ts';
import type { Queries } from '../database/open-database.ts';

export async function putMedia(db: Queries, { sha256, type, bytes }: ManifestFile, now: number): Promise<void> {
  await db
    .insertInto('media')
    .values({ sha256, type, bytes, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function mediaByHash(db: Queries, hashes: readonly string[]): Promise<ManifestFile[]> {
  if (hashes.length === 0) return [];
  return db.selectFrom('media').select(['sha256', 'bytes', 'type']).where('sha256', 'in', hashes).orderBy('sha256').execute();
}

/** Hashes of all files that the library and its playlists have. */
export async function listMedia(db: Queries): Promise<string[]> {
  return (await db.selectFrom('media').select('sha256').orderBy('sha256').execute()).map(({ sha256 }) => sha256);
}
