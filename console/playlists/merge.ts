// Two people edited one playlist: what both did, put together. What only one of them touched is as they left it; what both touched is asked about.
import type { SentItem } from '../../core/playlist-draft.ts';

/** An item that both changed, or that one changed and the other removed. */
export interface Clash {
  readonly id: string;
  readonly name: string;
  /** `undefined` for whoever removed it. */
  readonly mine: SentItem | undefined;
  readonly theirs: SentItem | undefined;
}

export interface Merged {
  readonly items: SentItem[];
  readonly clashes: readonly Clash[];
}

type List = readonly SentItem[];

/** The same content, whatever the order of its parts. */
function plain(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

export function isSameItem(a: SentItem | undefined, b: SentItem | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && plain(a) === plain(b));
}

export function isSameDraft(a: List, b: List): boolean {
  return a.length === b.length && a.every((item, index) => isSameItem(item, b[index]));
}

const find = (list: List, id: string) => list.find((item) => item.id === id);

function isReordered(base: List, list: List): boolean {
  const stayed = list.filter(({ id }) => find(base, id) !== undefined).map(({ id }) => id);
  const before = base.filter(({ id }) => find(list, id) !== undefined).map(({ id }) => id);
  return stayed.join() !== before.join();
}

/** The ids of both lists: in the order of the first, those of the second alone after what stands before them there. */
function joinedOrder(lead: List, other: List): string[] {
  return other.reduce<string[]>(
    (order, { id }, index) => {
      if (order.includes(id)) return order;
      const before = other
        .slice(0, index)
        .reverse()
        .find((item) => order.includes(item.id));
      const place = before === undefined ? 0 : order.indexOf(before.id) + 1;
      return [...order.slice(0, place), id, ...order.slice(place)];
    },
    lead.map(({ id }) => id),
  );
}

/** @param base what both began with */
export function mergeDrafts(base: List, mine: List, theirs: List): Merged {
  const order = isReordered(base, mine) ? joinedOrder(mine, theirs) : joinedOrder(theirs, mine);
  const items: SentItem[] = [];
  const clashes: Clash[] = [];
  for (const id of order) {
    const [was, my, their] = [base, mine, theirs].map((list) => find(list, id));
    const kept = isSameItem(my, was) ? their : isSameItem(their, was) || isSameItem(my, their) ? my : undefined;
    if (kept) items.push(kept);
    else if (!isSameItem(my, was) && !isSameItem(their, was) && !isSameItem(my, their)) {
      const stays = my ?? their;
      if (!stays) continue;
      items.push(stays);
      clashes.push({ id, name: stays.name, mine: my, theirs: their });
    }
  }
  return { items, clashes };
}
