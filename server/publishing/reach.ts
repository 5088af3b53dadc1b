// Whom a publish of a playlist reaches: its channels and their screens, read once for all that looks at them.
import { channelsOfPlaylist, type Channel } from '../channels/channel-store.ts';
import type { Queries } from '../database/open-database.ts';
import { reachedScreens, type ReachedScreen } from '../screens/screen-store.ts';

export interface Reach {
  readonly channels: readonly Channel[];
  readonly screens: readonly ReachedScreen[];
  /** Those of them that are not out of service. */
  readonly inService: readonly ReachedScreen[];
}

export async function reachOf(db: Queries, playlist: string): Promise<Reach> {
  const channels = await channelsOfPlaylist(db, playlist);
  const ids = channels.map(({ id }) => id);
  const screens = await reachedScreens(db, ids);
  return { channels, screens, inService: screens.filter(({ state }) => state === 'active') };
}
