// Does something again and again; no timer is armed further ahead than an hour.
import type { FastifyBaseLogger } from 'fastify';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;

const every =
  (ms: number) =>
  (log: FastifyBaseLogger, what: string, work: () => Promise<unknown>): (() => void) => {
    const timer = setInterval(() => {
      work().catch((error: unknown) => log.error({ err: error }, `${what}: failed, and is tried again at its next time`));
    }, ms);
    timer.unref();
    return () => clearInterval(timer);
  };

/** What fails is logged and does not end the server. @returns a function that stops it */
export const everyHour = every(60 * minuteMs);
export const everyMinute = every(minuteMs);
export const everyFewSeconds = every(5 * secondMs);
