import { describe, expect, test } from 'vitest';
import type { Item } from '../core/playlist.ts';
import { clockReason } from './clock-rules.ts';
import { entryOf } from './content.ts';
import { startServerClock } from './server-clock.ts';
import { fakeClock } from './testing/fake-clock.ts';

const zone = 'Asia/Ho_Chi_Minh';
const noon = Date.parse('2026-11-24T12:00:00+07:00');
const hour = 3_600_000;
const item = (scene: string, props: Item['props'], windows: Item['windows'] = []) =>
  entryOf('x', { id: 'x', number: 1, name: 'x', scene, props, seconds: 10, weight: 1, windows });
const clock = item('clock', {});
const words = item('message', { heading: { vi: 'Chào' } });
const morning = item('message', { heading: { vi: 'Chào' } }, [{ from: '06:00', until: '09:00' }]);

describe('what a clock allows', () => {
  test('tells the time only after the server has signed it in this run', () => {
    const machine = fakeClock(noon);
    const server = startServerClock(machine, { highest: noon - hour, heard: noon - hour });
    // The machine's own clock is good enough for windows, as long as nobody has set it.
    expect(server.plausible()).toBe(true);
    expect(clockReason(clock, noon, noon + 10_000, zone, server)).toBe('the clock is not trusted');
    server.hear({ time: noon, sentMonoMs: 0, arrivedMonoMs: 0 });
    expect(clockReason(clock, noon, noon + 10_000, zone, server)).toBeUndefined();
  });

  test('lets words without windows be shown at any time', () => {
    expect(clockReason(words, noon, noon + 10_000, zone, startServerClock(fakeClock(0), undefined))).toBeUndefined();
  });

  test('keeps items to their windows, and from a clock that nobody believes', () => {
    const server = startServerClock(fakeClock(noon), undefined);
    expect(clockReason(morning, noon - 4 * hour, noon - 4 * hour + 10_000, zone, server)).toBe('the clock is not trusted');
    server.hear({ time: noon, sentMonoMs: 0, arrivedMonoMs: 0 });
    expect(clockReason(morning, noon - 4 * hour, noon - 4 * hour + 10_000, zone, server)).toBeUndefined();
    expect(clockReason(morning, noon, noon + 10_000, zone, server)).toBe('not scheduled');
  });
});
