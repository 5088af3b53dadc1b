import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inPeriod, isOver, phasePeriod, windowsInPhases } from './phases.ts';
import { isActive, phases } from './schedule.ts';

const zone = 'Asia/Ho_Chi_Minh';
const dayMs = 24 * 3_600_000;
const november = { startDate: '2024-11-01', endDate: '2024-11-30' };
const date = (instant: number) => new Date(instant).toISOString().slice(0, 10);
const noon = (day: string) => Date.parse(`${day}T12:00:00+07:00`);

describe('the phases of a campaign', () => {
  it('are a first week, the middle, five last days, and a fortnight for the result', () => {
    expect(phases.map((phase) => phasePeriod(phase, { period: november }))).toEqual([
      { startDate: '2024-11-01', endDate: '2024-11-07' },
      { startDate: '2024-11-08', endDate: '2024-11-25' },
      { startDate: '2024-11-26', endDate: '2024-11-30' },
      { startDate: '2024-12-01', endDate: '2024-12-14' },
    ]);
  });

  it('show a result that became final late for a fortnight from that day on, and one that became final early no shorter', () => {
    expect(phasePeriod('result', { period: november, closedOn: '2024-12-10' })).toEqual({ startDate: '2024-12-01', endDate: '2024-12-23' });
    expect(phasePeriod('result', { period: november, closedOn: '2024-11-30' })).toEqual({ startDate: '2024-12-01', endDate: '2024-12-14' });
    expect([isOver({ period: november, closedOn: '2024-12-10' }, '2024-12-23'), isOver({ period: november, closedOn: '2024-12-10' }, '2024-12-24')]).toEqual([
      false,
      true,
    ]);
  });

  it('cover every day of any period exactly once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 19_000, max: 22_000 }), fc.integer({ min: 0, max: 400 }), (first, length) => {
        const period = { startDate: date(first * dayMs), endDate: date((first + length) * dayMs) };
        const inside = (['start', 'mid', 'last'] as const).map((phase) => phasePeriod(phase, { period })).filter((found) => found !== undefined);
        return Array.from({ length: length + 1 }, (_, index) => date((first + index) * dayMs)).every(
          (day) => inside.filter(({ startDate, endDate }) => startDate <= day && day <= endDate).length === 1,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('cut the windows of an item to their days', () => {
    const windows = windowsInPhases(['last'], [{ days: [1, 2, 3, 4, 5], from: '06:30', until: '09:00' }], { period: november });
    const at = (text: string) => isActive(windows, Date.parse(text), zone);
    expect(at('2024-11-26T07:00:00+07:00')).toBe(true);
    expect(at('2024-11-25T07:00:00+07:00')).toBe(false);
    expect(at('2024-11-30T07:00:00+07:00')).toBe(false);
    expect(at('2024-11-26T10:00:00+07:00')).toBe(false);
  });

  it('keep the dates that an item has already', () => {
    expect(windowsInPhases(['mid'], [{ startDate: '2024-11-20', endDate: '2024-12-24' }], { period: november })).toEqual([
      { startDate: '2024-11-20', endDate: '2024-11-25' },
    ]);
  });

  it('leave out of a playlist what never runs, instead of showing it always', () => {
    const item = (id: string, more: object) => ({ id, number: 1, name: id, scene: 'message', props: {}, seconds: 10, weight: 1, windows: [], ...more });
    const { items } = inPeriod(
      {
        id: 'p',
        name: 'p',
        items: [item('always', {}), item('late', { phases: ['result'] }), item('gone', { phases: ['start'], windows: [{ startDate: '2025-01-01' }] })],
      },
      { period: november },
    );
    expect(items.map(({ id }) => id)).toEqual(['always', 'late']);
    expect(items[0]).not.toHaveProperty('phases');
    expect(isActive(items[1]?.windows ?? [], noon('2024-12-01'), zone)).toBe(true);
    expect(isActive(items[1]?.windows ?? [], noon('2024-11-30'), zone)).toBe(false);
  });
});
