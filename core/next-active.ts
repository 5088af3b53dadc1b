// When an item's windows hold again, looked for day by day, so that people are told when they will see it.
import { Temporal } from 'temporal-polyfill';
import { localDay } from './campaign.ts';
import { cutDay, dayAround } from './day-cuts.ts';
import { isActive, type Window } from './schedule.ts';

/** What begins later than this counts as never: a weekday within a year comes round long before. */
const daysAhead = 400;

/** The first day on which some window may hold: the day itself, or a later one on which the first of them begins. */
function firstDayWith(windows: readonly Window[], day: string): string | undefined {
  const before = Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
  const open = windows.filter(({ endDate }) => endDate === undefined || endDate >= before);
  return open.map(({ startDate }) => (startDate !== undefined && startDate > day ? startDate : day)).sort()[0];
}

/** The last day on which some window may hold, the night after it included; `undefined` where one has no end. */
function lastDayWith(windows: readonly Window[]): string | undefined {
  const ends = windows.flatMap(({ endDate }) => endDate ?? []);
  const last = ends.length < windows.length ? undefined : ends.sort().at(-1);
  return last === undefined ? undefined : Temporal.PlainDate.from(last).add({ days: 1 }).toString();
}

/**
 * The first instant from which windows hold: the given one where they do.
 * @param instant epoch milliseconds
 * @returns `undefined` when they never hold again
 */
export function nextActive(windows: readonly Window[], instant: number, zone: string): number | undefined {
  return nextActiveTogether([windows], instant, zone);
}

/** As {@link nextActive}, of several sets of windows: the first instant at which all of them hold. */
export function nextActiveTogether(sets: readonly (readonly Window[])[], instant: number, zone: string): number | undefined {
  if (sets.every((windows) => isActive(windows, instant, zone))) return instant;
  const today = localDay(instant, zone);
  const starts = sets.map((windows) => (windows.length === 0 ? today : firstDayWith(windows, today)));
  if (starts.includes(undefined)) return undefined;
  const first = starts.flatMap((start) => start ?? []).reduce((a, b) => (a > b ? a : b), today);
  const lasts = sets.flatMap((windows) => lastDayWith(windows) ?? []);
  const all = '1'.repeat(sets.length);
  let day = dayAround(first > today ? Temporal.PlainDate.from(first).toZonedDateTime(zone).epochMilliseconds : instant, zone);
  for (let count = 0; count < daysAhead; count += 1) {
    const found = cutDay(
      day,
      zone,
      sets.map((windows) => ({ windows })),
    ).find(({ start, active }) => active === all && start > instant);
    if (found) return found.start;
    if (lasts.some((last) => last < localDay(day.end, zone))) return undefined;
    day = dayAround(day.end, zone);
  }
  return undefined;
}
