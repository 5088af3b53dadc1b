// A clock that goes faster than the real one, for server and player alike: minutes of waits and retries pass in seconds.
import type { MachineClock } from '../machine-clock.ts';

export function fastClock(times: number, start = Date.now()): MachineClock {
  const begun = performance.now();
  const monoMs = () => (performance.now() - begun) * times;
  return {
    now: () => start + Math.round(monoMs()),
    monoMs,
    after(ms, run) {
      const timer = setTimeout(run, Math.max(0, ms) / times);
      return () => clearTimeout(timer);
    },
  };
}
