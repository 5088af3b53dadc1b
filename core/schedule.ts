// When an item may run: weekly windows by the clock on the wall, with local dates.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { localDateSchema } from './primitives.ts';

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** ISO 8601 weekday: 1 Monday to 7 Sunday. */
export type Weekday = (typeof weekdays)[number];

const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'expected HH:MM');

/** A weekly window `[from, until)`; dates are local and inclusive. `until <= from` runs past midnight and belongs to the day on which it starts. */
export const windowSchema = z.strictObject({
  days: z.array(z.literal(weekdays)).max(7).optional(),
  from: clockTime.optional(),
  until: clockTime.or(z.literal('24:00')).optional(),
  startDate: localDateSchema.optional(),
  endDate: localDateSchema.optional(),
});
export type Window = z.infer<typeof windowSchema>;

const minutesOfDay = 24 * 60;

function toMinutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** A window in minutes after midnight; `until` beyond 1440 runs into the next day. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

export function spanOf(window: Window): Span {
  const from = toMinutes(window.from ?? '00:00');
  const until = toMinutes(window.until ?? '24:00');
  return { from, until: until <= from ? until + minutesOfDay : until };
}

function startsOn(window: Window, date: Temporal.PlainDate): boolean {
  if (window.days && !window.days.includes(date.dayOfWeek as Weekday)) return false;
  const day = date.toString();
  if (window.startDate !== undefined && day < window.startDate) return false;
  return window.endDate === undefined || day <= window.endDate;
}

/** Whether any window covers a local date and a time in minutes (fractions allowed) after its midnight. No windows means always. */
export function isActiveAt(windows: readonly Window[], date: Temporal.PlainDate, minutes: number): boolean {
  if (windows.length === 0) return true;
  return windows.some((window) => {
    const { from, until } = spanOf(window);
    if (minutes >= from && minutes < until && startsOn(window, date)) return true;
    return minutes < until - minutesOfDay && startsOn(window, date.subtract({ days: 1 }));
  });
}

/**
 * Whether an instant lies in any of the windows.
 * @param instant epoch milliseconds
 * @param timeZone IANA name of the zone whose wall clock the windows mean
 * @throws RangeError for an unknown zone or an instant outside what Temporal can hold
 */
export function isActive(windows: readonly Window[], instant: number, timeZone: string): boolean {
  if (windows.length === 0) return true;
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  const minutes = local.hour * 60 + local.minute + (local.second + local.millisecond / 1000) / 60;
  return isActiveAt(windows, local.toPlainDate(), minutes);
}
