// Editing an arrangement: move an item, switch it on or off. Pure; every edit is a new list.

/** What an edit touches of an item. */
export interface Arranged {
  readonly id: string;
  readonly enabled: boolean;
}

/** The item put at `index` of the list, counted after it was taken out; the ends hold. */
export function moveTo<T extends Arranged>(items: readonly T[], id: string, index: number): readonly T[] {
  const item = items.find((each) => each.id === id);
  if (!item) return items;
  const others = items.filter((each) => each.id !== id);
  const place = Math.max(0, Math.min(index, others.length));
  return [...others.slice(0, place), item, ...others.slice(place)];
}

/** The item switched the other way; the last one that is on stays on. */
export function toggled<T extends Arranged>(items: readonly T[], id: string): readonly T[] {
  if (isLastOn(items, id)) return items;
  return items.map((item) => (item.id === id ? { ...item, enabled: !item.enabled } : item));
}

export function isLastOn(items: readonly Arranged[], id: string): boolean {
  const on = items.filter(({ enabled }) => enabled);
  return on.length === 1 && on[0]?.id === id;
}

/** Where an item dropped at height `y` goes, given the middles of all rows from top to bottom; `from` is where it was taken. */
export function dropIndex(middles: readonly number[], from: number, y: number): number {
  return middles.filter((middle, index) => index !== from && middle < y).length;
}

/** How far a row is drawn from its place while another is dragged: rows in between make way by one `pitch`. */
export function shiftWhileDragging(
  index: number,
  drag: { readonly from: number; readonly to: number; readonly distance: number; readonly pitch: number },
): number {
  const { from, to, distance, pitch } = drag;
  if (index === from) return distance;
  if (index > from && index <= to) return -pitch;
  return index < from && index >= to ? pitch : 0;
}
