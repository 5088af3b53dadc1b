// Does something again and again; no timer is armed further ahead than an hour.
const secondMs = 1_000;
const minuteMs = 60 * secondMs;

const every =
  (ms: number) =>
  (work: () => Promise<void>): (() => void) => {
    const timer = setInterval(() => void work(), ms);
    timer.unref();
    return () => clearInterval(timer);
  };

/** @returns a function that stops it */
export const everyHour = every(60 * minuteMs);
export const everyMinute = every(minuteMs);
export const everyFewSeconds = every(5 * secondMs);
