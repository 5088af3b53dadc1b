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

/** What a player takes of one item. */
export const maxWindows = 50;

/** A window within dates, local and inclusive, either of which may be open; undefined when nothing is left. */
export function within(
  window: Window,
  { startDate, endDate }: { readonly startDate?: string | undefined; readonly endDate?: string | undefined },
): Window | undefined {
  const [from] = [window.startDate, startDate]
    .filter((date) => date !== undefined)
    .sort()
    .reverse();
  const [until] = [window.endDate, endDate].filter((date) => date !== undefined).sort();
  if (from !== undefined && until !== undefined && from > until) return undefined;
  return { ...window, ...(from === undefined ? {} : { startDate: from }), ...(until === undefined ? {} : { endDate: until }) };
}

/** Parts of a campaign's period for which an item may be written, and the days after it. */
export const phases = ['start', 'mid', 'last', 'result'] as const;
export type Phase = (typeof phases)[number];

const minuteMs = 60_000;
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

interface LocalDay {
  readonly date: string;
  readonly weekday: number;
}

function toLocalDay(date: Temporal.PlainDate): LocalDay {
  return { date: date.toString(), weekday: date.dayOfWeek };
}

function startsOn({ days, startDate, endDate }: Window, { date, weekday }: LocalDay): boolean {
  if (days && !days.includes(weekday as Weekday)) return false;
  return (startDate === undefined || date >= startDate) && (endDate === undefined || date <= endDate);
}

/** What windows cover of a local day, in minutes of its clock: those that start on it, and the tails of those that started the day before. */
export function coverOn(date: Temporal.PlainDate): (windows: readonly Window[]) => Span[] {
  const today = toLocalDay(date);
  const before = toLocalDay(date.subtract({ days: 1 }));
  return (windows) =>
    windows.flatMap((window) => {
      const { from, until } = spanOf(window);
      const own = startsOn(window, today) ? [{ from, until: Math.min(until, minutesOfDay) }] : [];
      return until > minutesOfDay && startsOn(window, before) ? [...own, { from: 0, until: until - minutesOfDay }] : own;
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
  const ms = ((local.hour * 60 + local.minute) * 60 + local.second) * 1000 + local.millisecond;
  return coverOn(local.toPlainDate())(windows).some(({ from, until }) => ms >= from * minuteMs && ms < until * minuteMs);
}
