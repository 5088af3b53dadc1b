// Scoreboard snapshot: all units' standings as of one instant, numbered and signed. Numbers of known units and nothing else.
import { z } from 'zod';
import { instantSchema, localDateSchema, localTextSchema, slugSchema } from './primitives.ts';

/** Counts stay small enough that two of them multiply exactly. */
export const maxCount = 90_000_000;
const count = z.int().min(0).max(maxCount);

export const snapshotRowSchema = z.object({
  unit: z.string().min(1).max(40),
  count,
  /** Whom the count is measured against; absent or 0 leaves the unit unranked by rate. */
  base: count.nullable(),
  /** Count to reach. */
  target: count.optional(),
});
export type SnapshotRow = z.infer<typeof snapshotRowSchema>;

/** How a snapshot takes the place of an earlier one: figures put right, or figures taken back. */
export const replacements = ['correction', 'withdrawal'] as const;
export type Replacement = (typeof replacements)[number];

export const snapshotSchema = z
  .object({
    campaign: slugSchema,
    tree: slugSchema,
    number: z.int().min(1),
    measure: z.object({ id: slugSchema, name: localTextSchema }),
    denominator: z.object({ name: localTextSchema, source: z.string().max(200), asOf: localDateSchema }),
    source: localTextSchema,
    rankBy: z.literal(['rate', 'count']),
    /** The instant that the counts describe. */
    asOf: instantSchema,
    /** When the sender closed the books. */
    cutOff: instantSchema,
    issuedAt: instantSchema,
    /** Made-up figures: watermarked, and refused on any screen that is not a trial screen. */
    sample: z.boolean(),
    basis: z.string().max(200).optional(),
    /** The result of a contest that is over: two people have made it final, on the document in `basis`. It never goes stale. */
    final: z.literal(true).optional(),
    /** The snapshot whose place this one takes; why is public, and no part of what screens get. */
    replaces: z.object({ number: z.int().min(1), how: z.literal(replacements) }).optional(),
    /** Empty only where figures were taken back and there are none before them. */
    rows: z.array(snapshotRowSchema).max(2_000),
  })
  .refine(({ rows, replaces }) => rows.length > 0 || replaces?.how === 'withdrawal', 'there are no figures')
  .refine(({ rows }) => new Set(rows.map(({ unit }) => unit)).size === rows.length, 'a unit appears twice');
export type Snapshot = z.infer<typeof snapshotSchema>;
