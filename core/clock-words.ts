// What a clock says of an instant: time, weekday, date, and the lunar date of that day, in the words of a wall calendar.
import { Temporal } from 'temporal-polyfill';
import { lunarDateOf, lunarYearName, type LunarDate } from './lunar.ts';
import type { Language } from './primitives.ts';

export interface ClockWords {
  /** "18:05". */
  readonly time: string;
  /** "Thứ Năm". */
  readonly weekday: string;
  /** "21 tháng 11 năm 2024", and "21/11/2024". */
  readonly date: string;
  readonly dateShort: string;
  /** "21 tháng 10 năm Giáp Thìn", and "21/10". */
  readonly lunar: string;
  readonly lunarShort: string;
  readonly lunarDay: number;
}

/** Capitals as Decree 30/2020 has them. */
const weekdays: Record<Language, readonly string[]> = {
  vi: ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ nhật'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};
const months = 'January February March April May June July August September October November December'.split(' ');
const two = (value: number) => String(value).padStart(2, '0');

function lunarWords({ day, month, leap, year }: LunarDate, language: Language): string {
  if (language === 'en') return `day ${day}, month ${month}${leap ? ' (leap)' : ''}, ${lunarYearName(year)}`;
  const name = month === 1 ? 'Giêng' : month === 12 ? 'Chạp' : `${month}`;
  return `${day <= 10 ? 'mùng ' : ''}${day} tháng ${name}${leap ? ' nhuận' : ''} năm ${lunarYearName(year)}`;
}

/** "18:05:09", for those who compare clocks. */
export function timeWithSeconds(instant: number, zone: string): string {
  const { hour, minute, second } = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return `${two(hour)}:${two(minute)}:${two(second)}`;
}

export function clockWords(instant: number, zone: string, language: Language): ClockWords {
  const { year, month, day, hour, minute, dayOfWeek } = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  const lunar = lunarDateOf(instant);
  return {
    time: `${two(hour)}:${two(minute)}`,
    weekday: weekdays[language][dayOfWeek - 1] ?? '',
    date: language === 'vi' ? `${day} tháng ${month} năm ${year}` : `${day} ${months[month - 1] ?? ''} ${year}`,
    dateShort: `${two(day)}/${two(month)}/${year}`,
    lunar: lunarWords(lunar, language),
    lunarShort: `${lunar.day}/${lunar.month}${lunar.leap ? (language === 'vi' ? ' nhuận' : ' leap') : ''}`,
    lunarDay: lunar.day,
  };
}
