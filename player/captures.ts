// Takes pictures of the real window: when the server asks, soon after the first turn, and every quarter of an hour. None while somebody uses the screen.
import type { SigningKey } from './ed25519.ts';
import { sendCapture } from './capture-upload.ts';
import { faultText, type Log } from './log.ts';
import { every, type MachineClock } from './machine-clock.ts';
import { serial } from './serial.ts';

export interface Captures {
  take(request?: string): void;
  /** The first turn is on screen. */
  begin(): void;
  stop(): void;
}

export interface CapturesOptions {
  readonly capture: () => Promise<Uint8Array | undefined>;
  /** Milliseconds until nobody is taken to use the screen; 0 when nobody does. */
  readonly freeInMs: () => number;
  readonly target: () => { readonly server: string; readonly screen: string } | undefined;
  readonly key: SigningKey;
  readonly now: () => number;
  readonly clock: MachineClock;
  readonly log: Log;
}

const everyMs = 15 * 60_000;
const firstAfterMs = 2_000;
const firstTries = 10;
/** Wishes beyond these are dropped: the pictures that wait answer them as well. */
const maxWaiting = 3;

export function startCaptures({ capture, freeInMs, target, key, now, clock, log }: CapturesOptions): Captures {
  const inOrder = serial();
  let waiting = 0;
  let cancelFirst = () => {};
  let cancelOwed = () => {};

  /** What a person reads or touches there is theirs: a picture waits until they have gone. One that waits is enough. */
  const whenFree = (run: () => void) => {
    const ms = freeInMs();
    if (ms === 0) return run();
    cancelOwed();
    cancelOwed = clock.after(ms, () => whenFree(run));
  };

  /** @returns whether a picture reached the server */
  const takeOne = async (request?: string): Promise<boolean> => {
    const to = target();
    if (!to) return false;
    try {
      const takenAt = now();
      const jpeg = await capture();
      if (!jpeg) return false;
      // A finger was quicker than the shell.
      if (freeInMs() > 0) {
        whenFree(() => take(request));
        return true;
      }
      const sent = await sendCapture({ ...to, key }, jpeg, takenAt, request);
      if (!sent.ok) log.warn({ reason: sent.reason }, 'a picture of the screen was not taken');
      return sent.ok;
    } catch (fault) {
      log.warn({ fault: faultText(fault) }, 'no picture of the screen can be sent now');
      return false;
    }
  };

  function take(request?: string): void {
    whenFree(() => {
      if (waiting >= maxWaiting) return;
      waiting += 1;
      void inOrder(() => takeOne(request)).finally(() => (waiting -= 1));
    });
  }

  const first = (triesLeft: number) => {
    cancelFirst = clock.after(firstAfterMs, () =>
      whenFree(() => {
        void inOrder(() => takeOne()).then((sent) => {
          if (!sent && triesLeft > 1) first(triesLeft - 1);
        });
      }),
    );
  };

  const cancelEvery = every(clock, everyMs, () => take());
  return {
    take,
    begin: () => first(firstTries),
    stop() {
      cancelFirst();
      cancelOwed();
      cancelEvery();
    },
  };
}
