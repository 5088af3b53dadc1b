import { expect, it } from 'vitest';
import { stallMs, watchProgress } from './progress.ts';

it('is held back until all that it waits for is there, and given up when some of it fails', async () => {
  const progress = watchProgress(
    () => 0,
    () => undefined,
  );
  await expect(progress.held()).resolves.toBeUndefined();
  progress.hold(Promise.resolve());
  await expect(progress.held()).resolves.toBeUndefined();
  progress.hold(Promise.reject(new Error('no picture')));
  await expect(progress.held()).rejects.toThrow('no picture');
});

it('stalls when a scene that moves takes no step for two seconds while it is visible', () => {
  let now = 0;
  const progress = watchProgress(
    () => now,
    () => undefined,
  );
  const mover = progress.moves();
  now = 9_000;
  progress.appear();
  now += stallMs;
  expect(progress.stalled()).toBeUndefined();
  mover.step();
  now += stallMs + 1;
  expect(progress.stalled()).toBe('the scene stopped moving');
  mover.end();
  expect(progress.stalled()).toBeUndefined();
});
