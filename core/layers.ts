// How the air time of a channel is shared: each layer is guaranteed hundredths of it, and what no longer fits is refused with its numbers. Pure.
import { z } from 'zod';
import type { Item, Playlist } from './playlist.ts';
import { slugSchema } from './primitives.ts';

export const maxLayers = 8;
const wholeShare = 100;

/** A layer as staff set it: a playlist, how many hundredths of the air time it is guaranteed, and whose it is. */
export const layerShareSchema = z.strictObject({
  playlist: slugSchema,
  share: z.int().min(1).max(wholeShare),
  /** Code of the unit that fills it, on screens of others too; null where whoever has the screens does. */
  unit: z.string().min(1).max(40).nullable(),
});
export type LayerShare = z.infer<typeof layerShareSchema>;

/** What a layer is guaranteed of an hour, in the mean of a day. */
export const secondsOfShare = (share: number): number => share * 36;

/**
 * What a layer has of any hour of the clock, however its turns fall: it may lack one turn, or one and a half where three or more share, and another that the hour before it was given too much.
 * @param longestSeconds of all items of all layers
 */
export function leastSecondsOfShare(share: number, layers: number, longestSeconds: number): number {
  const turns = layers < 2 ? 0 : layers === 2 ? 2 : 2.5;
  return Math.max(0, secondsOfShare(share) - turns * longestSeconds);
}

/** @property asked of those that are new or get more @property left beside those that keep what they have. All in seconds of an hour. */
export type Admission =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly asked: number;
      readonly left: number;
      readonly holders: readonly { readonly playlist: string; readonly seconds: number }[];
    };

type Held = Pick<LayerShare, 'playlist' | 'share'>;

const sumOf = (layers: readonly Held[]) => layers.reduce((sum, { share }) => sum + share, 0);

/** Whether what is guaranteed fits into an hour. What nobody holds goes to all in proportion. */
export function admit(before: readonly Held[], after: readonly Held[]): Admission {
  if (sumOf(after) <= wholeShare) return { ok: true };
  const had = new Map(before.map(({ playlist, share }) => [playlist, share]));
  const holders = after.filter(({ playlist, share }) => share <= (had.get(playlist) ?? 0));
  const held = sumOf(holders);
  return {
    ok: false,
    asked: secondsOfShare(sumOf(after) - held),
    left: Math.max(0, secondsOfShare(wholeShare - held)),
    holders: holders.map(({ playlist, share }) => ({ playlist, seconds: secondsOfShare(share) })),
  };
}

/** The id of an item in a manifest whose other layers have taken its own. */
export function numberedId({ id, number }: Pick<Item, 'id' | 'number'>): string {
  const end = `-${number}`;
  return `${id.slice(0, 64 - end.length)}${end}`;
}

/** Ids of items live within their playlist. In a manifest of several layers an id that is taken gets the item's number behind it, which is no other item's. */
export function withOwnIds<Layer extends { readonly playlist: Playlist }>(layers: readonly Layer[]): Layer[] {
  const taken = new Set<string>();
  const own = (item: Item): Item => {
    const id = taken.has(item.id) ? numberedId(item) : item.id;
    taken.add(id);
    return { ...item, id };
  };
  return layers.map((layer) => ({ ...layer, playlist: { ...layer.playlist, items: layer.playlist.items.map(own) } }));
}

/** Seconds that one round of a playlist takes: every item as often as its weight. */
export const roundSeconds = (items: readonly Pick<Item, 'seconds' | 'weight'>[]): number =>
  items.reduce((sum, { seconds, weight }) => sum + seconds * weight, 0);
