// Adds up turns by the hour and by the day in which each began. The same sums come from the same turns, in whatever order and batches they are added.
import type { PlayEntry } from '../../core/play.ts';
import type { NewRow } from '../database/schema.ts';
import { localDay } from '../local-days.ts';

type Entry<Kind extends PlayEntry['kind']> = Extract<PlayEntry, { kind: Kind }>;

export interface ClosedTurn {
  readonly screen: string;
  readonly campaign: string;
  readonly zone: string;
  /** Number of the item by its id, in the manifest that the turn was shown from; 0 when it has none. */
  readonly numberOf: (item: string) => number;
  readonly open: Entry<'open'>;
  readonly close: Entry<'close'>;
}

/** What is counted of turns. A skipped one is no air time; an interrupted one counts as far as it went. */
export interface TurnSums {
  turns: number;
  ms: number;
  interrupted: number;
  skipped: number;
  /** Of the turns: those that began while nobody vouched for the clock. */
  untrusted: number;
}

export interface RollUp {
  readonly hours: NewRow<'air_time'>[];
  readonly days: NewRow<'air_days'>[];
  readonly faults: NewRow<'play_faults'>[];
}

export const hourMs = 3_600_000;
/** A wall clock that was put right in the middle of a turn is told by this much. */
const clockMovedMs = 5_000;
/** No turn lasts longer, whatever a clock says. */
const longestMs = 2 * hourMs;

/** How long a turn was on screen: by the wall, or by the monotonic clock where the wall clock moved meanwhile. */
export function airMs(open: Pick<PlayEntry, 'at' | 'monoMs'>, close: Pick<PlayEntry, 'at' | 'monoMs'>): number {
  const wall = Math.max(0, close.at - open.at);
  const mono = Math.round(close.monoMs - open.monoMs);
  return Math.min(longestMs, mono >= 0 && Math.abs(wall - mono) > clockMovedMs ? mono : wall);
}

function gainOf({ open, close }: ClosedTurn): TurnSums {
  if (close.outcome === 'skipped') return { turns: 0, ms: 0, interrupted: 0, skipped: 1, untrusted: 0 };
  return { turns: 1, ms: airMs(open, close), interrupted: close.outcome === 'interrupted' ? 1 : 0, skipped: 0, untrusted: open.clockTrusted ? 0 : 1 };
}

export const sumNames = ['turns', 'ms', 'interrupted', 'skipped', 'untrusted'] as const;

/** Adds to the sums of a key; a new key begins with its columns. */
function addTo<Row extends TurnSums>(sums: Map<string, Row>, columns: Omit<Row, keyof TurnSums>, gain: TurnSums): void {
  const key = Object.values(columns).join(' ');
  const row = sums.get(key) ?? ({ ...columns, turns: 0, ms: 0, interrupted: 0, skipped: 0, untrusted: 0 } as Row);
  for (const name of sumNames) row[name] += gain[name];
  sums.set(key, row);
}

export interface SummedTurns {
  add(turn: ClosedTurn): void;
  all(): RollUp;
}

export function sumTurns(): SummedTurns {
  const hours = new Map<string, NewRow<'air_time'>>();
  const days = new Map<string, NewRow<'air_days'>>();
  const faults = new Map<string, NewRow<'play_faults'>>();
  const localDays = new Map<string, string>();
  const dayOf = (hour: number, zone: string) => {
    const key = `${hour} ${zone}`;
    const day = localDays.get(key) ?? localDay(hour, zone);
    localDays.set(key, day);
    return day;
  };
  return {
    add(turn) {
      const { screen, campaign, zone, numberOf, open, close } = turn;
      const gain = gainOf(turn);
      // What was skipped is what was planned; what was on air is what stood in its place.
      const item = numberOf(gain.skipped > 0 ? open.item : (open.substitute?.item ?? open.item));
      const hour = open.at - (open.at % hourMs);
      const day = dayOf(hour, zone);
      addTo(hours, { screen, item, campaign, hour }, gain);
      addTo(days, { screen, item, campaign, day }, gain);
      if (close.outcome === 'complete') return;
      const fault = { screen, item, campaign, day, outcome: close.outcome, reason: close.reason ?? '' };
      const key = JSON.stringify(fault);
      faults.set(key, { ...fault, count: (faults.get(key)?.count ?? 0) + 1 });
    },
    all: () => ({ hours: [...hours.values()], days: [...days.values()], faults: [...faults.values()] }),
  };
}
