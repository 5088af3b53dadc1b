import { expect, it } from 'vitest';
import { contrastRatio, lightnessContrast, rgbOf } from './contrast.ts';

it.each([
  // Published with APCA 0.1.9 for whoever implements it anew.
  ['#888', '#fff', 63.056469930209424],
  ['#fff', '#888', -68.54146436644962],
  ['#000', '#aaa', 58.146262578561334],
  ['#aaa', '#000', -56.24113336839742],
  ['#123', '#def', 91.66830811481631],
  ['#def', '#123', -93.06770049484275],
  ['#123', '#444', 8.32326136957393],
  ['#444', '#123', -7.526878460278154],
])('the lightness contrast of %s on %s is the published one', (text, ground, expected) => {
  expect(lightnessContrast(text, ground)).toBeCloseTo(expected, 6);
});

it.each([
  ['#000000', '#ffffff', 21],
  ['#777777', '#ffffff', 4.478],
  ['#ff0000', '#ffffff', 3.998],
  ['#000000', '#ff0000', 5.252],
  ['#0000ff', '#000000', 2.444],
])('the ratio of %s and %s is that of WCAG, both ways round', (one, other, expected) => {
  expect(contrastRatio(one, other)).toBeCloseTo(expected, 2);
  expect(contrastRatio(other, one)).toBeCloseTo(expected, 2);
});

it('equal colours have none, and what is no colour is refused', () => {
  expect(lightnessContrast('#c8202b', '#c8202b')).toBe(0);
  expect(rgbOf('#ffc845')).toEqual([255, 200, 69]);
  for (const wrong of ['red', '#12', '#12345g', '']) expect(() => rgbOf(wrong)).toThrow('expected a colour');
});
