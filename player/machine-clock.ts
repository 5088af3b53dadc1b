// The machine's clocks and timers, passed in so that tests can turn them.

export interface MachineClock {
  /** Wall clock, epoch milliseconds; may be wrong and may jump. */
  now(): number;
  /** Monotonic clock, milliseconds since the start of the run. */
  monoMs(): number;
  /** Runs once after a while; the answer cancels. */
  after(ms: number, run: () => void): () => void;
}

/** Longer waits are asked for again: timers beyond 24.8 days fire at once, and a clock may jump meanwhile. */
export const longestTimerMs = 3_600_000;

export const machineClock: MachineClock = {
  now: () => Date.now(),
  monoMs: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(0, ms), longestTimerMs));
    return () => clearTimeout(timer);
  },
};

/** Runs again and again until cancelled; the next wait starts when the last run was called. */
export function every(clock: MachineClock, ms: number, run: () => void): () => void {
  let cancel = () => {};
  const arm = () => {
    cancel = clock.after(ms, () => {
      arm();
      run();
    });
  };
  arm();
  return () => cancel();
}
