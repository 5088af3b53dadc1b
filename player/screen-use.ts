// Whether somebody uses the screen: who touched it a moment ago still stands in front of it.
import type { FromStage } from '../core/bridge.ts';
import type { MachineClock } from './machine-clock.ts';

/** A person who leaves without a word has left after this long: 45 s of rest, and 15 s in which the screen asks. */
export const useMs = 60_000;

export interface ScreenUse {
  readonly hear: (message: FromStage) => void;
  /** Milliseconds until the screen counts as left; 0 when nobody uses it. */
  readonly freeInMs: () => number;
}

export function watchUse(clock: Pick<MachineClock, 'monoMs'>): ScreenUse {
  let freeAtMs = 0;
  return {
    hear(message) {
      if (message.type === 'touched' || message.type === 'technician') freeAtMs = clock.monoMs() + useMs;
    },
    freeInMs: () => Math.max(0, freeAtMs - clock.monoMs()),
  };
}
