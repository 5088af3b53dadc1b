import { describe, expect, test, vi } from 'vitest';
import { machineClock, sleeplessClock } from './machine-clock.ts';

describe('timers', () => {
  test('a wait of more than 24.8 days does not end at once, as a bare timer would', async () => {
    let ended = false;
    const cancel = machineClock.after(2 ** 31 + 1_000, () => {
      ended = true;
    });
    await new Promise<void>((resolve) => machineClock.after(30, resolve));
    expect(ended).toBe(false);
    cancel();
  });

  test('no timer is armed for more than an hour', () => {
    const armed = vi.spyOn(globalThis, 'setTimeout');
    try {
      for (const ms of [1_000, 3_600_000, 3_600_001, 86_400_000, 2 ** 40]) machineClock.after(ms, () => undefined)();
      const delays = armed.mock.calls.map(([, ms]) => ms ?? 0);
      expect(delays).toHaveLength(5);
      expect(Math.max(...delays)).toBe(3_600_000);
    } finally {
      armed.mockRestore();
    }
  });

  test('a wait that is over already ends soon', async () => {
    await new Promise<void>((resolve) => machineClock.after(-5, resolve));
  });
});

describe('the monotonic clock', () => {
  test('goes on while the machine sleeps, and does not mind how the two clocks round', () => {
    let [awake, boot] = [5_000, 100_000];
    const mono = sleeplessClock(
      () => awake,
      () => boot,
    );
    const pass = (awakeMs: number, sleptMs = 0) => {
      awake += awakeMs;
      boot += awakeMs + sleptMs;
    };
    expect(mono()).toBe(5_000);
    pass(1_000);
    boot += 9;
    expect(mono()).toBe(6_000);
    pass(500, 8 * 3_600_000);
    expect(mono()).toBeCloseTo(6_500 + 8 * 3_600_000, -2);
    pass(1_000);
    expect(mono()).toBeCloseTo(7_500 + 8 * 3_600_000, -2);
  });

  test('never goes back', () => {
    let last = machineClock.monoMs();
    for (let look = 0; look < 2_000; look += 1) {
      const now = machineClock.monoMs();
      expect(now).toBeGreaterThanOrEqual(last);
      last = now;
    }
  });
});
