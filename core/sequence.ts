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

interface Wheel {
  readonly layer: SequenceLayer;
  readonly credits: number[];
  readonly total: number;
  /** Air time owed to the layer, in share-milliseconds. */
  owed: number;
}

function turnWheel({ layer, credits, total }: Wheel): SequenceItem {
  let best = 0;
  layer.items.forEach(({ weight }, index) => {
    credits[index] = (credits[index] ?? 0) + weight;
    if ((credits[index] ?? 0) > (credits[best] ?? 0)) best = index;
  });
  credits[best] = (credits[best] ?? 0) - total;
  const item = layer.items[best];
  if (!item) throw new RangeError('a layer without items has no turn');
  return item;
}

/**
 * Smooth weighted round robin. Between layers what is shared is air time: the layer that is owed most goes next; within a layer what is shared is turns.
 * All in whole numbers, so any two machines make the same sequence. It ends where the state is the first one again, or after `longestMs`.
 * @returns undefined when no layer has an item
 */
export function sequenceOf(layers: readonly SequenceLayer[], longestMs: number): Sequence | undefined {
  const wheels = layers
    .filter(({ items }) => items.length > 0)
    .map((layer): Wheel => ({ layer, credits: layer.items.map(() => 0), total: layer.items.reduce((sum, { weight }) => sum + weight, 0), owed: 0 }));
  if (wheels.length === 0) return undefined;
  const shares = wheels.reduce((sum, { layer }) => sum + layer.share, 0);
  const ids: string[] = [];
  const starts: number[] = [];
  let totalMs = 0;
  do {
    const wheel = wheels.reduce((best, next) => (next.owed > best.owed ? next : best));
    const item = turnWheel(wheel);
    ids.push(item.id);
    starts.push(totalMs);
    totalMs += item.ms;
    for (const each of wheels) each.owed += each.layer.share * item.ms;
    wheel.owed -= shares * item.ms;
  } while (totalMs < longestMs && !wheels.every(({ owed, credits }) => owed === 0 && credits.every((credit) => credit === 0)));
  return { ids, starts, totalMs };
}
