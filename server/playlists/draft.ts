// A playlist as the server keeps it: every item with its number, its media by hash, on or off.
import { z } from 'zod';
import { draftItemSchema } from '../../core/playlist-api.ts';
import type { ItemDraft } from '../../core/playlist-draft.ts';
import { publishedProps, type AuthoredPlaylist, type Playlist } from '../../core/playlist.ts';

export const draftSchema = z.object({ name: z.string(), items: z.array(draftItemSchema) });
export type Draft = z.infer<typeof draftSchema>;

/** An authored playlist with its assets as hashes and its items' numbers. */
export function draftOf({ name, items }: AuthoredPlaylist, hashOf: (asset: string) => string, numberOf: (item: string) => number): Draft {
  return {
    name,
    items: items.map((item) => {
      const { id, scene, seconds, weight, windows, phases, holidays, enabled } = item;
      return {
        id,
        number: numberOf(id),
        name: item.name,
        scene,
        props: publishedProps(item, hashOf),
        seconds,
        weight,
        windows,
        ...(phases ? { phases } : {}),
        ...(holidays ? { holidays } : {}),
        enabled,
      };
    }),
  };
}

/** What of a draft travels to the screens: the items that are switched on. */
export function playlistOf(id: string, { name, items }: Draft): Playlist {
  const on = items.filter(({ enabled }) => enabled);
  return {
    id,
    name,
    items: on.map(({ id: item, number, name: label, scene, props, seconds, weight, windows, phases, holidays }) => ({
      id: item,
      number,
      name: label,
      scene,
      props,
      seconds,
      weight,
      windows,
      ...(phases ? { phases } : {}),
      ...(holidays ? { holidays } : {}),
    })),
  };
}

/** The draft that staff sent, with the number of each item. */
export function numberedDraft(name: string, items: readonly ItemDraft[], numberOf: ReadonlyMap<string, number>): Draft {
  return {
    name,
    items: items.map(({ id, phases, ...item }) => {
      const number = numberOf.get(id);
      if (number === undefined) throw new Error(`item ${id} has no number`);
      return { id, number, ...item, ...(phases && phases.length > 0 ? { phases } : {}) };
    }),
  };
}
