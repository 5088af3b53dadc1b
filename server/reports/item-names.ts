// What people called each item: by the latest revision that has it, also of what is published no longer; with its playlist where several share a name.
import type { Queries } from '../database/open-database.ts';
import { readRevision } from '../playlists/playlist-store.ts';

export async function itemNames(db: Queries): Promise<Map<number, string>> {
  const ids = await db.selectFrom('playlist_items').select(['number', 'item', 'playlist']).execute();
  const names = new Map(ids.map(({ number, item }) => [number, item]));
  const playlists = await db.selectFrom('playlists').select(['id', 'name', 'revision', 'published_revision']).execute();
  for (const { id, revision, published_revision } of playlists) {
    for (const each of new Set([published_revision ?? 0, revision])) {
      for (const { number, name } of (await readRevision(db, id, each))?.items ?? []) names.set(number, name);
    }
  }
  const playlistNames = new Map(playlists.map(({ id, name }) => [id, name]));
  const times = new Map<string, number>();
  for (const name of names.values()) times.set(name, (times.get(name) ?? 0) + 1);
  return new Map(
    ids.map(({ number, playlist }) => {
      const name = names.get(number) ?? '';
      return [number, (times.get(name) ?? 0) > 1 ? `${name} (${playlistNames.get(playlist) ?? playlist})` : name];
    }),
  );
}
