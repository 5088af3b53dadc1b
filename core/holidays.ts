// Holidays, those that move with the moon too, and an item's windows on them or off them. They become dates when a playlist is published, as phases do.
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Campaign, Period } from './campaign.ts';
import { solarDateOf } from './lunar.ts';
import type { LocalText } from './primitives.ts';
import { maxWindows, within, type Window } from './schedule.ts';

interface Holiday {
  readonly name: LocalText & { readonly en: string };
  /** Month and day of the solar calendar, or of the lunar one. */
  readonly solar?: readonly [month: number, day: number];
  readonly lunar?: readonly [month: number, day: number];
  /** Days that belong to it before and after. */
  readonly before?: number;
  readonly after?: number;
}

/** In the order of the year. Tết has five days by the labour code, here from its eve on. */
const all = {
  'new-year': { name: { vi: 'Tết Dương lịch', en: 'New Year' }, solar: [1, 1] },
  tet: { name: { vi: 'Tết Nguyên đán', en: 'Tết' }, lunar: [1, 1], before: 1, after: 3 },
  'hung-kings': { name: { vi: 'Giỗ Tổ Hùng Vương', en: 'Hùng Kings’ Day' }, lunar: [3, 10] },
  reunification: { name: { vi: 'Ngày Giải phóng miền Nam', en: 'Reunification Day' }, solar: [4, 30] },
  labour: { name: { vi: 'Quốc tế Lao động', en: 'Labour Day' }, solar: [5, 1] },
  'war-invalids': { name: { vi: 'Ngày Thương binh – Liệt sĩ', en: 'War Invalids and Martyrs Day' }, solar: [7, 27] },
  'national-day': { name: { vi: 'Quốc khánh', en: 'National Day' }, solar: [9, 2] },
  'mid-autumn': { name: { vi: 'Tết Trung thu', en: 'Mid-Autumn' }, lunar: [8, 15] },
  capital: { name: { vi: 'Ngày Giải phóng Thủ đô', en: 'Capital Liberation Day' }, solar: [10, 10] },
} as const satisfies Record<string, Holiday>;

export type HolidayId = keyof typeof all;
export const holidayIds = Object.keys(all) as [HolidayId, ...HolidayId[]];
export const holidayName = (id: HolidayId): { readonly vi: string; readonly en: string } => all[id].name;

/** Shown only on these days, or on all others. */
export const holidayRuleSchema = z.strictObject({ when: z.literal(['on', 'off']), days: z.array(z.literal(holidayIds)).min(1).max(holidayIds.length) });
export type HolidayRule = z.infer<typeof holidayRuleSchema>;

const pad = (value: number) => String(value).padStart(2, '0');
const moved = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString();

/** First and last day of a holiday, local and inclusive. @param year in which it falls, by either calendar */
export function holidayPeriod(id: HolidayId, year: number): Period {
  const { solar, lunar, before = 0, after = 0 }: Holiday = all[id];
  const [month, day] = solar ?? lunar ?? [1, 1];
  const date = lunar ? solarDateOf({ year, month, day }) : `${year}-${pad(month)}-${pad(day)}`;
  return { startDate: moved(date, -before), endDate: moved(date, after) };
}

/** What is published now may stand this long after the campaign. */
const daysAfter = 400;

/** The days of some holidays around a campaign, neighbours joined, in order. */
function periodsOf(days: readonly HolidayId[], { startDate, endDate }: Period): Period[] {
  const last = moved(endDate, daysAfter);
  const years = Array.from({ length: Number(last.slice(0, 4)) - Number(startDate.slice(0, 4)) + 1 }, (_, index) => Number(startDate.slice(0, 4)) + index);
  const found = years.flatMap((year) => days.map((id) => holidayPeriod(id, year))).filter((period) => period.endDate >= startDate && period.startDate <= last);
  const joined: Period[] = [];
  for (const period of found.sort((a, b) => a.startDate.localeCompare(b.startDate))) {
    const before = joined.at(-1);
    if (before && period.startDate <= moved(before.endDate, 1)) before.endDate = period.endDate > before.endDate ? period.endDate : before.endDate;
    else joined.push({ ...period });
  }
  return joined;
}

interface OpenPeriod {
  readonly startDate: string | undefined;
  readonly endDate: string | undefined;
}

/** The times between some periods, the first and the last without an end. */
function between(periods: readonly Period[]): OpenPeriod[] {
  const starts = [undefined, ...periods.map(({ endDate }) => moved(endDate, 1))];
  return starts.map((startDate, index) => {
    const next = periods[index];
    return { startDate, endDate: next && moved(next.startDate, -1) };
  });
}

/** Windows of an item on some holidays or off them, as dates; empty when it never runs. A window past midnight belongs to the day on which it starts. */
export function windowsOfHolidays({ when, days }: HolidayRule, windows: readonly Window[], { period }: Pick<Campaign, 'period'>): Window[] {
  const periods = periodsOf(days, period);
  const parts: readonly OpenPeriod[] = when === 'on' ? periods : between(periods);
  const base = windows.length > 0 ? windows : [{}];
  return parts.flatMap((part) => base.map((window) => within(window, part)).filter((window) => window !== undefined));
}

/** As many as a player takes: those that end later are left out, so that it shows too little rather than on a day on which it must not. */
export function fewestWindows(windows: readonly Window[]): Window[] {
  if (windows.length <= maxWindows) return [...windows];
  const end = ({ endDate }: Window) => endDate ?? '9999';
  return windows.toSorted((a, b) => end(a).localeCompare(end(b))).slice(0, maxWindows);
}
