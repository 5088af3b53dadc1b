import { expect, it } from 'vitest';
import { readClockTime } from './clock-time.ts';

it.each([
  ['7:30', '07:30'],
  ['07:30', '07:30'],
  ['7h30', '07:30'],
  ['17h', '17:00'],
  ['17g45', '17:45'],
  ['730', '07:30'],
  ['1730', '17:30'],
  ['7', '07:00'],
  [' 24:00 ', '24:00'],
])('reads %s as %s', (typed, time) => {
  expect(readClockTime(typed)).toBe(time);
});

it.each(['', 'sáng', '25:00', '24:30', '7:65', '7:3', '-1', '12345'])('takes %j for no time', (typed) => {
  expect(readClockTime(typed)).toBeUndefined();
});
