// The rules that give screens their channels, with the number of their last change.
import { z } from 'zod';
import { channelRuleSchema, type ChannelRule } from '../../core/channel-rules.ts';
import type { Queries } from '../database/open-database.ts';
import { findPlaylist } from '../playlists/playlist-store.ts';
import { readSetting, writeSetting } from '../settings/setting-store.ts';
import { listChannels } from './channel-store.ts';

const key = 'channel-rules';
const keptSchema = z.object({ revision: z.int(), rules: z.array(channelRuleSchema) });
export type KeptRules = z.infer<typeof keptSchema>;

export async function readRules(db: Queries): Promise<KeptRules> {
  return (await readSetting(db, key, keptSchema)) ?? { revision: 0, rules: [] };
}

export async function writeRules(db: Queries, rules: readonly ChannelRule[]): Promise<void> {
  const { revision } = await readRules(db);
  await writeSetting(db, key, { revision: revision + 1, rules } satisfies { revision: number; rules: readonly ChannelRule[] });
}

/** For which kind of screen each channel's playlist is made. */
export async function channelKinds(db: Queries): Promise<ReadonlyMap<string, string>> {
  const kinds = new Map<string, string>();
  for (const { id, playlist } of await listChannels(db)) {
    const kind = (await findPlaylist(db, playlist))?.kind;
    if (kind !== undefined) kinds.set(id, kind);
  }
  return kinds;
}
