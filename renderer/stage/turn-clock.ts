// Which turn should be made ready, shown or given up at an instant. Pure: the stage feeds it the time and obeys.

/** How long before its start a turn is mounted behind the current one. */
export const leadMs = 2_000;
/** How long a turn may take after its start (or after it was first mounted, when that was later). */
export const patienceMs = 2_000;
/** No wait is longer, so that a jump of the clock is seen soon. */
const longestRestMs = 1_000;

/** A turn with the identity of what it shows: equal keys need no swap. */
export interface KeyedTurn {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

export interface BackLayer {
  readonly key: string;
  readonly phase: 'preparing' | 'ready' | 'broken';
  /** When it was mounted, on the clock of the turns. */
  readonly since: number;
}

export interface ClockInput<Turn extends KeyedTurn> {
  /** In order of time. */
  readonly turns: readonly Turn[];
  readonly now: number;
  /** Key on the visible layer. */
  readonly front: string | undefined;
  readonly back: BackLayer | undefined;
  /** Keys that were given up. */
  readonly failed: readonly string[];
  /** What to hold once the plan has run out. */
  readonly still: Turn | undefined;
}

export type ClockAction<Turn extends KeyedTurn> =
  | { readonly do: 'prepare'; readonly turn: Turn }
  | { readonly do: 'swap'; readonly turn: Turn }
  | { readonly do: 'fail'; readonly turn: Turn }
  | { readonly do: 'rest'; readonly until: number };

export function turnAt<Turn extends KeyedTurn>(turns: readonly Turn[], now: number): Turn | undefined {
  return turns.find(({ start, end }) => start <= now && now < end);
}

export function nextAction<Turn extends KeyedTurn>({ turns, now, front, back, failed, still }: ClockInput<Turn>): ClockAction<Turn> {
  const rest = (until: number): ClockAction<Turn> => ({ do: 'rest', until: Math.min(Math.max(until, now), now + longestRestMs) });

  const due = turnAt(turns, now) ?? (hasRunOut(turns, now) ? still : undefined);
  if (due && due.key !== front && !failed.includes(due.key)) {
    if (back?.key !== due.key) return { do: 'prepare', turn: due };
    if (back.phase === 'ready') return { do: 'swap', turn: due };
    const givenUpAt = Math.max(due.start, back.since) + patienceMs;
    return back.phase === 'broken' || now >= givenUpAt ? { do: 'fail', turn: due } : rest(givenUpAt);
  }

  const next = turns.find(({ start, key }) => start > now && !failed.includes(key));
  if (!next || next.key === front) return rest(next?.end ?? now + longestRestMs);
  if (back?.key === next.key) return back.phase === 'broken' ? { do: 'fail', turn: next } : rest(next.start);
  return next.start - now <= leadMs ? { do: 'prepare', turn: next } : rest(next.start - leadMs);
}

/** Work that can wait is not done so shortly before a swap. */
export const quietMs = 200;
/** The frame of the swap is out by then. */
const afterSwapMs = 50;

/** How long work that can wait has to, so that no swap comes late for it; 0 for not at all. */
export function waitForQuiet(turns: readonly KeyedTurn[], now: number): number {
  const next = turns.find(({ start }) => start > now);
  return next && next.start - now <= quietMs ? next.start - now + afterSwapMs : 0;
}

function hasRunOut(turns: readonly KeyedTurn[], now: number): boolean {
  const last = turns.at(-1);
  return last !== undefined && now >= last.end;
}
