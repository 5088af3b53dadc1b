// Local days of a zone and the instants that they hold.
import { Temporal } from 'temporal-polyfill';
import { ApiFailure } from './api-failure.ts';

export interface DaySpan {
  /** Local days, both included. */
  readonly from: string;
  readonly to: string;
}

export function localDay(instant: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}

function instantOf(day: string, zone: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;
}

/** Instants that a span of local days holds: from the first one's midnight to that after the last. */
export function instantsOf({ from, to }: DaySpan, zone: string): { start: number; end: number } {
  return { start: instantOf(from, zone), end: instantOf(Temporal.PlainDate.from(to).add({ days: 1 }).toString(), zone) };
}

/** The span that a query asks for; the zone's own today when it says nothing. @throws ApiFailure where it ends before it begins, or is too long */
export function spanAsked(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  { zone }: { zone: string },
  now: number,
  mostDays: number,
): DaySpan {
  const today = localDay(now, zone);
  const span = { from: from ?? to ?? today, to: to ?? from ?? today };
  const days = Temporal.PlainDate.from(span.from).until(span.to, { largestUnit: 'day' }).days + 1;
  if (days < 1) throw new ApiFailure('bad-request', [{ path: 'to', reason: 'the last day lies before the first' }]);
  if (days > mostDays) throw new ApiFailure('bad-request', [{ path: 'to', reason: `a report spans ${mostDays} days at most` }]);
  return span;
}
