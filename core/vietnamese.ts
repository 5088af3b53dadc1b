// Numbers, rates, dates and times as Vietnamese offices write them, and their English counterparts.
import { Temporal } from 'temporal-polyfill';
import type { Language } from './primitives.ts';

const locales: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB' };

/** 1633840 → "1.633.840" (en: "1,633,840"). */
export function formatCount(count: number, language: Language = 'vi'): string {
  return new Intl.NumberFormat(locales[language], { maximumFractionDigits: 0 }).format(count);
}

/** 0.197 → "19,7%" (en: "19.7%"); one decimal always, so that figures line up. */
export function formatRate(rate: number, language: Language = 'vi'): string {
  const percent = new Intl.NumberFormat(locales[language], { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(rate * 100);
  return `${percent}%`;
}

/** A gain in rate as percentage points with its sign: 0.012 → "+1,2 điểm %". */
export function formatPoints(gain: number, language: Language = 'vi'): string {
  const points = new Intl.NumberFormat(locales[language], { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(gain * 100);
  return language === 'vi' ? `${points} điểm %` : `${points} pp`;
}

const two = (value: number) => String(value).padStart(2, '0');

/** A local date `2024-11-01` → "01/11/2024". */
export function formatLocalDate(date: string): string {
  const [year, month, day] = date.split('-');
  return `${day}/${month}/${year}`;
}

/** As `formatLocalDate`, without the year: "01/11", for a day that is near. */
export function formatDayAndMonth(date: string): string {
  return formatLocalDate(date).slice(0, 5);
}

/** "17:00 ngày 26/11/2024" in a zone. */
export function formatMoment(instant: number, zone: string, language: Language = 'vi'): string {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  const date = formatLocalDate(local.toPlainDate().toString());
  const time = `${two(local.hour)}:${two(local.minute)}`;
  return language === 'vi' ? `${time} ngày ${date}` : `${time}, ${date}`;
}

/** Capital first letter of a sentence: "phường Ba Đình" → "Phường Ba Đình". */
export function sentenceCase(text: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase('vi') + text.slice(first.length);
}
