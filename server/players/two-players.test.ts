import { expect, test } from 'vitest';
import { twoPlayers } from './two-players.ts';

const day = 24 * 3_600_000;

test('fault 17: knows two boxes with one key by the run that comes back', () => {
  const doubles = twoPlayers();
  expect(doubles.welcomed('s', 'a', 0)).toBe(false);
  expect(doubles.welcomed('s', 'b', 60_000)).toBe(false);
  expect(doubles.since('s', 60_000)).toBeUndefined();
  expect(doubles.welcomed('s', 'a', 120_000)).toBe(true);
  expect(doubles.welcomed('s', 'b', 180_000)).toBe(false);
  expect(doubles.since('s', 180_000)).toBe(120_000);
});

test('does not accuse a box that restarts or loses its connection again and again', () => {
  const doubles = twoPlayers();
  for (let run = 0; run < 50; run += 1) {
    for (let times = 0; times < 3; times += 1) expect(doubles.welcomed('s', `run-${run}`, run)).toBe(false);
  }
  expect(doubles.since('s', 50)).toBeUndefined();
});

test('forgets it a day after the last sign, and keeps screens apart', () => {
  const doubles = twoPlayers();
  for (const run of ['a', 'b', 'a']) doubles.welcomed('s', run, 0);
  for (const run of ['a', 'b']) doubles.welcomed('other', run, 0);
  expect([doubles.since('s', day), doubles.since('s', day + 1), doubles.since('other', 0)]).toEqual([0, undefined, undefined]);
});
