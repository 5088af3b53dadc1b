// Copies a campaign's content for the next one: the playlists of channels as drafts, and new channels that play the copies once they are published.
import type { z } from 'zod';
import { Temporal } from 'temporal-polyfill';
import type { copyChannelsSchema } from '../../core/channel-api.ts';
import type { LayerShare } from '../../core/layers.ts';
import type { Window } from '../../core/schedule.ts';
import type { Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { ServerContext } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { copyPlaylist } from '../playlists/keep-playlists.ts';
import { findPlaylist } from '../playlists/playlist-store.ts';
import { addChannelNamed } from './keep-channels.ts';
import { findChannel, setChannelLayers } from './channel-store.ts';

const moved = (date: string, days: number) => Temporal.PlainDate.from(date).add({ days }).toString();

/** The same hours, so many days later. Phases are dates of the campaign, and move with its settings. */
export function moveWindow({ startDate, endDate, ...hours }: Window, days: number): Window {
  return {
    ...hours,
    ...(startDate === undefined ? {} : { startDate: moved(startDate, days) }),
    ...(endDate === undefined ? {} : { endDate: moved(endDate, days) }),
  };
}

/** @returns ids of the new channels @throws ApiFailure */
export async function copyChannels(
  { db, now, audit }: ServerContext,
  caller: Caller,
  { channels, suffix, days }: z.output<typeof copyChannelsSchema>,
): Promise<string[]> {
  const named = (name: string, most: number) => `${name.slice(0, most - suffix.length - 3)} – ${suffix}`;
  return transact(db, async (trx) => {
    /** A playlist that several channels play is copied once. */
    const copies = new Map<string, string>();
    const made: string[] = [];
    const shift = (windows: readonly Window[]) => windows.map((window) => moveWindow(window, days));
    const copyOf = async (id: string): Promise<string> => {
      const known = copies.get(id);
      if (known !== undefined) return known;
      const playlist = await findPlaylist(trx, id);
      if (!playlist) throw new ApiFailure('channel-unknown');
      const wish = { name: named(playlist.name, 200), kind: playlist.kind, caller, at: now(), windows: shift };
      const copy = await copyPlaylist(trx, playlist, wish);
      copies.set(id, copy);
      return copy;
    };
    for (const id of channels) {
      const channel = await findChannel(trx, id);
      if (!channel) throw new ApiFailure('channel-unknown');
      const copy = await addChannelNamed(trx, named(channel.name, 120), await copyOf(channel.playlist));
      made.push(copy);
      if (channel.layers.length === 1) continue;
      const layers: LayerShare[] = [];
      for (const layer of channel.layers) layers.push({ ...layer, playlist: await copyOf(layer.playlist) });
      await setChannelLayers(trx, copy, layers);
    }
    await audit({ who: caller.name, what: 'channel.copy', subject: channels.join(','), after: { made, playlists: [...copies.values()], days } }, trx);
    return made;
  });
}
