// Watches the page's heart: when no beat comes in time, the shell is told to bring the page back.
import type { MachineClock } from './machine-clock.ts';

/** Longest silence of a page that has beaten before. */
export const maxSilenceMs = 10_000;
/** A page that was just opened may first have to be read from a slow disk. */
export const maxOpeningMs = 30_000;

export interface BeatWatch {
  readonly beat: () => void;
  /** A page was opened: the time for its first beat begins. */
  readonly opened: () => void;
  stop(): void;
}

/** `onSilence` gets the number of silences in a row. */
export function beatWatch(clock: Pick<MachineClock, 'after'>, onSilence: (inARow: number) => void): BeatWatch {
  let cancel = () => {};
  let inARow = 0;
  const wait = (ms: number) => {
    cancel();
    cancel = clock.after(ms, () => {
      inARow += 1;
      wait(maxOpeningMs);
      onSilence(inARow);
    });
  };
  return {
    beat() {
      inARow = 0;
      wait(maxSilenceMs);
    },
    opened: () => wait(maxOpeningMs),
    stop: () => cancel(),
  };
}
