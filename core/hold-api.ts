// The staff API's contract about held figures: what waits for a second person, what each row was and would be, and its release or refusal.
import { z } from 'zod';
import { basisSchema } from './approval-api.ts';
import { reasonSchema } from './board-api.ts';
import { holdSchema } from './holds.ts';
import { instantSchema, sha256Schema } from './primitives.ts';

const wordsSchema = z.object({ vi: z.string(), en: z.string() });
const settledSchema = z.object({ by: z.string(), at: instantSchema, reason: z.string() });

/** A held row with the unit's name and why, in words. */
export const holdLineSchema = holdSchema.extend({ name: z.string(), why: wordsSchema });
export type HoldLine = z.infer<typeof holdLineSchema>;

/** `waiting` for a second person; the others are for ever. */
export const heldStates = ['waiting', 'released', 'refused', 'withdrawn'] as const;
export type HeldState = (typeof heldStates)[number];

export const heldViewSchema = z.object({
  /** Of the import. */
  id: z.uuid(),
  state: z.literal(heldStates),
  file: z.string(),
  sample: z.boolean(),
  cutOff: instantSchema,
  /** Number of the snapshot that it would put right. */
  corrects: z.int().nullable(),
  /** Of one that corrects a final result: the document on which it rests. */
  basis: basisSchema.nullable().default(null),
  units: z.int(),
  /** The city's total with it. */
  count: z.int(),
  holds: z.array(holdLineSchema),
  /** Of whoever imported it, for everybody to read once it is released. */
  reason: z.string(),
  asked: z.object({ by: z.string(), at: instantSchema }),
  settled: settledSchema.nullable(),
  /** Number of the snapshot that it became. */
  snapshot: z.int().nullable(),
  /** Of exactly what is shown here: rows, holds, reason, and the figures in force that they were compared with; null where it cannot be released. */
  digest: sha256Schema.nullable(),
  /** Number of newer figures, published since it was asked for: what is shown was compared with these. */
  newer: z.int().nullable(),
  /** What whoever asks may do now. */
  may: z.object({ release: z.boolean(), refuse: z.boolean(), withdraw: z.boolean() }),
  /** Why it is not for whoever asks to release it. */
  why: wordsSchema.nullable(),
});
export type HeldView = z.infer<typeof heldViewSchema>;

export const heldListSchema = z.object({ waiting: z.array(heldViewSchema), settled: z.array(heldViewSchema) });
export type HeldList = z.infer<typeof heldListSchema>;

/** The answer to a confirmation that has to wait: nothing was published. */
export const heldAnswerSchema = z.object({ state: z.literal('waiting'), import: z.uuid(), holds: z.int(), lookAt: z.string() });

/** With the digest of what the person has looked at, so that nothing else is released. */
export const releaseSchema = z.strictObject({ digest: sha256Schema, reason: reasonSchema });
export const refuseSchema = z.strictObject({ reason: reasonSchema });

export const holdPaths = {
  list: '/api/scoreboard/held',
  one: (id: string) => `/api/scoreboard/held/${id}`,
  release: (id: string) => `/api/scoreboard/held/${id}/release`,
  refuse: (id: string) => `/api/scoreboard/held/${id}/refuse`,
  withdraw: (id: string) => `/api/scoreboard/held/${id}/withdraw`,
} as const;
