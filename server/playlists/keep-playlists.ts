// Makes playlists, empty or as copies, and takes those off the list that nothing plays.
import type { z } from 'zod';
import type { newPlaylistSchema } from '../../core/playlist-draft.ts';
import type { Window } from '../../core/schedule.ts';
import type { Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { channelsOfPlaylist } from '../channels/channel-store.ts';
import type { ServerContext } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { slugOf } from '../slug-of.ts';
import { addPlaylist, findPlaylist, numberItems, readRevision, removePlaylist, saveRevision, type PlaylistRow } from './playlist-store.ts';

async function addNamed(db: Queries, name: string, kind: string, keeper: string): Promise<string> {
  const wanted = slugOf(name, 'danh-sach');
  for (let count = 1; ; count++) {
    const id = count === 1 ? wanted : `${wanted}-${count}`;
    if (await addPlaylist(db, { id, name, kind, keeper })) return id;
  }
}

interface Copy {
  readonly name: string;
  readonly kind: string;
  readonly caller: Caller;
  readonly at: number;
  /** What becomes of the hours and dates of an item. */
  readonly windows?: (windows: readonly Window[]) => Window[];
}

/** A draft with the items of a playlist's latest revision, off ones too; plays and codes of a copy are its own. Runs inside a transaction. @returns its id */
export async function copyPlaylist(db: Queries, original: PlaylistRow, { name, kind, caller, at, windows }: Copy): Promise<string> {
  const id = await addNamed(db, name, kind, caller.id);
  const draft = await readRevision(db, original.id, original.revision);
  if (!draft) return id;
  const numbers = await numberItems(
    db,
    id,
    draft.items.map((item) => item.id),
    at,
  );
  const items = draft.items.map((item) => ({
    ...{ ...item, number: numbers.get(item.id) ?? item.number },
    ...(windows ? { windows: windows(item.windows) } : {}),
  }));
  await saveRevision(db, id, 0, { name, items }, { by: caller.name, at, keeper: caller.id });
  return id;
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
    const id = original ? await copyPlaylist(trx, original, { name, kind, caller, at: now() }) : await addNamed(trx, name, kind, caller.id);
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
