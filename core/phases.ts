// The phases of a campaign's period, and an item's windows within the phases for which it is written.
import type { Campaign, Period } from './campaign.ts';
import { Temporal } from 'temporal-polyfill';
import type { Playlist } from './playlist.ts';
import type { Phase, Window } from './schedule.ts';

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
export function phasePeriod(phase: Phase, { period: { startDate, endDate }, closedOn }: Dates): Period | undefined {
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

function within(window: Window, { startDate, endDate }: Period): Window | undefined {
  const from = window.startDate !== undefined && window.startDate > startDate ? window.startDate : startDate;
  const until = window.endDate !== undefined && window.endDate < endDate ? window.endDate : endDate;
  return from <= until ? { ...window, startDate: from, endDate: until } : undefined;
}

/** Windows of an item that is written for some phases, as dates; empty when it never runs. */
export function windowsInPhases(phases: readonly Phase[], windows: readonly Window[], campaign: Dates): Window[] {
  const all = windows.length > 0 ? windows : [{}];
  return phases.flatMap((phase) => {
    const dates = phasePeriod(phase, campaign);
    return dates ? all.map((window) => within(window, dates)).filter((window) => window !== undefined) : [];
  });
}

/** A playlist as it travels: phases have become dates, and items that never run in this period are left out. */
export function inPeriod(playlist: Playlist, campaign: Dates): Playlist {
  const items = playlist.items.flatMap(({ phases, ...item }) => {
    if (phases === undefined || phases.length === 0) return [item];
    const windows = windowsInPhases(phases, item.windows, campaign);
    return windows.length > 0 ? [{ ...item, windows }] : [];
  });
  return { ...playlist, items };
}
