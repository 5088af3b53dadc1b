// An item's windows as a sentence: days, hours, dates.
import { holidayName, type HolidayRule } from '../../core/holidays.ts';
import type { Language } from '../../core/primitives.ts';
import { spanOf, type Phase, type Weekday, type Window } from '../../core/schedule.ts';
import { formatLocalDate } from '../../core/vietnamese.ts';
import type { Say } from '../messages.ts';

function daysText(days: readonly Weekday[] | undefined, say: Say): string {
  const sorted = [...new Set(days ?? [])].sort((a, b) => a - b);
  if (days === undefined || sorted.length === 7) return say('windows.everyDay');
  if (sorted.join() === '1,2,3,4,5') return say('windows.weekdays');
  if (sorted.join() === '6,7') return say('windows.weekend');
  return sorted.map((day) => say(`day.${day}`)).join(', ');
}

function hoursText(window: Window, say: Say): string {
  const { from = '00:00', until = '24:00' } = window;
  if (from === '00:00' && until === '24:00') return say('windows.allDay');
  const span = `${from}–${until}`;
  return spanOf(window).until > 24 * 60 ? say('windows.nextDay', { span }) : span;
}

function datesText({ startDate, endDate }: Window, say: Say): string | undefined {
  if (startDate !== undefined && endDate !== undefined) return say('windows.between', { start: formatLocalDate(startDate), end: formatLocalDate(endDate) });
  if (startDate !== undefined) return say('windows.from', { date: formatLocalDate(startDate) });
  return endDate === undefined ? undefined : say('windows.until', { date: formatLocalDate(endDate) });
}

/** "thứ Hai – thứ Sáu, 07:00–18:00, đến hết 30/11/2024"; windows are joined by semicolons. */
export function windowsText(windows: readonly Window[], say: Say): string {
  if (windows.length === 0) return say('windows.always');
  return windows
    .map((window) => [daysText(window.days, say), hoursText(window, say), datesText(window, say)].filter((part) => part !== undefined).join(', '))
    .join('; ');
}

interface When {
  readonly windows: readonly Window[];
  readonly phases?: readonly Phase[] | undefined;
  readonly holidays?: HolidayRule | undefined;
}

/** The same with phases of the campaign and holidays before it: "tuần đầu, những ngày cuối; trừ Tết Nguyên đán; 06:30–09:00". */
export function whenText({ windows, phases = [], holidays }: When, language: Language, say: Say): string {
  const parts = [
    ...(phases.length > 0 ? [phases.map((phase) => say(`phase.${phase}`)).join(', ')] : []),
    ...(holidays
      ? [say(holidays.when === 'on' ? 'when.onlyOn' : 'when.notOn', { days: holidays.days.map((id) => holidayName(id)[language]).join(', ') })]
      : []),
  ];
  return parts.length > 0 && windows.length === 0 ? parts.join('; ') : [...parts, windowsText(windows, say)].join('; ');
}
