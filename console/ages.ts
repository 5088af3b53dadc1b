// How long ago, how long, how large and by which hash, in words.
import type { Language } from '../core/primitives.ts';
import type { Say } from './messages.ts';

/** The zone in which offices read and write times. */
export const officeZone = 'Asia/Ho_Chi_Minh';

/** "12 giây trước". A little in the future (clocks differ) counts as now. */
export function ageText(instant: number, now: number, say: Say): string {
  const seconds = Math.floor((now - instant) / 1000);
  if (seconds < 2) return say('age.now');
  if (seconds < 120) return say('age.seconds', { count: seconds });
  if (seconds < 120 * 60) return say('age.minutes', { count: Math.floor(seconds / 60) });
  if (seconds < 48 * 3600) return say('age.hours', { count: Math.floor(seconds / 3600) });
  return say('age.days', { count: Math.floor(seconds / 86_400) });
}

/** What a person waited: "0,4 giây" (en: "0.4 s"). */
export function waitText(ms: number, language: Language, say: Say): string {
  const digits = new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return say('time.seconds', { count: digits.format(Math.max(0.1, ms / 1000)) });
}

/** Length of a round of items: "45 giây", "2 phút 10 giây". */
export function lengthText(seconds: number, say: Say): string {
  const whole = Math.round(seconds);
  return whole < 60 ? say('time.seconds', { count: whole }) : say('time.minutes', { minutes: Math.floor(whole / 60), seconds: whole % 60 });
}

/** How long something still lasts, the two largest parts: "2 giờ 5 phút"; seconds only under a minute. */
export function leftText(ms: number, say: Say): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds <= 0) return say('left.none');
  if (seconds < 60) return say('left.seconds', { count: seconds });
  const all = Math.ceil(seconds / 60);
  if (all < 60) return say('left.minutes', { count: all });
  const [days, hours, minutes] = [Math.floor(all / 1440), Math.floor((all % 1440) / 60), all % 60];
  if (days > 0) return hours === 0 ? say('left.days', { count: days }) : say('left.daysHours', { days, hours });
  return minutes === 0 ? say('left.hours', { count: hours }) : say('left.hoursMinutes', { hours, minutes });
}

/** First characters of a hash, enough for people to compare by eye. */
export function shortHash(sha256: string): string {
  return sha256.slice(0, 8);
}
