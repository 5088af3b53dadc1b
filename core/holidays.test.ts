import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fewestWindows, holidayIds, holidayPeriod, holidayRuleSchema, windowsOfHolidays } from './holidays.ts';
import { inPeriod } from './phases.ts';
import { isActive, windowSchema } from './schedule.ts';

const zone = 'Asia/Ho_Chi_Minh';
const november = { period: { startDate: '2024-11-01', endDate: '2024-11-30' } };
const noon = (day: string) => Date.parse(`${day}T12:00:00+07:00`);
const file = z
  .object({
    dates: z.array(z.object({ id: z.literal(holidayIds), year: z.int(), startDate: z.string(), endDate: z.string() })),
    windows: z.array(z.object({ name: z.string(), rule: holidayRuleSchema, windows: z.array(windowSchema), becomes: z.array(windowSchema) })),
  })
  .parse(JSON.parse(readFileSync(new URL('fixtures/holiday-vectors.json', import.meta.url), 'utf8')));

describe('a holiday', () => {
  it.each(file.dates)('falls on its days: $id $year', ({ id, year, startDate, endDate }) => {
    expect(holidayPeriod(id, year)).toEqual({ startDate, endDate });
  });
});

describe('an item on holidays or off them', () => {
  it.each(file.windows)('$name', ({ rule, windows, becomes }) => {
    expect(windowsOfHolidays(rule, windows, november)).toEqual(becomes);
  });

  it('is shown on each day of the year on one of the two and never on both', () => {
    const days = fc.subarray([...holidayIds], { minLength: 1 });
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 420 }), (chosen, ahead) => {
        const day = new Date(Date.parse('2024-11-01') + ahead * 86_400_000).toISOString().slice(0, 10);
        const [on, off] = (['on', 'off'] as const).map((when) => windowsOfHolidays({ when, days: chosen }, [], november));
        const shown = [on, off].map((windows) => windows !== undefined && windows.length > 0 && isActive(windows, noon(day), zone));
        expect(shown.filter(Boolean)).toHaveLength(1);
        const isHoliday = [2024, 2025, 2026].some((year) =>
          chosen.some((id) => day >= holidayPeriod(id, year).startDate && day <= holidayPeriod(id, year).endDate),
        );
        expect(shown[0]).toBe(isHoliday);
      }),
      { numRuns: 200 },
    );
  });

  it('travels as dates alone, within its phases, and is left out when it never runs', () => {
    const item = { id: 'a', number: 1, name: 'a', scene: 'message', props: {}, seconds: 10, weight: 1, windows: [] };
    const tet = { when: 'on', days: ['tet'] } as const;
    const list = {
      id: 'p',
      name: 'p',
      items: [
        { ...item, holidays: { ...tet, days: [...tet.days] } },
        { ...item, id: 'b', phases: ['start' as const], holidays: { ...tet, days: [...tet.days] } },
      ],
    };
    const { items } = inPeriod(list, november);
    expect(items).toEqual([{ ...item, windows: [{ startDate: '2025-01-28', endDate: '2025-02-01' }] }]);
  });

  it('with more windows than a player takes shows too little and never on a day on which it must not', () => {
    const windows = windowsOfHolidays(
      { when: 'off', days: [...holidayIds] },
      Array.from({ length: 20 }, (_, hour) => ({ from: `${String(hour).padStart(2, '0')}:00`, until: `${String(hour).padStart(2, '0')}:30` })),
      november,
    );
    expect(windows.length).toBeGreaterThan(50);
    const kept = fewestWindows(windows);
    expect(kept).toHaveLength(50);
    expect(isActive(kept, Date.parse('2024-11-20T05:10:00+07:00'), zone)).toBe(true);
    for (const day of ['2025-01-01', '2025-01-28', '2025-02-01', '2025-09-02']) expect(isActive(kept, Date.parse(`${day}T05:10:00+07:00`), zone)).toBe(false);
  });
});
