// The days that a page of figures is about, in the office's zone.
import { officeZone } from '../ages.ts';

export const spans = { today: 1, week: 7, month: 30 } as const;
export type Span = keyof typeof spans;

/** Local days, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

const dayMs = 86_400_000;
const dayOf = (instant: number) => new Date(instant).toLocaleDateString('sv-SE', { timeZone: officeZone });

/** So many days, today the last of them. */
export const lastDays = (days: number, now: number): Period => ({ from: dayOf(now - (days - 1) * dayMs), to: dayOf(now) });

/** Nothing is asked for while a day is being typed. */
export const isWhole = ({ from, to }: Period): boolean => from !== '' && to !== '' && from <= to;
