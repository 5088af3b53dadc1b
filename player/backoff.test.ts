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

/** Thousands of players whose server goes away at 0 and comes back later; how many knock in each second from then on. */
function knocks(players: number, baseMs: number, backMs: number, seed: number): number[] {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const seconds: number[] = [];
  for (let player = 0; player < players; player += 1) {
    const waits = backoff({ baseMs, capMs: 30_000, random });
    let at = waits.next();
    while (at < backMs) at += waits.next();
    const second = Math.floor((at - backMs) / 1_000);
    seconds[second] = (seconds[second] ?? 0) + 1;
  }
  return Array.from({ length: seconds.length }, (_, second) => seconds[second] ?? 0);
}

test.each([1_000, 5_000, 20_000, 60_000, 600_000])('fault 40: 5,000 players do not come back at once after an outage of %i ms', (backMs) => {
  // The server asks for 5 ms of spread for each screen.
  const perSecond = knocks(5_000, 25_000, backMs, 311);
  expect(perSecond.reduce((sum, count) => sum + count, 0)).toBe(5_000);
  expect(Math.max(...perSecond)).toBeLessThan(600);
  expect(perSecond.length).toBeLessThanOrEqual(31);
});

test('a handful of players is back within seconds after a short outage', () => {
  expect(knocks(5, 1_000, 3_000, 7).length).toBeLessThanOrEqual(9);
});
