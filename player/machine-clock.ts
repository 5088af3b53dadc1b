// The machine's clocks and timers, passed in so that tests can turn them.
import { uptime } from 'node:os';

export interface MachineClock {
  /** Wall clock, epoch milliseconds; may be wrong and may jump. */
  now(): number;
  /** Monotonic clock, milliseconds; goes on while the machine sleeps. */
  monoMs(): number;
  /** Runs once after a while; the answer cancels. */
  after(ms: number, run: () => void): () => void;
}

/** No timer is armed for longer: those beyond 24.8 days fire at once, and a machine that slept is late by its sleep. */
export const longestTimerMs = 3_600_000;

/** The timers of a run pause while the machine sleeps; the time since its boot does not. Below this the two only differ in rounding. */
const leastSleepMs = 1_000;
/** The time since boot is read from a file of the system. */
const lookEveryMs = 100;

/**
 * Milliseconds that go on while the machine sleeps.
 * @param awakeMs of a clock that pauses meanwhile
 * @param sinceBootMs of one that does not
 */
export function sleeplessClock(awakeMs: () => number, sinceBootMs: () => number): () => number {
  const start = sinceBootMs() - awakeMs();
  let sleptMs = 0;
  let lookedMs = 0;
  return () => {
    const awake = awakeMs();
    if (awake - lookedMs >= lookEveryMs) {
      lookedMs = awake;
      const slept = sinceBootMs() - awake - start;
      if (slept > sleptMs + leastSleepMs) sleptMs = slept;
    }
    return awake + sleptMs;
  };
}

export const machineClock: MachineClock = {
  now: () => Date.now(),
  monoMs: sleeplessClock(
    () => performance.now(),
    () => uptime() * 1_000,
  ),
  after(ms, run) {
    const dueMonoMs = machineClock.monoMs() + Math.max(0, ms);
    let timer: NodeJS.Timeout;
    const arm = () => {
      const left = dueMonoMs - machineClock.monoMs();
      timer = setTimeout(() => (left > longestTimerMs ? arm() : run()), Math.min(Math.max(0, left), longestTimerMs));
    };
    arm();
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
