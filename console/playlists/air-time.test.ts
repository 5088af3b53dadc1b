import { describe, expect, it } from 'vitest';
import { roundSeconds, sharesOf } from './air-time.ts';

const item = (id: string, seconds: number, weight: number, enabled = true) => ({ id, name: id, scene: 'message', seconds, weight, enabled });

describe('the time of a round', () => {
  it('counts each item as often as its weight, and only what is on', () => {
    expect(roundSeconds([item('a', 10, 3), item('b', 20, 1), item('c', 60, 5, false)])).toBe(50);
  });

  it('divides among the items that are on', () => {
    expect(sharesOf([item('a', 10, 3), item('c', 60, 5, false), item('b', 10, 1)]).map(({ id, share }) => [id, share])).toEqual([
      ['a', 0.75],
      ['b', 0.25],
    ]);
  });
});
