// The order in which active items follow each other: air time shared among layers, turns spread evenly by weight within one.

export interface SequenceItem {
  readonly id: string;
  readonly ms: number;
  readonly weight: number;
}

export interface SequenceLayer {
  readonly share: number;
  readonly items: readonly SequenceItem[];
}

/** Turns in order, counted from 0 and without end; turn `k` starts `startOf(k)` ms after the beginning. Worked out as far as it is asked for. */
export interface Sequence {
  startOf(index: number): number;
  idOf(index: number): string;
  /** The turn that holds an offset of 0 or more. */
  indexAt(offset: number): number;
}

/** An item with the showing that is due: it may not come before slot `opens`, and should not come after slot `deadline - 1`. */
interface Claim {
  readonly item: SequenceItem;
  readonly rank: number;
  shown: number;
  deadline: number;
}

/** The showing whose window ends first; the heavier item on a tie, then the first in the list. */
function isBefore(a: Claim, b: Claim): boolean {
  if (a.deadline !== b.deadline) return a.deadline < b.deadline;
  return a.item.weight === b.item.weight ? a.rank < b.rank : a.item.weight > b.item.weight;
}

/** A binary heap, the most pressing claim on top. */
function claimHeap(): { push(claim: Claim): void; pop(): Claim | undefined } {
  const heap: Claim[] = [];
  const before = (a: number, b: number): boolean => {
    const [first, second] = [heap[a], heap[b]];
    return first !== undefined && (second === undefined || isBefore(first, second));
  };
  const swap = (a: number, b: number) => {
    const [first, second] = [heap[a], heap[b]];
    if (first && second) [heap[a], heap[b]] = [second, first];
  };
  return {
    push(claim) {
      heap.push(claim);
      for (let at = heap.length - 1; at > 0;) {
        const parent = (at - 1) >> 1;
        if (!before(at, parent)) return;
        swap(at, parent);
        at = parent;
      }
    },
    pop() {
      const top = heap[0];
      const last = heap.pop();
      if (heap.length > 0 && last) heap[0] = last;
      for (let at = 0; ;) {
        const child = before(2 * at + 1, 2 * at + 2) ? 2 * at + 1 : 2 * at + 2;
        if (child >= heap.length || !before(child, at)) return top;
        swap(at, child);
        at = child;
      }
    },
  };
}

/** One round of a layer; after its last slot it begins again. */
export interface Round {
  readonly slots: number;
  /** @param slot from 0 to `slots - 1` */
  at(slot: number): SequenceItem;
}

/**
 * One round of a layer, every item as often as its weight, evenly spread: of `T` turns, showing `k` of an item of weight `w` falls between turn `kT/w` and turn `(k+1)T/w`
 * (quota sequencing by earliest deadline). It begins with the first of the heaviest items, and an item follows itself only where that cannot be helped.
 */
export function roundOf(items: readonly SequenceItem[]): Round {
  const slots = items.reduce((sum, { weight }) => sum + weight, 0);
  const round: SequenceItem[] = [];
  const ready = claimHeap();
  const opening = new Map<number, Claim[]>();
  const deadlineOf = ({ weight }: SequenceItem, showing: number) => Math.ceil(((showing + 1) * slots) / weight);
  items.forEach((item, rank) => ready.push({ item, rank, shown: 0, deadline: deadlineOf(item, 0) }));

  const takeNext = () => {
    const slot = round.length;
    for (const claim of opening.get(slot) ?? []) ready.push(claim);
    opening.delete(slot);
    const first = ready.pop();
    const other = first && first.item === round.at(-1) && first.deadline > slot + 1 ? ready.pop() : undefined;
    const claim = other ?? first;
    if (!claim) throw new RangeError('a round has a showing for every turn');
    if (other && first) ready.push(first);
    round.push(claim.item);
    claim.shown += 1;
    if (claim.shown === claim.item.weight) return;
    claim.deadline = deadlineOf(claim.item, claim.shown);
    const opens = Math.max(slot + 1, Math.floor((claim.shown * slots) / claim.item.weight));
    opening.set(opens, [...(opening.get(opens) ?? []), claim]);
  };

  return {
    slots,
    at(slot) {
      while (round.length <= slot) takeNext();
      const item = round[slot];
      if (!item) throw new RangeError(`no slot ${slot}`);
      return item;
    },
  };
}

interface Wheel {
  readonly share: number;
  readonly round: Round;
  position: number;
  /** Air time owed to the layer, in share-milliseconds. */
  owed: number;
}

/**
 * The sequence of a set of layers. Between layers what is shared is air time: the layer that is owed most goes next, the first on a tie; within a layer what is shared is turns.
 * All in whole numbers, so any two machines make the same sequence. It repeats from where its state is the first one again.
 * @returns undefined when no layer has an item
 */
export function sequenceOf(layers: readonly SequenceLayer[]): Sequence | undefined {
  const wheels = layers.filter(({ items }) => items.length > 0).map(({ share, items }): Wheel => ({ share, round: roundOf(items), position: 0, owed: 0 }));
  const [first] = wheels;
  if (!first) return undefined;
  const shares = wheels.reduce((sum, { share }) => sum + share, 0);
  const ids: string[] = [];
  const starts: number[] = [];
  let totalMs = 0;
  let isWhole = false;

  const takeNext = () => {
    const wheel = wheels.reduce((best, next) => (best.owed >= next.owed ? best : next), first);
    const item = wheel.round.at(wheel.position);
    wheel.position = (wheel.position + 1) % wheel.round.slots;
    ids.push(item.id);
    starts.push(totalMs);
    totalMs += item.ms;
    for (const each of wheels) each.owed += each.share * item.ms;
    wheel.owed -= shares * item.ms;
    isWhole = wheels.every(({ owed, position }) => owed === 0 && position === 0);
  };
  const reach = (index: number) => {
    while (!isWhole && ids.length <= index) takeNext();
  };

  return {
    startOf(index) {
      reach(index);
      const before = Math.floor(index / ids.length);
      return before * totalMs + (starts[index - before * ids.length] ?? 0);
    },
    idOf(index) {
      reach(index);
      return ids[index % ids.length] ?? '';
    },
    indexAt(offset) {
      while (!isWhole && totalMs <= offset) takeNext();
      const before = Math.floor(offset / totalMs);
      const rest = offset - before * totalMs;
      let [low, high] = [0, ids.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= rest) low = middle;
        else high = middle - 1;
      }
      return before * ids.length + low;
    },
  };
}
