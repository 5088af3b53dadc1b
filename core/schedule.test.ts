import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { isActive, windowSchema, type Window } from './schedule.ts';

const zone = 'Asia/Ho_Chi_Minh';
const vectorsSchema = z.object({
  cases: z.array(z.object({ name: z.string(), at: z.iso.datetime({ offset: true }), zone: z.string(), windows: z.array(windowSchema), active: z.boolean() })),
});
const { cases } = vectorsSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', 'schedule-vectors.json'), 'utf8')));

describe('the vectors of the schedule', () => {
  test('are all there', () => expect(cases.length).toBeGreaterThanOrEqual(26));
  test.each(cases)('$name', ({ at, zone: where, windows, active }) => {
    expect(isActive(windows, Date.parse(at), where)).toBe(active);
  });
});

const at = (text: string) => Date.parse(`${text}+07:00`);

describe('a window', () => {
  test('fault 29: with dates only is cut at local midnight, to the millisecond', () => {
    const windows: Window[] = [{ startDate: '2024-11-05', endDate: '2024-11-05' }];
    expect(isActive(windows, at('2024-11-05T00:00:00') - 1, zone)).toBe(false);
    expect(isActive(windows, at('2024-11-05T00:00:00'), zone)).toBe(true);
    expect(isActive(windows, at('2024-11-06T00:00:00') - 1, zone)).toBe(true);
    expect(isActive(windows, at('2024-11-06T00:00:00'), zone)).toBe(false);
  });

  test('with days only is cut at local midnight, to the millisecond', () => {
    const windows: Window[] = [{ days: [1] }];
    expect(isActive(windows, at('2024-11-04T00:00:00') - 1, zone)).toBe(false);
    expect(isActive(windows, at('2024-11-04T00:00:00'), zone)).toBe(true);
    expect(isActive(windows, at('2024-11-05T00:00:00') - 1, zone)).toBe(true);
    expect(isActive(windows, at('2024-11-05T00:00:00'), zone)).toBe(false);
  });

  test('whose dates are the wrong way round never runs', () => {
    fc.assert(
      fc.property(fc.integer({ min: at('2024-10-01T00:00:00'), max: at('2024-12-31T00:00:00') }), (instant) => {
        return !isActive([{ startDate: '2024-11-10', endDate: '2024-11-09' }], instant, zone);
      }),
    );
  });

  test('past midnight on the last date ends on the next morning, on the first date begins in the evening', () => {
    const windows: Window[] = [{ from: '22:00', until: '06:00', startDate: '2024-11-01', endDate: '2024-11-02' }];
    const hours = ['2024-11-01T05:59:59', '2024-11-01T22:00:00', '2024-11-02T05:59:59', '2024-11-02T06:00:00', '2024-11-03T05:59:59', '2024-11-03T22:00:00'];
    expect(hours.map((hour) => isActive(windows, at(hour), zone))).toEqual([false, true, true, false, true, false]);
  });

  /** In June 1975 the zone turned from eight hours to seven. */
  const sevenHours = Date.parse('1975-06-14T00:00:00Z');

  test('is never more than the days it names and always all of them, when it has no hours', () => {
    fc.assert(
      fc.property(fc.subarray([1, 2, 3, 4, 5, 6, 7] as const), fc.integer({ min: sevenHours, max: 4e12 }), (days, instant) => {
        const weekday = new Date(instant + 7 * 3_600_000).getUTCDay() || 7;
        return isActive([{ days }], instant, zone) === days.some((day) => day === weekday);
      }),
    );
  });

  test('in a zone nobody knows is a fault, not an answer', () => {
    expect(() => isActive([{ from: '08:00' }], 0, 'Asia/Hanoi-West')).toThrow(RangeError);
  });

  test.each([{ from: '24:00' }, { from: '7:30' }, { until: '24:01' }, { days: [0] }, { days: [8] }, { startDate: '2023-02-29' }, { form: '08:00' }])(
    'written as %j is refused',
    (window) => expect(windowSchema.safeParse(window).success).toBe(false),
  );
});
