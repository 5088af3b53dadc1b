// An instant as a person types it (the clock on the wall in Hà Nội) and as it travels (ISO 8601 with offset).
import { Temporal } from 'temporal-polyfill';
import { officeZone } from './ages.ts';

/** Value of a `datetime-local` field for an instant, to the minute. */
export function fieldOfInstant(instant: number): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(officeZone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

/** What a `datetime-local` field means, or `undefined` when it is empty or no date. */
export function momentOfField(value: string): string | undefined {
  try {
    return Temporal.PlainDateTime.from(value).toZonedDateTime(officeZone).toString({ timeZoneName: 'never', smallestUnit: 'second' });
  } catch {
    // Temporal throws a RangeError for what is not a date; here that is an everyday answer.
    return undefined;
  }
}
