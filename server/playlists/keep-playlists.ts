// Makes playlists, empty or as copies, and takes those off the list that nothing plays.
import type { z } from 'zod';
import type { newPlaylistSchema } from '../../core/playlist-draft.ts';
import type { Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { channelsOfPlaylist } from '../channels/channel-store.ts';
import type { ServerContext } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { slugOf } from '../slug-of.ts';
import { addPlaylist, findPlaylist, numberItems, readRevision, removePlaylist, saveRevision } from './playlist-store.ts';

async function addNamed(db: Queries, name: string, kind: string, keeper: string): Promise<string> {
  const wanted = slugOf(name, 'danh-sach');
  for (let count = 1; ; count++) {
    const id = count === 1 ? wanted : `${wanted}-${count}`;
    if (await addPlaylist(db, { id, name, kind, keeper })) return id;
  }
}

/** @returns the id of the new playlist @throws ApiFailure */
export async function makePlaylist(
  { db, now, audit }: ServerContext,
  caller: Caller,
  { name, kind, copyOf }: z.infer<typeof newPlaylistSchema>,
): Promise<string> {
  return transact(db, async (trx) => {
    const original = copyOf === undefined ? undefined : await findPlaylist(trx, copyOf);
    if (copyOf !== undefined && !original) throw new ApiFailure('not-found');
    const id = await addNamed(trx, name, kind, caller.id);
    const draft = original && (await readRevision(trx, original.id, original.revision));
    if (draft) {
      // Plays and codes of a copy are its own.
      const numbers = await numberItems(
        trx,
        id,
        draft.items.map((item) => item.id),
        now(),
      );
      const items = draft.items.map((item) => ({ ...item, number: numbers.get(item.id) ?? item.number }));
      await saveRevision(trx, id, 0, { name, items }, { by: caller.name, at: now(), keeper: caller.id });
    }
    await audit({ who: caller.name, what: 'playlist.make', subject: id, after: { name, kind, copyOf } }, trx);
    return id;
  });
}

/** @throws ApiFailure */
export async function dropPlaylist({ db, now, audit }: ServerContext, caller: Caller, id: string): Promise<void> {
  await transact(db, async (trx) => {
    const row = await findPlaylist(trx, id);
    if (!row) throw new ApiFailure('not-found');
    const channels = await channelsOfPlaylist(trx, id);
    if (channels.length > 0) throw new ApiFailure('playlist-played', { channels: channels.map((channel) => channel.id) });
    await removePlaylist(trx, id, now());
    await audit({ who: caller.name, what: 'playlist.remove', subject: id, before: { name: row.name, revision: row.revision } }, trx);
  });
}
