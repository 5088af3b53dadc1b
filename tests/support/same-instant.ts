// Whether two pages on screen do the same at the same instant: each page's monotonic clock is laid against the test's own, so that a wrong wall clock deceives nobody.
import type { Page } from 'playwright-core';

declare global {
  interface Window {
    /** First frame of each turn, by the page's monotonic clock. */
    firstFrames?: Record<string, number>;
  }
}

const tries = 15;

/** What to add to a page's monotonic milliseconds for the test's own; off by half of the shortest way there and back at most. */
async function offsetOf(page: Page): Promise<number> {
  let best = { wayMs: Infinity, offset: 0 };
  for (let index = 0; index < tries; index++) {
    const begun = performance.now();
    const there = await page.evaluate(() => performance.now());
    const ended = performance.now();
    if (ended - begun < best.wayMs) best = { wayMs: ended - begun, offset: (begun + ended) / 2 - there };
  }
  return best.offset;
}

/** Looks at every frame from now on. */
export async function watchTurns(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Record<string, number> = {};
    window.firstFrames = seen;
    const turnNow = () => document.querySelector<HTMLElement>('[data-item][data-turn]')?.dataset['turn'];
    let before = turnNow();
    const frame = (at: number) => {
      const turn = turnNow();
      if (turn !== undefined && turn !== before) seen[turn] ??= at;
      before = turn;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/** Milliseconds between the first frames of each turn that began on both pages since they were watched. */
export async function turnsApart(one: Page, other: Page): Promise<number[]> {
  const framesOf = async (page: Page) => {
    const [offset, frames] = [await offsetOf(page), await page.evaluate(() => window.firstFrames ?? {})];
    return new Map(Object.entries(frames).map(([turn, at]) => [turn, at + offset]));
  };
  const [ones, others] = [await framesOf(one), await framesOf(other)];
  return [...ones].flatMap(([turn, at]) => (others.has(turn) ? [Math.abs(at - (others.get(turn) ?? 0))] : []));
}

/** How far the same repeating film stands apart on two pages, milliseconds, from the frames that each gives to its screen. */
export async function filmsApart(one: Page, other: Page): Promise<number> {
  const aheadOf = async (page: Page) => {
    const { ahead, durationMs } = await page.evaluate(async () => {
      const film = document.querySelector<HTMLVideoElement>('[data-turn] video');
      if (!film) throw new Error('no film is on screen');
      const found: number[] = [];
      while (found.length < 5) {
        await new Promise<void>((resolve) => {
          film.requestVideoFrameCallback((_, { mediaTime, expectedDisplayTime }) => {
            found.push(mediaTime * 1_000 - expectedDisplayTime);
            resolve();
          });
        });
      }
      return { ahead: found.sort((a, b) => a - b)[2] ?? 0, durationMs: film.duration * 1_000 };
    });
    return { ahead: ahead - (await offsetOf(page)), durationMs };
  };
  const [mine, its] = await Promise.all([aheadOf(one), aheadOf(other)]);
  const apart = Math.abs(mine.ahead - its.ahead) % mine.durationMs;
  return Math.min(apart, mine.durationMs - apart);
}
