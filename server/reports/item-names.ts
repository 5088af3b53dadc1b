// What people called each item: by the latest revision that has it, also of what is published no longer.
import type { Queries } from '../database/open-database.ts';
import { readRevision } from '../playlists/playlist-store.ts';

export async function itemNames(db: Queries): Promise<Map<number, string>> {
  const ids = await db.selectFrom('playlist_items').select(['number', 'item']).execute();
  const names = new Map(ids.map(({ number, item }) => [number, item]));
  for (const { id, revision, published_revision } of await db.selectFrom('playlists').select(['id', 'revision', 'published_revision']).execute()) {
    for (const each of new Set([published_revision ?? 0, revision])) {
      for (const { number, name } of (await readRevision(db, id, each))?.items ?? []) names.set(number, name);
    }
  }
  return names;
}
