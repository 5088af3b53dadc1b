import { expect, test } from 'vitest';
import { countFalls } from './page-falls.ts';
import { fakeClock } from './testing/fake-clock.ts';

function start() {
  const clock = fakeClock(0);
  const shelters: (string | undefined)[] = [];
  const falls = countFalls(clock, () => shelters.push(falls.shelter));
  const fall = (times: number) => {
    for (let count = 0; count < times; count += 1) falls.fell();
  };
  return { clock, falls, fall, shelters };
}

test('a page that falls four times within ten minutes is sheltered by the factory playlist, then by the card', () => {
  const { falls, fall, shelters } = start();
  fall(3);
  expect(falls.shelter).toBeUndefined();
  fall(1);
  expect(falls.shelter).toBe('factory');
  fall(4);
  expect(shelters).toEqual(['factory', 'card']);
});

test('falls that are far apart shelter nothing', () => {
  const { clock, falls } = start();
  for (let count = 0; count < 20; count += 1) {
    falls.fell();
    clock.pass(4 * 60_000);
  }
  expect(falls.shelter).toBeUndefined();
});

test('the content is tried again after half an hour, and at once when it is another one', () => {
  const { clock, falls, fall, shelters } = start();
  fall(4);
  clock.pass(30 * 60_000);
  expect(shelters).toEqual(['factory', undefined]);
  fall(4);
  falls.renew();
  expect(shelters).toEqual(['factory', undefined, 'factory', undefined]);
});
