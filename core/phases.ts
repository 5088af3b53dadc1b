// The phases of a campaign's period, and an item's windows within the phases for which it is written.
import type { Campaign, Period } from './campaign.ts';
import { Temporal } from 'temporal-polyfill';
import { fewestWindows, windowsOfHolidays } from './holidays.ts';
import type { Item, Playlist } from './playlist.ts';
import { within, type Phase, type Window } from './schedule.ts';

/** Days of the first and of the last phase, and of the one after the end; a short period gives a third to each of its two ends. */
const headDays = 7;
const tailDays = 5;
const resultDays = 14;

/** What decides about the dates of the phases. */
export type Dates = Pick<Campaign, 'period' | 'closedOn'>;

/** Last day of the phase after the end: as many days after the last one, or from the day on which the result became final. */
function lastResultDay(last: Temporal.PlainDate, closedOn: string | undefined): Temporal.PlainDate {
  const usual = last.add({ days: resultDays });
  const since = closedOn === undefined ? usual : Temporal.PlainDate.from(closedOn).add({ days: resultDays - 1 });
  return Temporal.PlainDate.compare(since, usual) > 0 ? since : usual;
}

/** Whether a day lies after everything that a campaign shows. */
export const isOver = ({ period, closedOn }: Dates, day: string): boolean => day > lastResultDay(Temporal.PlainDate.from(period.endDate), closedOn).toString();

/** First and last day of a phase, local and inclusive; `undefined` where the period is too short to have it. */
export function phasePeriod(phase: Phase, { period, closedOn }: Dates): Period | undefined {
  const ofPeriod = known.get(period) ?? new Map<string, Period | undefined>();
  known.set(period, ofPeriod);
  const key = `${phase} ${closedOn}`;
  if (!ofPeriod.has(key)) ofPeriod.set(key, workedOut(phase, period, closedOn));
  return ofPeriod.get(key);
}

/** Every item that is written for a phase asks for it, and dates are slow to reckon with. */
const known = new WeakMap<Period, Map<string, Period | undefined>>();

function workedOut(phase: Phase, { startDate, endDate }: Period, closedOn: string | undefined): Period | undefined {
  const [first, last] = [Temporal.PlainDate.from(startDate), Temporal.PlainDate.from(endDate)];
  const days = first.until(last, { largestUnit: 'day' }).days + 1;
  if (phase === 'result') return { startDate: last.add({ days: 1 }).toString(), endDate: lastResultDay(last, closedOn).toString() };
  const third = Math.floor(days / 3);
  const [head, tail] = [Math.min(headDays, third), Math.min(tailDays, third)];
  const [from, count] = {
    start: [0, head],
    mid: [head, days - head - tail],
    last: [days - tail, tail],
  }[phase] as [number, number];
  if (count < 1) return undefined;
  return { startDate: first.add({ days: from }).toString(), endDate: first.add({ days: from + count - 1 }).toString() };
}

/** Windows of an item that is written for some phases, as dates; empty when it never runs. */
export function windowsInPhases(phases: readonly Phase[], windows: readonly Window[], campaign: Dates): Window[] {
  const all = windows.length > 0 ? windows : [{}];
  return phases.flatMap((phase) => {
    const dates = phasePeriod(phase, campaign);
    return dates ? all.map((window) => within(window, dates)).filter((window) => window !== undefined) : [];
  });
}

/** When an item runs by dates: its phases and holidays have become windows. @returns undefined when it never runs; otherwise as many windows as it takes */
export function datedWindows({ phases, holidays, windows }: Pick<Item, 'phases' | 'holidays' | 'windows'>, campaign: Dates): Window[] | undefined {
  const inPhases = phases === undefined || phases.length === 0 ? windows : windowsInPhases(phases, windows, campaign);
  if (inPhases !== windows && inPhases.length === 0) return undefined;
  if (holidays === undefined) return [...inPhases];
  const dated = windowsOfHolidays(holidays, inPhases, campaign);
  return dated.length > 0 ? dated : undefined;
}

/** A playlist as it travels: phases and holidays have become dates, and items that never run in this period are left out. */
export function inPeriod(playlist: Playlist, campaign: Dates): Playlist {
  const items = playlist.items.flatMap((item) => {
    const { phases: _phases, holidays: _holidays, ...rest } = item;
    const windows = datedWindows(item, campaign);
    return windows === undefined ? [] : [{ ...rest, windows: fewestWindows(windows) }];
  });
  return { ...playlist, items };
}
