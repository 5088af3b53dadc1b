import { expect, it } from 'vitest';
import { cornerGesture } from './corner-gesture.ts';

const presses = (...all: [x: number, y: number, at: number][]) => {
  const gesture = cornerGesture(() => ({ width: 1_920, height: 1_080 }));
  return all.map(([x, y, at]) => gesture({ x, y, at }));
};
const five = [0, 400, 800, 1_200, 1_600];

it('is five presses in the upper left corner, and begins anew after that', () => {
  expect(presses(...five.map((at): [number, number, number] => [30, 100, at]))).toEqual([false, false, false, false, true]);
  expect(presses(...[...five, 2_000].map((at): [number, number, number] => [0, 0, at])).at(-1)).toBe(false);
});

it('is not four, nor five in more than three seconds, nor five elsewhere or with one beside the corner', () => {
  expect(presses([5, 5, 0], [5, 5, 1], [5, 5, 2], [5, 5, 3])).not.toContain(true);
  expect(presses(...five.map((at): [number, number, number] => [5, 5, at * 2]))).not.toContain(true);
  expect(presses(...five.map((at): [number, number, number] => [1_900, 5, at]))).not.toContain(true);
  expect(presses([5, 5, 0], [5, 5, 1], [5, 5, 2], [900, 5, 3], [5, 5, 4])).not.toContain(true);
});

it('has room for a finger on the smallest screens', () => {
  const gesture = cornerGesture(() => ({ width: 192, height: 384 }));
  expect(five.map((at) => gesture({ x: 40, y: 40, at })).at(-1)).toBe(true);
});
