// Chooses what lies over the programme now, and chooses anew every second: orders run out, days and opening hours begin and end.
import { inSignedWords, type SignedWords } from '../core/agreed-words.ts';
import { coverOf, type Cover } from '../core/cover.ts';
import type { Window } from '../core/schedule.ts';
import { every, type MachineClock } from './machine-clock.ts';
import type { Orders } from './orders.ts';
import type { ServerClock } from './server-clock.ts';

export interface Covering {
  /** The same object as long as the same is shown. */
  readonly current: Cover | null;
  refresh(): void;
  stop(): void;
}

export interface CoveringOptions {
  readonly orders: Orders;
  /** Operating hours of the screen, in the zone of its campaign. */
  readonly hours: () => { readonly hours: readonly Window[]; readonly zone: string };
  /** What approvers have signed, where they sign what this screen shows. */
  readonly signedWords: () => SignedWords | undefined;
  /** A test card that was asked for; whatever is ordered lies over it. */
  readonly testCard: () => Cover | null;
  readonly serverClock: ServerClock;
  readonly clock: MachineClock;
  readonly changed: () => void;
}

const lookEveryMs = 1_000;

function looksAlike(one: Cover | null, other: Cover | null): boolean {
  const text = (cover: Cover | null) => JSON.stringify(cover && 'remainingMs' in cover ? { ...cover, remainingMs: 0 } : cover);
  return text(one) === text(other);
}

export function startCovering({ orders, hours, signedWords, testCard, serverClock, clock, changed }: CoveringOptions): Covering {
  const choose = (): Cover | null => {
    const words = signedWords();
    const ordered = coverOf({
      orders: orders.inForce().map(({ order }) => order),
      ...hours(),
      now: serverClock.plausible() ? serverClock.now() : undefined,
      passed: serverClock.heard(),
      remainingMs: (order) => orders.leftMs(order),
    });
    return (words ? inSignedWords(ordered, words) : ordered) ?? testCard();
  };
  let current = choose();
  const refresh = () => {
    const next = choose();
    if (looksAlike(next, current)) return;
    current = next;
    changed();
  };
  const cancel = every(clock, lookEveryMs, refresh);
  return {
    get current() {
      return current;
    },
    refresh,
    stop: cancel,
  };
}
