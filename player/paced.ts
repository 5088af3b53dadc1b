// Runs at once when nothing ran lately, else once more at the end of the gap: many changes in a row are told together, and the last one always is.
import type { MachineClock } from './machine-clock.ts';

export function paced(clock: Pick<MachineClock, 'after' | 'monoMs'>, gapMs: number, run: () => void): () => void {
  let lastMonoMs = -Infinity;
  let isWaiting = false;
  const now = () => {
    isWaiting = false;
    lastMonoMs = clock.monoMs();
    run();
  };
  return () => {
    if (isWaiting) return;
    const waitMs = lastMonoMs + gapMs - clock.monoMs();
    if (waitMs <= 0) return now();
    isWaiting = true;
    clock.after(waitMs, now);
  };
}
