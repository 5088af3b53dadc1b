import { expect, it } from 'vitest';
import { sunElevation } from './sun.ts';

// Sunrise and sunset in Hà Nội as almanacs print them, to the minute: the rim on the horizon, refraction included.
it.each([
  ['2024-06-21T05:16+07:00', '2024-06-21T18:40+07:00'],
  ['2024-11-21T06:09+07:00', '2024-11-21T17:15+07:00'],
  ['2024-12-21T06:28+07:00', '2024-12-21T17:20+07:00'],
])('the sun rises at %s and sets at %s', (rise, set) => {
  for (const moment of [rise, set]) expect(Math.abs(sunElevation(Date.parse(moment)) + 0.833)).toBeLessThan(0.6);
  expect(sunElevation(Date.parse(rise) + 1_800_000)).toBeGreaterThan(4);
  expect(sunElevation(Date.parse(set) + 1_800_000)).toBeLessThan(-6);
});

it('stands nearly overhead at noon in June, and as far below at midnight in December', () => {
  expect(sunElevation(Date.parse('2024-06-21T11:59+07:00'))).toBeGreaterThan(87);
  expect(sunElevation(Date.parse('2024-12-21T23:55+07:00'))).toBeLessThan(-80);
});
