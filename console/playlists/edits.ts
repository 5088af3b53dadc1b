// Edits of a playlist that are not saved yet: add, change, copy, remove and bring back. Pure; every edit is a new state.
import type { SentItem } from '../../core/playlist-draft.ts';

export interface RemovedItem {
  readonly item: SentItem;
  /** Where it stood. */
  readonly index: number;
}

export interface Edits {
  readonly items: readonly SentItem[];
  /** Until they are saved, they can be brought back; the latest first. */
  readonly removed: readonly RemovedItem[];
}

const letters = '23456789abcdefghjkmnpqrstvwxyz';
const idLetters = 8;

/** An id that no item ever had: chance makes it so, for those of earlier revisions too. @param random bytes */
export function freshId(scene: string, random: (count: number) => Uint8Array): string {
  const tail = Array.from(random(idLetters), (byte) => letters[byte % letters.length] ?? '').join('');
  return `${scene}-${tail}`;
}

export function addItem({ items, removed }: Edits, item: SentItem, index = items.length): Edits {
  return { items: [...items.slice(0, index), item, ...items.slice(index)], removed };
}

export function changeItem({ items, removed }: Edits, item: SentItem): Edits {
  return { items: items.map((each) => (each.id === item.id ? item : each)), removed };
}

/** A copy right after its original. */
export function copyItem(edits: Edits, id: string, copy: { readonly id: string; readonly name: string }): Edits {
  const index = edits.items.findIndex((item) => item.id === id);
  const item = edits.items[index];
  return item ? addItem(edits, { ...item, ...copy }, index + 1) : edits;
}

export function removeItem({ items, removed }: Edits, id: string): Edits {
  const index = items.findIndex((item) => item.id === id);
  const item = items[index];
  return item ? { items: items.filter((each) => each !== item), removed: [{ item, index }, ...removed] } : { items, removed };
}

/** Takes an item out that nobody has to bring back, such as a new one that stayed empty. */
export function withdrawItem({ items, removed }: Edits, id: string): Edits {
  return { items: items.filter((item) => item.id !== id), removed };
}

export function bringBack(edits: Edits, id: string): Edits {
  const back = edits.removed.find(({ item }) => item.id === id);
  if (!back) return edits;
  const removed = edits.removed.filter((each) => each !== back);
  return addItem({ items: edits.items, removed }, back.item, Math.min(back.index, edits.items.length));
}
