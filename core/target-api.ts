// The staff API's contract for targets: what each unit is to reach by the end of a phase of the plan, or of the whole period.
import { z } from 'zod';
import { findingSchema } from './import-api.ts';
import { basisSchema } from './approval-api.ts';
import { localDateSchema, localTextSchema } from './primitives.ts';
import { maxCount } from './snapshot.ts';
import { unitSchema } from './units.ts';

const period = { startDate: localDateSchema, endDate: localDateSchema };
const target = z.int().min(1).max(maxCount);

/** All targets of one phase at once: a unit that is left out has none. The list before stays on file. */
export const setTargetsSchema = z.strictObject({
  ...period,
  targets: z.array(z.strictObject({ unit: z.string().min(1).max(40), target })).max(2_000),
  /** The decision that gives them. */
  basis: basisSchema.optional(),
});

/** What a file says: nothing is set by reading it. */
export const targetFileSchema = z.object({
  file: z.string(),
  targets: z.array(z.object({ unit: unitSchema, target })),
  findings: z.array(findingSchema),
});
export type TargetFile = z.infer<typeof targetFileSchema>;

export const phaseTargetsSchema = z.object({
  ...period,
  /** Null for the whole period. */
  name: localTextSchema.nullable(),
  /** Whether figures of today are measured against these. */
  inForce: z.boolean(),
  set: z.object({ by: z.string(), at: z.int(), basis: basisSchema.nullable() }).nullable(),
  targets: z.array(z.object({ unit: z.string(), target })),
});
export type PhaseTargets = z.infer<typeof phaseTargetsSchema>;

export const targetsViewSchema = z.object({
  phases: z.array(phaseTargetsSchema),
  /** Of the tree, in the order of a list, with what the figures in force count. */
  units: z.array(z.object({ code: z.string(), name: z.string(), count: z.int().nullable() })),
  mayChange: z.boolean(),
});
export type TargetsView = z.infer<typeof targetsViewSchema>;

export const targetPaths = { targets: '/api/scoreboard/targets', read: '/api/scoreboard/targets/read' } as const;
