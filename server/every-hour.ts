// Does something again and again; no timer is armed further ahead than an hour.
const minuteMs = 60_000;

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
