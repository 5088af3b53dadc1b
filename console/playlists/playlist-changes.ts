// What differs between two versions of a playlist, as few sentences as possible: an item that only made way did not move.
import type { Item } from '../../core/playlist.ts';
import type { Say } from '../messages.ts';
import type { Arranged } from './order.ts';

export interface Named extends Arranged {
  readonly name: string;
}

export type PlaylistChange = { readonly id: string; readonly name: string } & (
  | { readonly kind: 'moved'; readonly from: number; readonly to: number }
  | { readonly kind: 'on' | 'added'; readonly to: number }
  | { readonly kind: 'off' | 'removed' | 'timing' | 'content' }
);

interface Run {
  readonly places: readonly number[];
  readonly weight: number;
}

/**
 * Members of the longest run that keeps its order, so that what remains is the fewest moves. Between runs of one length,
 * the one with more items at their old position wins.
 * @param places old place of every item, in its new order
 */
function steady(places: readonly number[]): Set<number> {
  const heavier = (a: Run, b: Run) => (b.weight > a.weight ? b : a);
  const none: Run = { places: [], weight: 0 };
  const runs: Run[] = [];
  places.forEach((place, index) => {
    const before = runs.filter((run) => (run.places.at(-1) ?? -1) < place).reduce(heavier, none);
    runs.push({ places: [...before.places, place], weight: before.weight + places.length + 1 + (place === index ? 1 : 0) });
  });
  return new Set(runs.reduce(heavier, none).places);
}

/** Positions count from 1. */
export function changesBetween(before: readonly Named[], after: readonly Named[]): PlaylistChange[] {
  const was = new Map(before.map((item, index) => [item.id, { item, index }]));
  const stay = new Set(after.map(({ id }) => id));
  const kept = before.filter(({ id }) => stay.has(id));
  const keptIndex = new Map(kept.map(({ id }, index) => [id, index]));
  const calm = steady(after.flatMap(({ id }) => keptIndex.get(id) ?? []));
  const changes = after.flatMap(({ id, name, enabled }, index): PlaylistChange[] => {
    const old = was.get(id);
    const place = keptIndex.get(id);
    const to = index + 1;
    if (old === undefined || place === undefined) return [{ id, name, kind: 'added', to }];
    // Others moved around an item that is back where it was: nothing to tell of it.
    const moved: PlaylistChange[] = calm.has(place) || old.index === index ? [] : [{ id, name, kind: 'moved', from: old.index + 1, to }];
    if (old.item.enabled === enabled) return moved;
    return [...moved, enabled ? { id, name, kind: 'on', to } : { id, name, kind: 'off' }];
  });
  return [...changes, ...before.filter(({ id }) => !stay.has(id)).map(({ id, name }): PlaylistChange => ({ id, name, kind: 'removed' }))];
}

type Content = Pick<Item, 'id' | 'name' | 'scene' | 'props' | 'seconds' | 'weight' | 'windows'>;
type Draft = Content & Arranged;

/** What screens show of an item, comparable whatever the order of its keys. */
function contentOf({ name, scene, props }: Content): string {
  return JSON.stringify([name, scene, Object.entries(props).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

const timingOf = ({ seconds, weight, windows }: Content) => JSON.stringify([seconds, weight, windows]);

/** What a publish would change on the screens: a manifest holds only what is switched on. */
export function changesToPublish(playing: readonly Content[], draft: readonly Draft[]): PlaylistChange[] {
  const old = new Map(playing.map((item) => [item.id, item]));
  const drafted = new Set(draft.map(({ id }) => id));
  const on = draft.filter(({ enabled }) => enabled);
  const before = playing.map((item) => ({ ...item, enabled: true }));
  const order = changesBetween(before, on).map((change): PlaylistChange => {
    if (change.kind === 'added') return { ...change, kind: 'on' };
    return change.kind === 'removed' && drafted.has(change.id) ? { ...change, kind: 'off' } : change;
  });
  const edits = on.flatMap((item): PlaylistChange[] => {
    const { id, name } = item;
    const was = old.get(id);
    if (!was) return [];
    const timing: PlaylistChange[] = timingOf(was) === timingOf(item) ? [] : [{ id, name, kind: 'timing' }];
    return contentOf(was) === contentOf(item) ? timing : [...timing, { id, name, kind: 'content' }];
  });
  return [...order, ...edits];
}

export function changeText(change: PlaylistChange, say: Say): string {
  const { name } = change;
  switch (change.kind) {
    case 'moved':
      return say('change.moved', { name, from: change.from, to: change.to });
    case 'on':
      return say('change.on', { name, to: change.to });
    case 'added':
      return say('change.added', { name, to: change.to });
    case 'off':
      return say('change.off', { name });
    case 'removed':
      return say('change.removed', { name });
    case 'timing':
      return say('change.timing', { name });
    case 'content':
      return say('change.content', { name });
  }
}
