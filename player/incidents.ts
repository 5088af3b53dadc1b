// Counts what the player had to do by itself, and keeps a summary of each time without a server, over restarts, until the next one.
import { z } from 'zod';
import { offlineSummarySchema, type IncidentKind, type OfflineSummary } from '../core/health.ts';
import type { Log } from './log.ts';
import { openTwoCopies } from './two-copies.ts';

export interface Incidents {
  /** Since this process started. */
  readonly counts: Partial<Record<IncidentKind, number>>;
  /** The latest time without a server, once it is over. */
  readonly offline: OfflineSummary | undefined;
  note(kind: IncidentKind): void;
  /** @param ms age of the last frame that counts */
  frameAge(ms: number): void;
  connected(): void;
  disconnected(): void;
  /** Settles when everything so far is on disk. */
  settled(): Promise<void>;
}

const runningSchema = offlineSummarySchema.omit({ until: true });
type Running = z.infer<typeof runningSchema>;
/** `running` while there is no server. */
const keptSchema = z.object({ running: runningSchema.optional(), last: offlineSummarySchema.optional() });

/** A line that comes and goes is one outage, told as one. */
const sameOutageMs = 10 * 60_000;

const total = (counts: Running['counts'], kind: IncidentKind) => ({ ...counts, [kind]: (counts[kind] ?? 0) + 1 });

export async function openIncidents({ folder, now, log }: { folder: string; now: () => number; log: Log }): Promise<Incidents> {
  const kept = await openTwoCopies({ folder, name: 'incidents', schema: keptSchema, log });
  let { running, last } = kept.value ?? {};
  let counts: Incidents['counts'] = {};
  const save = () => void kept.write({ ...(running ? { running } : {}), ...(last ? { last } : {}) });

  const note = (kind: IncidentKind) => {
    counts = total(counts, kind);
    if (!running) return;
    running = { ...running, counts: total(running.counts, kind) };
    save();
  };
  const begin = () => {
    if (running) return;
    const at = now();
    const again = last && at - last.until < sameOutageMs && at >= last.until ? last : undefined;
    running = again ? { since: again.since, counts: again.counts, worstFrameAgeMs: again.worstFrameAgeMs } : { since: at, counts: {}, worstFrameAgeMs: 0 };
    note('outage');
  };

  return {
    get counts() {
      return counts;
    },
    get offline() {
      return running ? undefined : last;
    },
    note,
    frameAge(ms) {
      if (running && ms > running.worstFrameAgeMs) running = { ...running, worstFrameAgeMs: Math.round(ms) };
    },
    connected() {
      if (!running) return;
      last = { ...running, until: Math.max(now(), running.since) };
      running = undefined;
      save();
    },
    disconnected: begin,
    settled: async () => void (await kept.settled()),
  };
}
