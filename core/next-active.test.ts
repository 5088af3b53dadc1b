import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextActive, nextActiveTogether } from './next-active.ts';
import { isActive, weekdays, type Window } from './schedule.ts';

const zone = 'Asia/Ho_Chi_Minh';
const at = (text: string) => Date.parse(`${text}+07:00`);
const clockTime = fc.integer({ min: 0, max: 95 }).map((quarter) => `${String(quarter >> 2).padStart(2, '0')}:${String((quarter & 3) * 15).padStart(2, '0')}`);
const someWindow = fc.record(
  { days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }), from: clockTime, until: clockTime },
  { requiredKeys: [] },
) satisfies fc.Arbitrary<Window>;

describe('the next instant at which windows hold', () => {
  test('is now where they hold, or where there are none', () => {
    expect(nextActive([], 5, zone)).toBe(5);
    expect(nextActive([{ from: '07:00' }], at('2024-11-05T08:00:00'), zone)).toBe(at('2024-11-05T08:00:00'));
  });

  test('is the next evening, the next named weekday, or a first day far ahead', () => {
    const now = at('2024-11-05T08:00:00');
    expect(nextActive([{ from: '22:00', until: '06:00' }], now, zone)).toBe(at('2024-11-05T22:00:00'));
    expect(nextActive([{ days: [1], from: '06:30' }], now, zone)).toBe(at('2024-11-11T06:30:00'));
    expect(nextActive([{ startDate: '2031-02-01', from: '09:00' }], now, zone)).toBe(at('2031-02-01T09:00:00'));
  });

  test('is none after the last day, and the tail of a night counts to its last day', () => {
    expect(nextActive([{ endDate: '2024-11-04' }], at('2024-11-05T00:00:00'), zone)).toBeUndefined();
    const night: Window[] = [{ from: '22:00', until: '06:00', endDate: '2024-11-04' }];
    expect(nextActive(night, at('2024-11-05T05:59:59'), zone)).toBe(at('2024-11-05T05:59:59'));
    expect(nextActive(night, at('2024-11-05T06:00:00'), zone)).toBeUndefined();
    expect(nextActive([{ startDate: '2024-11-10', endDate: '2024-11-09' }], at('2024-11-05T00:00:00'), zone)).toBeUndefined();
  });

  test('agrees with isActive: it holds there, not a moment before, and nowhere between', () => {
    fc.assert(
      fc.property(
        fc.array(someWindow, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: at('2024-01-01T00:00:00'), max: at('2025-01-01T00:00:00') }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (windows, now, part) => {
          const next = nextActive(windows, now, zone);
          if (next === undefined || next === now) return next === now;
          const between = now + Math.floor((next - now) * part);
          return isActive(windows, next, zone) && !isActive(windows, next - 1, zone) && (between === next || !isActive(windows, between, zone));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('of two sets of windows is the first at which both hold, and none where they never meet', () => {
    const now = at('2024-11-05T08:00:00');
    const open: Window[] = [{ from: '05:00', until: '22:00' }];
    expect(nextActiveTogether([[{ from: '21:30', until: '23:00' }], open], now, zone)).toBe(at('2024-11-05T21:30:00'));
    expect(nextActiveTogether([[{ from: '22:00', until: '05:00' }], open], now, zone)).toBeUndefined();
    expect(nextActiveTogether([[{ startDate: '2025-02-01' }], [{ days: [1], from: '07:00' }]], now, zone)).toBe(at('2025-02-03T07:00:00'));
    expect(nextActiveTogether([[], open], now, zone)).toBe(now);
    expect(nextActiveTogether([[], [{ endDate: '2024-11-01' }]], now, zone)).toBeUndefined();
  });
});
