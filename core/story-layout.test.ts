import { describe, expect, it } from 'vitest';
import { shapes } from './profile.ts';
import { storyHasIndex, storyRows, storyShares, storyStacks } from './story-layout.ts';

describe('the layout of a story', () => {
  it.each(shapes)('gives every part of a stacked story its share of the height, on the shape %s', (shape) => {
    for (const flat of [true, false]) {
      const shares = storyShares({ shape, flat });
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(100);
      expect(shares).toHaveLength(storyHasIndex({ shape, flat }) ? 3 : 2);
      expect(storyRows({ shape, flat }).match(/fr/g)).toHaveLength(shares.length);
    }
  });

  it('lists the pages only where they stand below the words and fine letters read', () => {
    expect(shapes.filter((shape) => storyHasIndex({ shape, flat: false }))).toEqual(shapes.filter((shape) => storyStacks({ shape })));
    expect(shapes.filter((shape) => storyHasIndex({ shape, flat: true }))).toEqual([]);
  });
});
