// Which instant a clock shows: the true one; on streets, where a turn is one still, the one at which it began.

export interface ClockTurn {
  readonly start: number;
  readonly end: number;
  readonly now: number;
  readonly moving: boolean;
}

/** A still may not stand longer than this with one time: then it is told anew with every minute. */
const longestStillMs = 60_000;

export function shownInstant({ start, end, now, moving }: ClockTurn): number {
  // A turn that is made ready before its start shows the time of its start.
  return moving || end - start > longestStillMs || now >= end ? Math.max(start, now) : start;
}
