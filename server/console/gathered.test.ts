import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { gathered } from './gathered.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('tells of the first change at once, gathers a burst, and never misses the last', () => {
  const told: string[] = [];
  const notify = gathered<string>((event) => void told.push(event), 250);
  notify('screens');
  expect(told).toEqual(['screens']);
  for (let i = 0; i < 100; i++) notify('screens');
  notify('playlists');
  expect(told).toEqual(['screens', 'playlists']);
  vi.advanceTimersByTime(250);
  expect(told).toEqual(['screens', 'playlists', 'screens']);
  vi.advanceTimersByTime(1_000);
  expect(told).toHaveLength(3);
  notify('screens');
  expect(told).toHaveLength(4);
});
