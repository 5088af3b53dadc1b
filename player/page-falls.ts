// Counts how often the page fell. One that keeps falling is sheltered: first by the factory playlist, then by the card that is drawn in code.
import type { MachineClock } from './machine-clock.ts';

/** Its script hung, its process died, its picture could not be seen or stood still, the whole browser left. */
export const pageFalls = ['hung', 'crashed', 'unseen', 'frozen', 'browser'] as const;
export type PageFall = (typeof pageFalls)[number];

export type Shelter = 'factory' | 'card';

export interface PageFalls {
  /** What to play in place of the content; `undefined` when all is well. */
  readonly shelter: Shelter | undefined;
  fell(): void;
  /** Other content plays from now on: it gets its own chance. */
  renew(): void;
  stop(): void;
}

/** So many falls within the span, and the page gets something simpler. */
const maxFalls = 4;
const spanMs = 10 * 60_000;
/** Then the content is tried again. */
const shelterMs = 30 * 60_000;

export function countFalls(clock: Pick<MachineClock, 'after' | 'monoMs'>, changed: () => void): PageFalls {
  let times: number[] = [];
  let shelter: Shelter | undefined;
  let cancel = () => {};

  const leave = () => {
    cancel();
    times = [];
    if (shelter === undefined) return;
    shelter = undefined;
    changed();
  };

  return {
    get shelter() {
      return shelter;
    },
    fell() {
      const now = clock.monoMs();
      times = [...times.filter((at) => now - at < spanMs), now];
      if (times.length < maxFalls) return;
      times = [];
      shelter = shelter === undefined ? 'factory' : 'card';
      cancel();
      cancel = clock.after(shelterMs, leave);
      changed();
    },
    renew: leave,
    stop: () => cancel(),
  };
}
