// Counts runs in a row that ended by themselves within minutes: a box whose power comes and goes is told to people, though its picture is right each time.
import { z } from 'zod';
import type { Log } from './log.ts';
import type { MachineClock } from './machine-clock.ts';
import { openTwoCopies } from './two-copies.ts';

export interface ShortRuns {
  /** This run ends on purpose and does not count. */
  stop(): Promise<void>;
}

/** By the monotonic clock alone: after a power cut many a box does not know what time it is. */
const longRunMs = 10 * 60_000;
const tooMany = 5;

/** @param told gets the number of runs that ended so soon, one after the other */
export async function countShortRuns(
  { folder, clock, log }: { folder: string; clock: Pick<MachineClock, 'after'>; log: Log },
  told: (runs: number) => void,
): Promise<ShortRuns> {
  const file = await openTwoCopies({ folder, name: 'runs', schema: z.object({ short: z.int().min(0) }), log });
  const before = file.value?.short ?? 0;
  if (before >= tooMany) told(before);
  // Until it has lasted, this run is one of them.
  await file.write({ short: before + 1 });
  let isLong = false;
  const cancel = clock.after(longRunMs, () => {
    isLong = true;
    void file.write({ short: 0 });
  });
  return {
    async stop() {
      cancel();
      if (isLong) return file.settled();
      return void (await file.write({ short: before }));
    },
  };
}
