import { expect, test } from 'vitest';
import { paced } from './paced.ts';
import { fakeClock } from './testing/fake-clock.ts';

test('runs at once, gathers what follows, and never misses the last', () => {
  const clock = fakeClock(0);
  const runs: number[] = [];
  const tell = paced(clock, 1_000, () => runs.push(clock.monoMs()));
  tell();
  for (let count = 0; count < 50; count += 1) tell();
  expect(runs).toEqual([0]);
  clock.pass(5_000);
  expect(runs).toEqual([0, 1_000]);
  tell();
  expect(runs).toEqual([0, 1_000, 5_000]);
});
