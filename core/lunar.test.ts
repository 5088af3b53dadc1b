import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lunarDateOf, lunarYearName, type LunarDate } from './lunar.ts';

const dayMs = 24 * 3_600_000;
const noon = (date: string) => Date.parse(`${date}T12:00:00+07:00`);
const of = (date: string) => lunarDateOf(noon(date));
const firstDay = (year: number): LunarDate => ({ day: 1, month: 1, leap: false, year });

describe('the Vietnamese lunar calendar', () => {
  it.each([
    ['2020-01-25', 2020],
    ['2021-02-12', 2021],
    ['2022-02-01', 2022],
    ['2023-01-22', 2023],
    ['2024-02-10', 2024],
    ['2025-01-29', 2025],
    ['2026-02-17', 2026],
    ['2027-02-06', 2027],
    ['2028-01-26', 2028],
    ['2029-02-13', 2029],
    ['2030-02-02', 2030],
    ['2031-01-23', 2031],
    ['2032-02-11', 2032],
    ['2033-01-31', 2033],
    ['2034-02-19', 2034],
    ['2035-02-08', 2035],
    ['2036-01-28', 2036],
    ['2037-02-15', 2037],
    ['2038-02-04', 2038],
    ['2039-01-24', 2039],
    ['2040-02-12', 2040],
  ])('has Tết on %s', (date, year) => {
    expect(of(date)).toEqual(firstDay(year));
  });

  it.each([
    ['1968-01-29', '1968-01-30'],
    ['1985-01-21', '1985-02-20'],
    ['2007-02-17', '2007-02-18'],
    ['2030-02-02', '2030-02-03'],
    ['2053-02-18', '2053-02-19'],
  ])('has Tết on %s, though China has it on %s', (vietnam, china) => {
    expect(of(vietnam)).toEqual(firstDay(Number(vietnam.slice(0, 4))));
    expect(of(china)).not.toMatchObject({ day: 1, month: 1 });
  });

  it.each([
    [1985, 2],
    [1987, 7],
    [2004, 2],
    [2006, 7],
    [2020, 4],
    [2023, 2],
    [2025, 6],
    [2028, 5],
    [2031, 3],
    [2033, 11],
    [2036, 6],
    [2039, 5],
  ])('has in %i the leap month %i alone', (year, month) => {
    const leaps = new Set<number>();
    for (let instant = noon(`${year}-01-01`); instant < noon(`${year + 1}-03-01`); instant += dayMs) {
      const date = lunarDateOf(instant);
      if (date.leap && date.year === year) leaps.add(date.month);
    }
    expect([...leaps]).toEqual([month]);
  });

  it('knows the day of the plan, and the hour at which a day begins in Hà Nội', () => {
    expect(of('2024-11-21')).toEqual({ day: 21, month: 10, leap: false, year: 2024 });
    expect(lunarDateOf(Date.parse('2024-02-09T16:59:59Z'))).toEqual({ day: 30, month: 12, leap: false, year: 2023 });
    expect(lunarDateOf(Date.parse('2024-02-09T17:00:00Z'))).toEqual(firstDay(2024));
  });

  it('goes day by day, from month to month, on every day of every year', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1950, 0, 1) / dayMs, max: Date.UTC(2100, 0, 1) / dayMs }), (start) => {
        const today = lunarDateOf(start * dayMs);
        const tomorrow = lunarDateOf((start + 1) * dayMs);
        if (tomorrow.day > 1) {
          expect(tomorrow).toEqual({ ...today, day: today.day + 1 });
          return;
        }
        expect([29, 30]).toContain(today.day);
        if (tomorrow.leap) expect(tomorrow).toEqual({ day: 1, month: today.month, leap: true, year: today.year });
        else expect([tomorrow.month, tomorrow.year]).toEqual(today.month === 12 ? [1, today.year + 1] : [today.month + 1, today.year]);
      }),
      { numRuns: 300 },
    );
  });

  it('names the years of the cycle of sixty', () => {
    expect([1984, 2024, 2025, 2026, 2043, 2044].map(lunarYearName)).toEqual(['Giáp Tý', 'Giáp Thìn', 'Ất Tỵ', 'Bính Ngọ', 'Quý Hợi', 'Giáp Tý']);
  });
});
