// Chance that can be told again: every fault test draws from a seed that it prints.
import { createHash } from 'node:crypto';

/** The seed of this run: `TEST_SEED`, or one that never changes. */
export const seed = process.env['TEST_SEED'] ?? '311';

export interface Chance {
  /** A number from `from` up to, but not, `until`. */
  between(from: number, until: number): number;
  oneOf<T>(choices: readonly [T, ...T[]]): T;
}

/** Draws that depend on the seed, the name of the test and nothing else. */
export function chance(name: string): Chance {
  let drawn = 0;
  const next = () =>
    createHash('sha256')
      .update(`${seed}/${name}/${(drawn += 1)}`)
      .digest()
      .readUInt32BE(0) /
    2 ** 32;
  return {
    between: (from, until) => from + next() * (until - from),
    oneOf: (choices) => choices[Math.floor(next() * choices.length)] ?? choices[0],
  };
}
