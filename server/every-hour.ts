// Does something at the top of it and then hourly; no timer is armed further ahead.
const hourMs = 60 * 60_000;

/** @returns a function that stops it */
export function everyHour(work: () => Promise<void>): () => void {
  const timer = setInterval(() => void work(), hourMs);
  timer.unref();
  return () => clearInterval(timer);
}
