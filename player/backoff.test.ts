import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoff } from './backoff.ts';

test('waits a random while below a ceiling that doubles up to its cap', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000 }),
      fc.integer({ min: 1, max: 600_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (baseMs, capMs, share) => {
        const { next } = backoff({ baseMs, capMs, random: () => share });
        for (let failure = 0; failure < 60; failure += 1) {
          const ceiling = Math.min(capMs, baseMs * 2 ** failure);
          expect(next()).toBe(Math.floor(share * ceiling));
        }
      },
    ),
  );
});

test('spreads a thousand players over the whole of the ceiling', () => {
  const waits = Array.from({ length: 1_000 }, () => {
    const { next } = backoff({ baseMs: 1_000, capMs: 30_000 });
    next();
    return next();
  });
  for (const quarter of [0, 500, 1_000, 1_500]) {
    const inIt = waits.filter((wait) => wait >= quarter && wait < quarter + 500).length;
    expect(inIt).toBeGreaterThan(150);
  }
});

test('begins with short waits again after a success', () => {
  const { next, reset } = backoff({ baseMs: 1_000, capMs: 60_000, random: () => 0.5 });
  expect([next(), next(), next()]).toEqual([500, 1_000, 2_000]);
  reset();
  expect(next()).toBe(500);
});
