// A machine's clock that tests turn by hand: wall and monotonic time apart, timers fired in order.
import type { MachineClock } from '../machine-clock.ts';

export interface FakeClock extends MachineClock {
  /** Time passes: both clocks move and due timers run. */
  pass(ms: number): void;
  /** Somebody sets the wall clock. */
  set(now: number): void;
}

export function fakeClock(start: number): FakeClock {
  let wall = start;
  let mono = 0;
  let timers: { at: number; run: () => void }[] = [];
  return {
    now: () => wall,
    monoMs: () => mono,
    after(ms, run) {
      const timer = { at: mono + Math.max(0, ms), run };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    pass(ms) {
      const end = mono + ms;
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers = timers.filter((each) => each !== next);
        wall += next.at - mono;
        mono = next.at;
        next.run();
      }
      wall += end - mono;
      mono = end;
    },
    set(now) {
      wall = now;
    },
  };
}
