// What a manifest says for an instant: the current turn and the next ones, the same on every machine.
import { cutDay, dayAround } from './day-cuts.ts';
import type { Manifest } from './manifest.ts';
import type { Item } from './playlist.ts';
import { sequenceOf, type Sequence } from './sequence.ts';

/** One showing of one item, `[start, end)` in epoch milliseconds. `item` is absent where nothing is scheduled. */
export interface Turn {
  readonly start: number;
  readonly end: number;
  readonly item: string | undefined;
}

/** What the programme needs of a manifest. */
export type ProgrammeSource = Pick<Manifest, 'layers'> & { readonly campaign: { readonly zone: string } };

/** A stretch of a day with one set of active items. */
interface Segment {
  readonly start: number;
  readonly end: number;
  readonly sequence: Sequence | undefined;
}

/** A manifest made ready for look-ups. Days are worked out when first asked for, and kept. */
export interface Compiled {
  readonly items: ReadonlyMap<string, Item>;
  /** Segments of the local day that holds an instant; sorted, without holes. */
  segmentsAround(instant: number): readonly Segment[];
}

const dayMs = 24 * 60 * 60_000;
const keptDays = 64;
const keptSequences = 512;

function holds(segments: readonly Segment[], instant: number): boolean {
  const [first] = segments;
  const last = segments.at(-1);
  return first !== undefined && last !== undefined && instant >= first.start && instant < last.end;
}

/** Makes a manifest's layers ready for `programmeAt`. Equal manifests compile to equal programmes on every machine. */
export function compile({ layers, campaign: { zone } }: ProgrammeSource): Compiled {
  const all = layers.flatMap(({ playlist }) => playlist.items);
  const windowed = all.filter(({ windows }) => windows.length > 0);
  const sequences = new Map<string, Sequence | undefined>();
  /** Days by the UTC days that they touch. */
  const days = new Map<number, (readonly Segment[])[]>();
  let latest: readonly Segment[] = [];

  const sequenceFor = (active: string): Sequence | undefined => {
    if (sequences.has(active)) return sequences.get(active);
    const off = new Set(windowed.filter((_, index) => active[index] === '0'));
    const sequence = sequenceOf(
      layers.map(({ share, playlist }) => ({
        share,
        items: playlist.items.filter((item) => !off.has(item)).map(({ id, seconds, weight }) => ({ id, weight, ms: Math.round(seconds * 1000) })),
      })),
    );
    if (sequences.size >= keptSequences) sequences.clear();
    sequences.set(active, sequence);
    return sequence;
  };

  const workOut = (instant: number): readonly Segment[] => {
    const day = dayAround(instant, zone);
    const segments = cutDay(day, zone, windowed).map(({ start, end, active }): Segment => ({ start, end, sequence: sequenceFor(active) }));
    if (days.size >= keptDays) days.clear();
    for (let utcDay = Math.floor(day.start / dayMs); utcDay * dayMs < day.end; utcDay++) days.set(utcDay, [...(days.get(utcDay) ?? []), segments]);
    return segments;
  };

  return {
    items: new Map(all.map((item) => [item.id, item])),
    segmentsAround(asked) {
      const instant = Math.floor(asked);
      if (!holds(latest, instant)) latest = days.get(Math.floor(instant / dayMs))?.find((segments) => holds(segments, instant)) ?? workOut(instant);
      return latest;
    },
  };
}

function segmentAt(compiled: Compiled, instant: number): Segment {
  const segments = compiled.segmentsAround(instant);
  let [low, high] = [0, segments.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((segments[middle]?.start ?? 0) <= instant) low = middle;
    else high = middle - 1;
  }
  const segment = segments[low];
  if (!segment) throw new RangeError(`no segment holds ${instant}`);
  return segment;
}

/** Which turn of a segment an instant lies in. A remainder too short for the next turn goes to the one before. */
function turnNumberAt({ start, end, sequence }: Segment, instant: number): number {
  if (!sequence) return 0;
  const index = sequence.indexAt(instant - start);
  return index > 0 && start + sequence.startOf(index + 1) > end ? index - 1 : index;
}

function turnOf({ start, end, sequence }: Segment, index: number): Turn {
  if (!sequence) return { start, end, item: undefined };
  const next = start + sequence.startOf(index + 1);
  const isLast = next >= end || start + sequence.startOf(index + 2) > end;
  return { start: start + sequence.startOf(index), end: isLast ? end : next, item: sequence.idOf(index) };
}

/**
 * The turn that a programme shows at an instant. Total: every instant has exactly one turn, and turns follow each other without hole or overlap.
 * @param instant epoch milliseconds
 */
export function programmeAt(compiled: Compiled, instant: number): Turn {
  const segment = segmentAt(compiled, instant);
  return turnOf(segment, turnNumberAt(segment, instant));
}

/** All turns that touch `[from, until)`, in order. */
export function turnsBetween(compiled: Compiled, from: number, until: number): Turn[] {
  const turns: Turn[] = [];
  for (let instant = from; instant < until;) {
    const segment = segmentAt(compiled, instant);
    for (let index = turnNumberAt(segment, instant); instant < until && instant < segment.end; index++) {
      const turn = turnOf(segment, index);
      turns.push(turn);
      instant = turn.end;
    }
  }
  return turns;
}
