// A playlist as the server keeps it: every item with its number, its media by hash, on or off.
import { z } from 'zod';
import { draftItemSchema } from '../../core/api.ts';
import { publishedProps, type AuthoredPlaylist, type Playlist } from '../../core/playlist.ts';

export const draftSchema = z.object({ name: z.string(), items: z.array(draftItemSchema) });
export type Draft = z.infer<typeof draftSchema>;

/** An authored playlist with its assets as hashes and its items' numbers. */
export function draftOf({ name, items }: AuthoredPlaylist, hashOf: (asset: string) => string, numberOf: (item: string) => number): Draft {
  return {
    name,
    items: items.map((item) => {
      const { id, scene, seconds, weight, windows, phases, enabled } = item;
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
    items: on.map(({ id: item, number, name: label, scene, props, seconds, weight, windows, phases }) => ({
      id: item,
      number,
      name: label,
      scene,
      props,
      seconds,
      weight,
      windows,
      ...(phases ? { phases } : {}),
    })),
  };
}

export type Arranged = { ok: true; draft: Draft } | { ok: false; reason: 'other-items' | 'empty' };

/** The same items in another order, each on or off. */
export function arrange({ name, items }: Draft, order: readonly { readonly id: string; readonly enabled: boolean }[]): Arranged {
  const byId = new Map(items.map((item) => [item.id, item]));
  const arranged = order.flatMap(({ id, enabled }) => {
    const item = byId.get(id);
    byId.delete(id);
    return item ? [{ ...item, enabled }] : [];
  });
  if (byId.size > 0 || arranged.length !== order.length) return { ok: false, reason: 'other-items' };
  return arranged.some(({ enabled }) => enabled) ? { ok: true, draft: { name, items: arranged } } : { ok: false, reason: 'empty' };
}
