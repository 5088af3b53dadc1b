// Watches the page's heart: when no beat comes in time, the shell is told to bring the page back.
import type { MachineClock } from './machine-clock.ts';

/** Longest silence of a page that has beaten before. */
export const maxSilenceMs = 10_000;
/** A page that was just opened may first have to be read from a slow disk. */
export const maxOpeningMs = 30_000;
/** The page beats once a second; one that spoke this long ago hangs. */
const blindMs = 5_000;

export interface BeatWatch {
  /** A beat with a picture that cannot be seen is no sign of life. */
  readonly beat: (unseen?: string) => void;
  /** A page was opened: the time for its first beat begins. */
  readonly opened: () => void;
  stop(): void;
}

/** `onSilence` gets the number of silences in a row, and why the picture cannot be seen where the page itself goes on. */
export function beatWatch(clock: Pick<MachineClock, 'after' | 'monoMs'>, onSilence: (inARow: number, unseen: string | undefined) => void): BeatWatch {
  let cancel = () => {};
  let inARow = 0;
  /** Opened, and not heard of yet. */
  let isOpening = false;
  let blind: { readonly at: number; readonly unseen: string } | undefined;
  const wait = (ms: number) => {
    cancel();
    cancel = clock.after(ms, () => {
      inARow += 1;
      isOpening = true;
      wait(maxOpeningMs);
      onSilence(inARow, blind && clock.monoMs() - blind.at < blindMs ? blind.unseen : undefined);
    });
  };
  return {
    beat(unseen) {
      if (unseen !== undefined) {
        blind = { at: clock.monoMs(), unseen };
        // A page that speaks is open: from here on it has the time of any other.
        if (isOpening) wait(maxSilenceMs);
        isOpening = false;
        return;
      }
      isOpening = false;
      inARow = 0;
      wait(maxSilenceMs);
    },
    opened() {
      isOpening = true;
      wait(maxOpeningMs);
    },
    stop: () => cancel(),
  };
}
