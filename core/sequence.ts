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

/** A sequence: item `k` starts `starts[k]` ms after the beginning; after `totalMs` it begins again. */
export interface Sequence {
  readonly ids: readonly string[];
  readonly starts: readonly number[];
  readonly totalMs: number;
}

interface Claim {
  readonly item: SequenceItem;
  shown: number;
}

/** Of the showings whose window has begun, the one whose window ends first; the heavier item on a tie, then the first in the list. */
function mostPressing(claims: readonly Claim[], slot: number, slots: number): { claim: Claim; deadline: number } | undefined {
  let best: { claim: Claim; deadline: number } | undefined;
  for (const claim of claims) {
    const { item, shown } = claim;
    if (shown >= item.weight || Math.floor((shown * slots) / item.weight) > slot) continue;
    const deadline = Math.ceil(((shown + 1) * slots) / item.weight);
    if (!best || deadline < best.deadline || (deadline === best.deadline && item.weight > best.claim.item.weight)) best = { claim, deadline };
  }
  return best;
}

/**
 * One round of a layer, every item as often as its weight, evenly spread: of `T` turns, showing `k` of an item of weight `w` falls between turn `kT/w` and turn `(k+1)T/w`
 * (quota sequencing by earliest deadline). It begins with the first of the heaviest items, and an item follows itself only where that cannot be helped.
 */
export function roundOf(items: readonly SequenceItem[]): SequenceItem[] {
  const claims = items.map((item): Claim => ({ item, shown: 0 }));
  const slots = items.reduce((sum, { weight }) => sum + weight, 0);
  const round: SequenceItem[] = [];
  for (let slot = 0; slot < slots; slot++) {
    const first = mostPressing(claims, slot, slots);
    const repeats = first !== undefined && first.claim.item === round.at(-1) && first.deadline > slot + 1;
    const other = repeats
      ? mostPressing(
          claims.filter((claim) => claim !== first.claim),
          slot,
          slots,
        )
      : undefined;
    const claim = (other ?? first)?.claim;
    if (!claim) throw new RangeError('a round has a showing for every turn');
    claim.shown += 1;
    round.push(claim.item);
  }
  return round;
}

interface Wheel {
  readonly share: number;
  readonly round: readonly SequenceItem[];
  position: number;
  /** Air time owed to the layer, in share-milliseconds. */
  owed: number;
}

/**
 * The sequence of a set of layers. Between layers what is shared is air time: the layer that is owed most goes next, the first on a tie; within a layer what is shared is turns.
 * All in whole numbers, so any two machines make the same sequence. It ends where the state is the first one again, or after `longestMs`.
 * @returns undefined when no layer has an item
 */
export function sequenceOf(layers: readonly SequenceLayer[], longestMs: number): Sequence | undefined {
  const wheels = layers.filter(({ items }) => items.length > 0).map(({ share, items }): Wheel => ({ share, round: roundOf(items), position: 0, owed: 0 }));
  const shares = wheels.reduce((sum, { share }) => sum + share, 0);
  const ids: string[] = [];
  const starts: number[] = [];
  let totalMs = 0;
  do {
    const wheel = wheels.reduce<Wheel | undefined>((best, next) => (best && best.owed >= next.owed ? best : next), undefined);
    const item = wheel?.round[wheel.position];
    if (!wheel || !item) return undefined;
    wheel.position = (wheel.position + 1) % wheel.round.length;
    ids.push(item.id);
    starts.push(totalMs);
    totalMs += item.ms;
    for (const each of wheels) each.owed += each.share * item.ms;
    wheel.owed -= shares * item.ms;
  } while (totalMs < longestMs && !wheels.every(({ owed, position }) => owed === 0 && position === 0));
  return { ids, starts, totalMs };
}
