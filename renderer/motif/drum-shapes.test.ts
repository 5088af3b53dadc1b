import { describe, expect, it } from 'vitest';
import { birdPlaces, rayCount, starPath } from './drum-shapes.ts';

describe('the drum', () => {
  it('has a star of fourteen rays', () => {
    expect(rayCount).toBe(14);
    expect(starPath(30, 8).split('L')).toHaveLength(28);
  });

  it('sends its birds anticlockwise: at the top they fly to the left', () => {
    const [top, ...others] = birdPlaces(80, 18);
    expect(top).toEqual({ x: 0, y: -80, degrees: 0 });
    expect(others.every(({ x, y }) => Math.abs(Math.hypot(x, y) - 80) < 0.1)).toBe(true);
  });
});
