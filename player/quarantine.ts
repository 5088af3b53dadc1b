// Content that could not be shown: kept off the screen. A slow moment is forgiven after a while; what is broken stays out until its content changes, over restarts too.
import { z } from 'zod';
import { instantSchema, sha256Schema } from '../core/primitives.ts';
import type { Log } from './log.ts';
import type { MachineClock } from './machine-clock.ts';
import { openTwoCopies } from './two-copies.ts';

const patientSchema = z.object({ mark: sha256Schema, item: z.string().max(64), reason: z.string().max(300), since: instantSchema, failures: z.int().min(1) });
export type Patient = z.infer<typeof patientSchema>;

const maxPatients = 100;
/** A newer player may draw what an older one could not, so a quarantine holds for one version only. */
const quarantineSchema = z.object({ player: z.string(), patients: z.array(patientSchema).max(maxPatients) });

/** Waits after the first failures of one content: a machine that was busy, as for the minute in which it starts, is not a broken file. */
const waitsMs = [15_000, 60_000, 10 * 60_000];
/** A failure longer ago than this says nothing of the next one. */
const forgottenAfterMs = 24 * 3_600_000;

/** `broken`: it can never be shown. `fell`: the page fell with it. `late`: it was too slow. */
export type Ailment = 'broken' | 'fell' | 'late';
/** After so many failures a content stays out for good. */
const lastingAfter: Readonly<Record<Ailment, number>> = { broken: 1, fell: 2, late: waitsMs.length + 1 };

export interface Quarantine {
  /** What is kept off the screen now. */
  readonly patients: readonly Patient[];
  reasonFor(mark: string): string | undefined;
  /** Until the next of them may be tried again; Infinity when none waits. */
  readonly freeInMs: number;
  add(patient: Omit<Patient, 'failures'>, ailment: Ailment): Promise<void>;
  /** Lets out everything that may only have met a bad moment. */
  forgive(): void;
  /** Content of this hash has changed on disk. */
  release(mark: string): Promise<void>;
  /** Somebody at the desk wants everything to be tried again. */
  clear(): Promise<void>;
}

export interface QuarantineOptions {
  readonly folder: string;
  readonly player: string;
  readonly clock: Pick<MachineClock, 'monoMs'>;
  readonly log: Log;
}

export async function openQuarantine({ folder, player, clock, log }: QuarantineOptions): Promise<Quarantine> {
  const kept = await openTwoCopies({ folder, name: 'quarantine', schema: quarantineSchema, log });
  const all = new Map((kept.value?.player === player ? kept.value.patients : []).map((patient) => [patient.mark, patient]));
  /** Monotonic time until which a patient with few failures stays. */
  const until = new Map<string, number>();
  const save = () => kept.write({ player, patients: [...all.values()] });
  const isIn = ({ mark, failures }: Patient) => failures > waitsMs.length || clock.monoMs() < (until.get(mark) ?? -Infinity);
  return {
    get patients() {
      return [...all.values()].filter(isIn);
    },
    reasonFor(mark) {
      const patient = all.get(mark);
      return patient && isIn(patient) ? patient.reason : undefined;
    },
    get freeInMs() {
      const waits = [...until.values()].map((at) => at - clock.monoMs());
      return Math.min(Infinity, ...waits.filter((ms) => ms > 0));
    },
    async add(patient, ailment) {
      const before = all.get(patient.mark);
      const counted = before && patient.since - before.since < forgottenAfterMs ? before.failures + 1 : 1;
      const failures = counted >= lastingAfter[ailment] ? Math.max(counted, waitsMs.length + 1) : counted;
      const [oldest] = all.keys();
      if (all.size >= maxPatients && !all.has(patient.mark) && oldest !== undefined) all.delete(oldest);
      all.set(patient.mark, { ...patient, reason: patient.reason.slice(0, 300), failures });
      const waitMs = waitsMs[failures - 1];
      if (waitMs !== undefined) until.set(patient.mark, clock.monoMs() + waitMs);
      await save();
    },
    forgive() {
      until.clear();
    },
    async release(mark) {
      if (all.delete(mark)) await save();
    },
    async clear() {
      all.clear();
      until.clear();
      await save();
    },
  };
}
