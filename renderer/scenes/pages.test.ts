import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutPages, minPageMs, pageAt, pagesOfTurn, pickByTurn } from './pages.ts';

describe('pages of a table', () => {
  it('cuts 30 and 126 units into even pages of at most eight', () => {
    expect(cutPages(30, 8).map(({ from, until }) => until - from)).toEqual([8, 7, 8, 7]);
    expect(cutPages(126, 8)).toHaveLength(16);
  });

  it('covers every row once, in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 12 }), (count, perPage) => {
        const pages = cutPages(count, perPage);
        expect(pages[0]?.from).toBe(0);
        expect(pages.at(-1)?.until).toBe(count);
        pages.forEach((page, index) => {
          expect(page.until - page.from).toBeLessThanOrEqual(perPage);
          if (index > 0) expect(page.from).toBe(pages[index - 1]?.until);
        });
      }),
    );
  });

  it('shares the seconds of a turn evenly', () => {
    expect([0, 9_999, 10_000, 20_000, 39_999].map((now) => pageAt(4, 0, 40_000, now))).toEqual([0, 0, 1, 2, 3]);
  });

  it('stays on the last page when a turn runs over, and on the first before it began', () => {
    expect(pageAt(4, 0, 40_000, 90_000)).toBe(3);
    expect(pageAt(4, 0, 40_000, -5)).toBe(0);
  });

  it('keeps each page long enough, the first always among them, and reaches every page over many turns', () => {
    const pages = cutPages(126, 8);
    const seen = new Set<number>();
    for (let turn = 0; turn < 400; turn++) {
      const start = 1_700_000_000_000 + turn * 160_000;
      const shown = pagesOfTurn(pages, start, start + 30_000);
      expect(shown.length * minPageMs).toBeLessThanOrEqual(30_000);
      expect(shown[0]).toBe(pages[0]);
      for (const { from } of shown) seen.add(from);
    }
    expect(seen.size).toBe(pages.length);
  });

  it('picks the same for the same turn everywhere', () => {
    expect(pickByTurn(1_732_600_000_000, 7)).toBe(pickByTurn(1_732_600_000_000, 7));
  });
});
