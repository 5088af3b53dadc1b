import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestFitting } from './fit.ts';

describe('the largest size that fits', () => {
  it('is the limit of the room, within its bounds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 600 }), (min, more, room) => {
        const size = largestFitting({ min, max: min + more }, (tried) => tried <= room);
        expect(size).toBe(room < min ? undefined : Math.min(room, min + more));
      }),
    );
  });
});
