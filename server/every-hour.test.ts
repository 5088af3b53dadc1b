import pino from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { everyMinute } from './every-hour.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('logs a failure, goes on at the next time, and ends when it is stopped', async () => {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => lines.push(line) });
  let times = 0;
  const stop = everyMinute(log, 'looking', async () => {
    times += 1;
    if (times === 1) throw new Error('UNIQUE constraint failed');
  });
  // A rejection that nobody takes would end the process, and fails this test.
  await vi.advanceTimersByTimeAsync(2 * 60_000);
  expect(times).toBe(2);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('looking: failed');
  expect(lines[0]).toContain('UNIQUE constraint failed');
  stop();
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(times).toBe(2);
});
