// A rate with one decimal; a dash where none can be said.
import type { Language } from '../../core/primitives.ts';

const formats = new Map<Language, Intl.NumberFormat>();

export function rateText(rate: number | undefined, language: Language): string {
  if (rate === undefined) return '–';
  const format = formats.get(language) ?? new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  formats.set(language, format);
  return format.format(rate);
}
