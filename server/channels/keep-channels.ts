// Makes and deletes channels. A new one plays what its playlist published last; which screens play it is another act.
import type { z } from 'zod';
import type { newChannelSchema } from '../../core/channel-api.ts';
import type { Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { ServerContext } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { republish } from '../manifests/publish.ts';
import { findPlaylist } from '../playlists/playlist-store.ts';
import { screensOfChannels } from '../screens/screen-store.ts';
import { slugOf } from '../slug-of.ts';
import { readRules } from './channel-rules-store.ts';
import { deleteChannel, ensureChannel, findChannel } from './channel-store.ts';

/** Adds a channel under an id of its name that is free. Runs inside a transaction. @returns its id */
export async function addChannelNamed(db: Queries, name: string, playlist: string): Promise<string> {
  const base = slugOf(name, 'kenh');
  let id = base;
  for (let number = 2; (await findChannel(db, id)) !== undefined; number++) id = `${base}-${number}`;
  await ensureChannel(db, id, name, playlist);
  return id;
}

/** @returns its id @throws ApiFailure */
export async function makeChannel(
  { db, keys, now, audit }: ServerContext,
  caller: Caller,
  { name, playlist }: z.output<typeof newChannelSchema>,
): Promise<string> {
  return transact(db, async (trx) => {
    if (!(await findPlaylist(trx, playlist))) throw new ApiFailure('not-found');
    const id = await addChannelNamed(trx, name, playlist);
    const channel = await findChannel(trx, id);
    if (channel) await republish(trx, [channel], { keys, by: caller.name, at: now() });
    await audit({ who: caller.name, what: 'channel.make', subject: id, after: { name, playlist } }, trx);
    return id;
  });
}

/** @throws ApiFailure */
export async function dropChannel({ db, audit }: ServerContext, caller: Caller, id: string): Promise<void> {
  await transact(db, async (trx) => {
    const channel = await findChannel(trx, id);
    if (!channel) throw new ApiFailure('not-found');
    const isRuled = (await readRules(trx)).rules.some((rule) => rule.channel === id);
    if (isRuled || (await screensOfChannels(trx, [id])).length > 0) throw new ApiFailure('channel-in-use');
    await deleteChannel(trx, id);
    await audit({ who: caller.name, what: 'channel.remove', subject: id, before: { name: channel.name, playlist: channel.playlist } }, trx);
  });
}
