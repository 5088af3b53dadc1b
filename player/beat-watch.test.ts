import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { beatWatch } from './beat-watch.ts';
import { machineClock } from './machine-clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('stays quiet while beats come, and speaks up 10 s after the last one', () => {
  const silences: number[] = [];
  const watch = beatWatch(machineClock, (inARow) => silences.push(inARow));
  watch.opened();
  for (let second = 0; second < 120; second += 1) {
    watch.beat();
    vi.advanceTimersByTime(1_000);
  }
  expect(silences).toEqual([]);
  vi.advanceTimersByTime(9_000);
  expect(silences).toEqual([1]);
});

test('gives an opened page 30 s for its first beat and counts silences in a row', () => {
  const silences: number[] = [];
  const watch = beatWatch(machineClock, (inARow) => silences.push(inARow));
  watch.opened();
  vi.advanceTimersByTime(29_999);
  expect(silences).toEqual([]);
  vi.advanceTimersByTime(1);
  watch.opened();
  vi.advanceTimersByTime(30_000);
  expect(silences).toEqual([1, 2]);
  watch.beat();
  vi.advanceTimersByTime(10_000);
  expect(silences).toEqual([1, 2, 1]);
});

test('takes a page whose picture cannot be seen for a silent one, from its first beat on', () => {
  const silences: [number, string | undefined][] = [];
  const watch = beatWatch(machineClock, (inARow, unseen) => silences.push([inARow, unseen]));
  watch.opened();
  for (let second = 0; second < 10; second += 1) {
    watch.beat('covered');
    vi.advanceTimersByTime(1_000);
  }
  expect(silences).toEqual([[1, 'covered']]);
  // The fresh page is covered as well.
  watch.opened();
  for (let second = 0; second < 10; second += 1) {
    watch.beat('covered');
    vi.advanceTimersByTime(1_000);
  }
  expect(silences).toEqual([
    [1, 'covered'],
    [2, 'covered'],
  ]);
});

test('is silent for ever once stopped', () => {
  const silences: number[] = [];
  const watch = beatWatch(machineClock, (inARow) => silences.push(inARow));
  watch.opened();
  watch.stop();
  vi.advanceTimersByTime(3_600_000);
  expect(silences).toEqual([]);
});
