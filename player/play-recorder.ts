// Records what the stage really showed: opened with the first frame, closed when the next one is seen.
import type { Outcome } from '../core/play.ts';
import type { PlanTurn } from '../core/plan.ts';
import type { Journal, Stamp } from './journal.ts';
import type { Draft } from './journal-lines.ts';
import type { MadePlan } from './plan-maker.ts';
import { serial } from './serial.ts';

export interface PlayRecorder {
  /** @param at first frame, by the server's clock @param scene of what is no item of the plan */
  shown(turn: PlanTurn, made: MadePlan, at: number, scene?: string): Promise<void>;
  /** Nothing is shown any more. */
  ended(reason: string): Promise<void>;
}

type Opening = Omit<Extract<Draft, { kind: 'open' }>, 'kind' | keyof Stamp>;

interface Open {
  readonly chain: string;
  readonly seq: number;
  readonly turn: PlanTurn;
  readonly at: number;
  readonly opening: Opening;
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
  const inOrder = serial();
  let open: Open | undefined;

  const closing = (at: number, ending?: string): Draft[] => {
    // A chain that was left cannot be closed in another.
    if (open?.chain !== journal.chain) return [];
    const { seq } = open;
    const { outcome, reason } = outcomeOf(open, at, ending !== undefined);
    const said = outcome === 'interrupted' && ending !== undefined ? ending : reason;
    return [{ kind: 'close', ...stamp(), at: Math.max(at, open.at), opened: seq, outcome, ...(said === undefined ? {} : { reason: said }) }];
  };

  const openWith = async (closed: readonly Draft[], turn: PlanTurn, at: number, opening: Opening) => {
    open = { chain: journal.chain, seq: journal.next + closed.length, turn, at, opening };
    await journal.append([...closed, { kind: 'open', ...stamp(), at, ...opening }]);
  };

  // The chain was left in the middle of a turn: what is on screen is opened again in the new one.
  journal.onNewChain(
    () =>
      void inOrder(async () => {
        if (!open || open.chain === journal.chain) return;
        await openWith([], open.turn, Math.max(stamp().at, open.at), open.opening);
      }),
  );

  return {
    shown: (turn, { plan, entryOf }, at, ownScene) =>
      inOrder(async () => {
        if (open?.turn.id === turn.id) return;
        const closed = closing(at);
        const planned = turn.planned?.item ?? turn.item;
        const substitute = turn.planned ? { substitute: { item: turn.item, reason: turn.planned.reason } } : {};
        const scene = ownScene ?? entryOf(turn.item)?.item.scene ?? '';
        const opening = { manifest: plan.manifest, item: planned, scene, ...substitute, plannedStart: turn.start, plannedEnd: turn.end };
        if (!journal.isLong) return openWith(closed, turn, at, opening);
        // Between two turns nothing is open, so one chain can end and the next one begin without leaving anything out.
        open = undefined;
        await journal.append(closed);
        await journal.beginAnew('chain-follows', `chain ${journal.chain} ends at ${journal.last} with ${journal.anchor?.hash ?? 'nothing on disk'}`);
        return openWith([], turn, at, opening);
      }),
    ended: (reason) =>
      inOrder(async () => {
        const closed = closing(stamp().at, reason);
        open = undefined;
        if (closed.length > 0) await journal.append(closed);
      }),
  };
}
