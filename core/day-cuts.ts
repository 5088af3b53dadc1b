// Cuts a local day at every instant at which its set of active items changes.
import { Temporal } from 'temporal-polyfill';
import { coverOn, type Window } from './schedule.ts';

/** `[start, end)` in epoch milliseconds; `active` has one `1` or `0` for each of the windowed items, in order. */
export interface Cut {
  readonly start: number;
  readonly end: number;
  readonly active: string;
}

/** The local day that an instant belongs to, from its first instant to the first one of the next day. */
export function dayAround(instant: number, zone: string): { start: number; end: number } {
  const startOf = (date: Temporal.PlainDate) => date.toZonedDateTime(zone).epochMilliseconds;
  const date = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate();
  const next = startOf(date.add({ days: 1 }));
  // Clocks that go back over midnight show the end of a date again after the next one has begun.
  return instant < next ? { start: startOf(date), end: next } : { start: next, end: startOf(date.add({ days: 2 })) };
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  /** Local time less UTC, milliseconds. */
  readonly offsetMs: number;
}

const minuteMs = 60_000;
const minutesOfDay = 24 * 60;
const dayMs = minutesOfDay * minuteMs;
const firstDay = new Temporal.PlainDate(1970, 1, 1);

/** The parts of a day between changes of the zone's offset: mostly one. */
function stretchesOf(start: number, end: number, zone: string): Stretch[] {
  const stretches: Stretch[] = [];
  for (let from = start; from < end;) {
    const zoned = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone);
    const until = Math.min(end, zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? end);
    stretches.push({ start: from, end: until, offsetMs: zoned.offsetNanoseconds / 1_000_000 });
    from = until;
  }
  return stretches;
}

/** A local date within a stretch: cut at each minute of its clock at which some window starts or ends. */
function cutDate(date: number, { start, end, offsetMs }: Stretch, windowed: readonly { readonly windows: readonly Window[] }[]): Cut[] {
  const cover = coverOn(firstDay.add({ days: date }));
  const covers = windowed.map(({ windows }) => cover(windows));
  const minutes = [...new Set([0, minutesOfDay, ...covers.flat().flatMap(({ from, until }) => [from, until])])].sort((a, b) => a - b);
  const instantOf = (minute: number) => Math.min(end, Math.max(start, date * dayMs + minute * minuteMs - offsetMs));
  return minutes.slice(0, -1).flatMap((minute, index): Cut[] => {
    const cut = { start: instantOf(minute), end: instantOf(minutes[index + 1] ?? minutesOfDay) };
    if (cut.start >= cut.end) return [];
    return [{ ...cut, active: covers.map((spans) => (spans.some(({ from, until }) => minute >= from && minute < until) ? '1' : '0')).join('') }];
  });
}

/** The day in parts with a constant set of active items each, neighbours different: sorted, without holes. */
export function cutDay(
  day: { readonly start: number; readonly end: number },
  zone: string,
  windowed: readonly { readonly windows: readonly Window[] }[],
): Cut[] {
  const cuts: Cut[] = [];
  for (const stretch of stretchesOf(day.start, day.end, zone)) {
    const first = Math.floor((stretch.start + stretch.offsetMs) / dayMs);
    for (let date = first; date * dayMs - stretch.offsetMs < stretch.end; date++) {
      for (const cut of cutDate(date, stretch, windowed)) {
        const before = cuts.at(-1);
        if (before?.active === cut.active) cuts[cuts.length - 1] = { ...before, end: cut.end };
        else cuts.push(cut);
      }
    }
  }
  return cuts;
}
