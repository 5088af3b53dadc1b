import { expect, it } from 'vitest';
import { isWhole, lastDays } from './period.ts';

it('ends today in Hà Nội, where a day begins before that of UTC', () => {
  expect(lastDays(1, Date.UTC(2026, 10, 23, 17))).toEqual({ from: '2026-11-24', to: '2026-11-24' });
  expect(lastDays(7, Date.UTC(2026, 10, 23, 16, 59))).toEqual({ from: '2026-11-17', to: '2026-11-23' });
});

it('is whole once it has a beginning and an end behind it', () => {
  expect(isWhole({ from: '2026-11-24', to: '2026-11-24' })).toBe(true);
  expect(isWhole({ from: '2026-11-25', to: '2026-11-24' })).toBe(false);
  expect(isWhole({ from: '', to: '2026-11-24' })).toBe(false);
});
