// The Vietnamese lunar calendar: months from new moon to new moon by Vietnam's own clock (UTC+7), so that Tết differs from China's now and then.
// The rules: https://www.informatik.uni-leipzig.de/~duc/amlich/calrules.html; moon and sun by astronomy-engine.
import { SearchMoonPhase, SearchSunLongitude, SunPosition } from 'astronomy-engine';

export interface LunarDate {
  /** 1 to 30; the new moon falls on the 1st. */
  readonly day: number;
  /** 1 to 12. */
  readonly month: number;
  /** The second month of its number in a year of thirteen. */
  readonly leap: boolean;
  /** The solar year in which its first month begins. */
  readonly year: number;
}

const dayMs = 24 * 3_600_000;
const zoneMs = 7 * 3_600_000;
const winterSolstice = 270;

/** Days since 1970-01-01 by Vietnam's clock. */
const dayOf = (instant: number) => Math.floor((instant + zoneMs) / dayMs);
const midnightOf = (day: number) => new Date(day * dayMs - zoneMs);

/** The days of new moon from shortly before the first day to shortly after the last. */
function newMoonDays(from: number, until: number): number[] {
  const days: number[] = [];
  for (let search = midnightOf(from - 31); ;) {
    const moon = SearchMoonPhase(0, search, 40)?.date.getTime();
    if (moon === undefined) throw new Error(`no new moon within 40 days of ${search.toISOString()}`);
    days.push(dayOf(moon));
    if (dayOf(moon) > until) return days;
    search = new Date(moon + 20 * dayMs);
  }
}

function solsticeDay(year: number): number {
  const found = SearchSunLongitude(winterSolstice, new Date(Date.UTC(year, 11, 1)), 40)?.date.getTime();
  if (found === undefined) throw new Error(`no winter solstice in December ${year}`);
  return dayOf(found);
}

/** Which twelfth of its way the sun is in when a day begins. */
const sunTwelfth = (day: number) => Math.floor(SunPosition(midnightOf(day)).elon / 30);

interface Month extends Omit<LunarDate, 'day'> {
  readonly start: number;
}

/** The months from the one of a winter solstice, always the eleventh, to before the next one. */
function monthsAfterSolstice(year: number): Month[] {
  const [first, next] = [solsticeDay(year), solsticeDay(year + 1)];
  const moons = newMoonDays(first, next);
  const from = moons.findLastIndex((day) => day <= first);
  const until = moons.findLastIndex((day) => day <= next);
  const starts = moons.slice(from, until);
  const leapAt =
    starts.length === 13 ? starts.findIndex((start, index) => index > 0 && sunTwelfth(start) === sunTwelfth(moons[from + index + 1] ?? start)) : starts.length;
  return starts.map((start, index) => {
    const count = index - (index >= leapAt ? 1 : 0);
    return { start, month: ((count + 10) % 12) + 1, leap: index === leapAt, year: year + (count >= 2 ? 1 : 0) };
  });
}

const known = new Map<number, readonly Month[]>();

function monthsOf(year: number): readonly Month[] {
  const kept = known.get(year) ?? monthsAfterSolstice(year);
  if (known.size > 8) known.clear();
  known.set(year, kept);
  return kept;
}

/** The lunar date of the day, by Vietnam's clock, that holds an instant. */
export function lunarDateOf(instant: number): LunarDate {
  const today = dayOf(instant);
  const solarYear = new Date(instant + zoneMs).getUTCFullYear();
  const month = [solarYear - 1, solarYear].flatMap(monthsOf).findLast(({ start }) => start <= today);
  if (!month) throw new RangeError(`no lunar month holds ${instant}`);
  return { day: today - month.start + 1, month: month.month, leap: month.leap, year: month.year };
}

/** The solar date `YYYY-MM-DD` of a day of a lunar month, of the first one of its number where there are two. A 30th of a short month is the day after it. */
export function solarDateOf({ year, month, day }: Omit<LunarDate, 'leap'>): string {
  const found = [year - 1, year].flatMap(monthsOf).find((each) => each.year === year && each.month === month && !each.leap);
  if (!found) throw new RangeError(`no lunar month ${month} in ${year}`);
  return new Date((found.start + day - 1) * dayMs).toISOString().slice(0, 10);
}

const stems = ['Giáp', 'Ất', 'Bính', 'Đinh', 'Mậu', 'Kỷ', 'Canh', 'Tân', 'Nhâm', 'Quý'] as const;
const branches = ['Tý', 'Sửu', 'Dần', 'Mão', 'Thìn', 'Tỵ', 'Ngọ', 'Mùi', 'Thân', 'Dậu', 'Tuất', 'Hợi'] as const;

/** "Giáp Thìn" for 2024: the year's name in the cycle of sixty. */
export function lunarYearName(year: number): string {
  const at = <T>(names: readonly T[], index: number) => names[((index % names.length) + names.length) % names.length];
  return `${at(stems, year - 4)} ${at(branches, year - 4)}`;
}
