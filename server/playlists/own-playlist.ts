// Whose a playlist is: within a unit when every screen that plays it is, or every layer that it fills; one without either is the whole city's.
import type { Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { channelsOfPlaylist } from '../channels/channel-store.ts';
import type { Queries } from '../database/open-database.ts';
import { isInDuty } from '../people/duty.ts';
import { screensOfChannels } from '../screens/screen-store.ts';

export async function isOwnPlaylist(db: Queries, caller: Caller, playlist: string): Promise<boolean> {
  if (caller.unit === undefined) return true;
  const channels = await channelsOfPlaylist(db, playlist);
  const layers = channels.flatMap(({ id, layers: all }) => all.flatMap((layer) => (layer.playlist === playlist ? [{ id, unit: layer.unit }] : [])));
  const given = layers.flatMap(({ unit }) => unit ?? []);
  const ids = layers.filter(({ unit }) => unit === null).map(({ id }) => id);
  const units = [...given, ...(await screensOfChannels(db, ids)).filter(({ state }) => state === 'active').map(({ unit }) => unit)];
  for (const unit of units.length === 0 ? [null] : new Set(units)) if (!(await isInDuty(db, caller, unit))) return false;
  return true;
}

/** @throws ApiFailure */
export async function requireOwnPlaylist(db: Queries, caller: Caller, playlist: string): Promise<void> {
  if (!(await isOwnPlaylist(db, caller, playlist))) throw new ApiFailure('outside-own-unit');
}
