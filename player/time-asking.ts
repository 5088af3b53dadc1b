// When the server is asked for its signed time: soon after the start, then every few minutes, never all players together. One that stays silent is left.
import { randomBytes } from 'node:crypto';
import type { MachineClock } from './machine-clock.ts';

export interface TimeAsking {
  /** A nonce that an answer is expected to. */
  newNonce(): string;
  /** The server speaks with this player: questions begin. */
  begin(): void;
  /** An answer came. @returns when its question was asked; `undefined` when nobody asked, or it was answered already */
  answered(nonce: string): number | undefined;
  /** Asks at once. */
  now(): void;
  /** Asks again in a little while, where one answer was not enough. */
  soon(): void;
  /** The connection is gone. */
  rest(): void;
}

export interface TimeAskingOptions {
  readonly clock: MachineClock;
  readonly ask: (nonce: string) => void;
  /** Two questions in a row stayed without answer. */
  readonly silent: () => void;
}

/** A few samples soon after the first: the fastest of them gives the offset. */
const firstMs = [500, 1_500, 4_000];
/** The state comes with each answer: a notice that was lost is made good within this time. */
const everyMs = 120_000;
const spread = 0.25;
const soonMs = 10_000;
const answerMs = 20_000;
const keptNonces = 20;

export function askTimes({ clock, ask, silent }: TimeAskingOptions): TimeAsking {
  const asked = new Map<string, number>();
  const timers = new Set<() => void>();
  let cancelDeadline = () => {};
  let misses = 0;
  let isOn = false;

  const later = (ms: number, run: () => void) => {
    const cancel = clock.after(ms, () => {
      timers.delete(cancel);
      run();
    });
    timers.add(cancel);
  };

  const newNonce = () => {
    const nonce = randomBytes(32).toString('base64url');
    const [oldest] = asked.keys();
    if (asked.size >= keptNonces && oldest !== undefined) asked.delete(oldest);
    asked.set(nonce, clock.monoMs());
    return nonce;
  };

  const question = () => {
    if (!isOn) return;
    ask(newNonce());
    cancelDeadline();
    cancelDeadline = clock.after(answerMs, () => {
      misses += 1;
      if (misses < 2) question();
      else silent();
    });
  };
  const inTurn = () => {
    later(everyMs * (1 + spread * (2 * Math.random() - 1)), () => {
      question();
      inTurn();
    });
  };
  const rest = () => {
    isOn = false;
    misses = 0;
    asked.clear();
    cancelDeadline();
    timers.forEach((cancel) => cancel());
    timers.clear();
  };

  return {
    newNonce,
    begin() {
      if (isOn) return;
      isOn = true;
      for (const ms of firstMs) later(ms, question);
      inTurn();
    },
    answered(nonce) {
      const sentMonoMs = asked.get(nonce);
      if (sentMonoMs === undefined) return undefined;
      asked.delete(nonce);
      misses = 0;
      cancelDeadline();
      return sentMonoMs;
    },
    now: question,
    soon: () => later(soonMs, question),
    rest,
  };
}
