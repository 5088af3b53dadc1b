// The staff API's contract about published figures: their history, corrections, withdrawals, undo.
import { z } from 'zod';
import { instantSchema, sha256Schema } from './primitives.ts';
import { replacements } from './snapshot.ts';

/** How long an import can be undone by whoever may import. */
export const undoMs = 10 * 60_000;

/** Why figures are put right, taken back, let through or refused: everybody can read it. */
export const reasonSchema = z.string().trim().normalize('NFC').min(5).max(300);

export const withdrawSchema = z.strictObject({ reason: reasonSchema });

/** A snapshot that was issued. */
export const issuedSchema = z.object({ number: z.int(), sha256: sha256Schema, issuedAt: instantSchema });
export type Issued = z.infer<typeof issuedSchema>;

/** What a confirmation came to. */
export const confirmedSchema = issuedSchema.extend({
  /** Rows left out by choice because they were bad. */
  leftOut: z.int().default(0),
});

export const historyEntrySchema = z.object({
  number: z.int(),
  sha256: sha256Schema,
  cutOff: instantSchema,
  issuedAt: instantSchema,
  sample: z.boolean(),
  /** The final result of the contest. */
  final: z.boolean().default(false),
  units: z.int(),
  count: z.int(),
  rate: z.number().nullable(),
  /** Of one that took the place of another. */
  replaces: z.object({ number: z.int(), how: z.literal(replacements) }).nullable(),
  reason: z.string(),
  /** How many of its figures a second person had to check. */
  heldFigures: z.int().default(0),
  replacedBy: z.object({ number: z.int(), how: z.literal(replacements), reason: z.string(), issuedAt: instantSchema }).nullable(),
  inForce: z.boolean(),
  /** The import that can still be undone, and until when. */
  undo: z.object({ import: z.uuid(), until: instantSchema }).nullable(),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

export const historySchema = z.object({ entries: z.array(historyEntrySchema) });

export const boardPaths = {
  history: '/api/scoreboard/history',
  withdraw: (number: number | string) => `/api/scoreboard/snapshots/${number}/withdraw`,
  undo: (id: string) => `/api/scoreboard/imports/${id}/undo`,
} as const;
