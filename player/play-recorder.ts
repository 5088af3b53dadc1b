// Records what the stage really showed: opened with the first frame, closed when the next one is seen.
import type { Outcome } from '../core/play.ts';
import type { PlanTurn } from '../core/plan.ts';
import type { Journal, Stamp } from './journal.ts';
import type { Draft } from './journal-lines.ts';
import type { MadePlan } from './plan-maker.ts';

export interface PlayRecorder {
  /** @param at first frame, by the server's clock */
  shown(turn: PlanTurn, made: MadePlan, at: number): Promise<void>;
  /** Nothing is shown any more. */
  ended(reason: string): Promise<void>;
}

interface Open {
  readonly chain: string;
  readonly seq: number;
  readonly turn: PlanTurn;
  readonly at: number;
}

/** How much of a slot may be missing at either end of a complete play. */
const toleranceMs = 1_500;

function outcomeOf({ turn, at: openedAt }: Open, at: number, isLast: boolean): { outcome: Outcome; reason?: string } {
  if (turn.planned) return { outcome: 'skipped', reason: turn.planned.reason };
  if (openedAt > turn.start + toleranceMs) return { outcome: 'interrupted', reason: 'began late' };
  if (isLast || at < turn.end - toleranceMs) return { outcome: 'interrupted', reason: 'cut short' };
  return { outcome: 'complete' };
}

export function startPlayRecorder(journal: Journal, stamp: () => Stamp): PlayRecorder {
  let open: Open | undefined;

  const closing = (at: number, ending?: string): Draft[] => {
    // A chain that was left cannot be closed in another.
    if (open?.chain !== journal.chain) return [];
    const { seq } = open;
    const { outcome, reason } = outcomeOf(open, at, ending !== undefined);
    const said = outcome === 'interrupted' && ending !== undefined ? ending : reason;
    return [{ kind: 'close', ...stamp(), at: Math.max(at, open.at), opened: seq, outcome, ...(said === undefined ? {} : { reason: said }) }];
  };

  return {
    async shown(turn, { plan, entryOf }, at) {
      if (open?.turn.id === turn.id) return;
      const closed = closing(at);
      const planned = turn.planned?.item ?? turn.item;
      const substitute = turn.planned ? { substitute: { item: turn.item, reason: turn.planned.reason } } : {};
      const scene = entryOf(turn.item)?.item.scene ?? '';
      open = { chain: journal.chain, seq: journal.next + closed.length, turn, at };
      await journal.append([
        ...closed,
        { kind: 'open', ...stamp(), at, manifest: plan.manifest, item: planned, scene, ...substitute, plannedStart: turn.start, plannedEnd: turn.end },
      ]);
    },
    async ended(reason) {
      const closed = closing(stamp().at, reason);
      open = undefined;
      if (closed.length > 0) await journal.append(closed);
    },
  };
}
