// Until when a picture or film may be shown. When it is published the day becomes an end of its item's windows, so that it leaves every screen by itself, offline too.
import { Temporal } from 'temporal-polyfill';
import type { Item, Playlist } from './playlist.ts';
import { contentOf } from './playlist.ts';
import { mediaOf } from './scenes.ts';
import { maxWindows, spanOf, type Window } from './schedule.ts';

/** Last day of each file that has one, local and inclusive, by its hash. */
export type LastDays = ReadonlyMap<string, string>;

const minutesOfDay = 24 * 60;
const dayBefore = (day: string) => Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();

/** A window up to the end of a day; one that runs past midnight ends at it on the last evening. */
function windowUntil(window: Window, day: string): Window[] {
  const { startDate, endDate } = window;
  if (endDate !== undefined && endDate < day) return [window];
  if (startDate !== undefined && startDate > day) return [];
  if (spanOf(window).until <= minutesOfDay) return [{ ...window, endDate: day }];
  const before = dayBefore(day);
  const lastEvening: Window = { ...window, until: '24:00', startDate: day, endDate: day };
  return startDate !== undefined && startDate > before ? [lastEvening] : [{ ...window, endDate: before }, lastEvening];
}

/** Windows up to the end of a day; empty when nothing is left. */
export function windowsUntil(windows: readonly Window[], day: string): Window[] {
  const cut = (windows.length > 0 ? windows : [{}]).flatMap((window) => windowUntil(window, day));
  // A player takes no more windows than this: so many nights lose their last evening rather than show too long.
  return cut.length <= maxWindows ? cut : cut.filter(({ startDate, until }) => !(startDate === day && until === '24:00'));
}

/** The first of the last days of an item's files; undefined where none has one. */
export function lastDayOf(item: Item, lastDays: LastDays): string | undefined {
  const content = contentOf(item);
  return (
    content &&
    mediaOf(content)
      .flatMap((hash) => lastDays.get(hash) ?? [])
      .sort()[0]
  );
}

/** A playlist as it travels: what may no longer be shown from a day on ends with that day, and what has ended is left out. */
export function untilLastDays(playlist: Playlist, lastDays: LastDays): Playlist {
  const items = playlist.items.flatMap((item) => {
    const day = lastDayOf(item, lastDays);
    if (day === undefined) return [item];
    const windows = windowsUntil(item.windows, day);
    return windows.length > 0 ? [{ ...item, windows }] : [];
  });
  return { ...playlist, items };
}

/** Last day on which windows let an item run; undefined where they never end. */
export function lastDayOfWindows(windows: readonly Window[]): string | undefined {
  const ends = windows.map(({ endDate }) => endDate);
  return ends.length === 0 || ends.includes(undefined)
    ? undefined
    : ends
        .filter((end) => end !== undefined)
        .sort()
        .at(-1);
}

/** The sooner of two last days of each file. */
export function soonerDays(a: LastDays, b: LastDays): LastDays {
  const days = new Map(a);
  for (const [hash, day] of b) {
    const other = days.get(hash);
    days.set(hash, other !== undefined && other < day ? other : day);
  }
  return days;
}
