// What a manifest says for an instant: the current turn and the next ones, the same on every machine.
import { Temporal } from 'temporal-polyfill';
import type { Manifest } from './manifest.ts';
import type { Item } from './playlist.ts';
import { isActiveAt, spanOf, type Window } from './schedule.ts';
import { sequenceOf, type Sequence } from './sequence.ts';

/** One showing of one item, `[start, end)` in epoch milliseconds. `item` is absent where nothing is scheduled. */
export interface Turn {
  readonly start: number;
  readonly end: number;
  readonly item: string | undefined;
}

/** What the programme needs of a manifest. */
export type ProgrammeSource = Pick<Manifest, 'layers'> & { readonly campaign: { readonly zone: string } };

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

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
/** No segment is longer than a local day; the longest has 25 hours and a bit. */
const longestDayMs = 26 * 60 * minuteMs;
const keptDays = 64;

/** Minutes after local midnight at which some window starts or ends. */
function edgeMinutes(items: readonly Item[]): number[] {
  const edges = new Set<number>([0]);
  for (const { windows } of items) {
    for (const { from, until } of windows.map(spanOf)) for (const minute of [from, until]) edges.add(minute % dayMinutes);
  }
  return [...edges];
}

/** Every instant of a local day at which its set of active items may change, a repeated hour counted twice, transitions included. */
function cutDay(date: Temporal.PlainDate, zone: string, minutes: readonly number[]): number[] {
  const start = date.toZonedDateTime(zone).epochMilliseconds;
  const end = date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
  const cuts = new Set<number>([start, end]);
  for (const minute of minutes) {
    const time = date.toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
    for (const disambiguation of ['earlier', 'later'] as const) cuts.add(time.toZonedDateTime(zone, { disambiguation }).epochMilliseconds);
  }
  let transition = date.toZonedDateTime(zone).getTimeZoneTransition('next');
  while (transition && transition.epochMilliseconds < end) {
    cuts.add(transition.epochMilliseconds);
    transition = transition.getTimeZoneTransition('next');
  }
  return [...cuts].filter((cut) => cut >= start && cut <= end).sort((a, b) => a - b);
}

function isOn(windows: readonly Window[], instant: number, zone: string): boolean {
  if (windows.length === 0) return true;
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return isActiveAt(windows, local.toPlainDate(), local.hour * 60 + local.minute + local.second / 60);
}

/** Makes a manifest's layers ready for `programmeAt`. Equal manifests compile to equal programmes on every machine. */
export function compile({ layers, campaign: { zone } }: ProgrammeSource): Compiled {
  const all = layers.flatMap(({ playlist }) => playlist.items);
  const windowed = all.filter(({ windows }) => windows.length > 0);
  const edges = edgeMinutes(windowed);
  const sequences = new Map<string, Sequence | undefined>();
  const days = new Map<number, readonly Segment[]>();
  let latest: readonly Segment[] = [];

  const sequenceAt = (instant: number): { key: string; sequence: Sequence | undefined } => {
    const off = new Set(windowed.filter(({ windows }) => !isOn(windows, instant, zone)));
    const key = windowed.map((item) => (off.has(item) ? '0' : '1')).join('');
    if (!sequences.has(key)) {
      const active = layers.map(({ share, playlist }) => ({
        share,
        items: playlist.items.filter((item) => !off.has(item)).map(({ id, seconds, weight }) => ({ id, weight, ms: Math.round(seconds * 1000) })),
      }));
      sequences.set(key, sequenceOf(active, longestDayMs));
    }
    return { key, sequence: sequences.get(key) };
  };

  const segmentsOf = (date: Temporal.PlainDate): Segment[] => {
    const cuts = cutDay(date, zone, edges);
    const segments: (Segment & { key: string })[] = [];
    cuts.slice(0, -1).forEach((start, index) => {
      const end = cuts[index + 1] ?? start;
      const { key, sequence } = sequenceAt(start);
      const before = segments.at(-1);
      if (before?.key === key) segments[segments.length - 1] = { ...before, end };
      else segments.push({ start, end, sequence, key });
    });
    return segments;
  };

  return {
    items: new Map(all.map((item) => [item.id, item])),
    segmentsAround(asked) {
      const instant = Math.floor(asked);
      const [first] = latest;
      const last = latest.at(-1);
      if (first && last && instant >= first.start && instant < last.end) return latest;
      const date = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate();
      const day = date.toZonedDateTime(zone).epochMilliseconds;
      const segments = days.get(day) ?? segmentsOf(date);
      if (days.size >= keptDays) days.clear();
      days.set(day, segments);
      latest = segments;
      return segments;
    },
  };
}

/** Index of the last entry at or below a value in a sorted list whose first entry is at or below it. */
function lastAtOrBelow(count: number, at: (index: number) => number, value: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (at(middle) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The turn of a segment that holds an offset. A remainder too short for the next item goes to the turn before. */
function turnInSegment({ start, end, sequence }: Segment, instant: number): Turn {
  if (!sequence) return { start, end, item: undefined };
  const { ids, starts, totalMs } = sequence;
  const locate = (offset: number) => {
    const round = Math.floor(offset / totalMs);
    const index = lastAtOrBelow(starts.length, (i) => starts[i] ?? 0, offset - round * totalMs);
    const from = start + round * totalMs + (starts[index] ?? 0);
    return { index, from, until: start + round * totalMs + (starts[index + 1] ?? totalMs) };
  };
  let turn = locate(instant - start);
  if (turn.until > end && turn.from > start) turn = locate(turn.from - 1 - start);
  const following = locate(turn.until - start);
  const isLast = turn.until >= end || following.until > end;
  return { start: turn.from, end: isLast ? end : turn.until, item: ids[turn.index] };
}

/**
 * The turn that a programme shows at an instant. Total: every instant has exactly one turn, and turns follow each other without hole or overlap.
 * @param instant epoch milliseconds
 */
export function programmeAt(compiled: Compiled, instant: number): Turn {
  const segments = compiled.segmentsAround(instant);
  const segment = segments[lastAtOrBelow(segments.length, (index) => segments[index]?.start ?? 0, instant)];
  if (!segment) throw new RangeError(`no segment holds ${instant}`);
  return turnInSegment(segment, instant);
}

/** All turns that touch `[from, until)`, in order. */
export function turnsBetween(compiled: Compiled, from: number, until: number): Turn[] {
  const turns: Turn[] = [];
  for (let instant = from; instant < until;) {
    const turn = programmeAt(compiled, instant);
    turns.push(turn);
    instant = turn.end;
  }
  return turns;
}
