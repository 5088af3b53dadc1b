// The staff API's contract for the address from which figures are fetched on a schedule: what is set, and how the last times went.
import { z } from 'zod';
import { findingSchema } from './import-api.ts';
import { instantSchema } from './primitives.ts';

/** How often it may be asked, in minutes. */
export const sourceMinutes = [5, 15, 30, 60, 180, 720, 1_440] as const;

export const setSourceSchema = z.strictObject({ url: z.string().max(2_000), everyMinutes: z.literal(sourceMinutes) });

/** `taken`: the figures are in force. `waiting`: held for a second person. `same`: nothing new. `faulty`: rows that a person has to look at. `failed`: no figures came. */
export const pullOutcomes = ['taken', 'waiting', 'same', 'faulty', 'failed'] as const;
export type PullOutcome = (typeof pullOutcomes)[number];

export const pulledSchema = z.object({
  at: instantSchema,
  outcome: z.literal(pullOutcomes),
  words: z.object({ vi: z.string(), en: z.string() }),
  /** Number of the snapshot that it became. */
  number: z.int().optional(),
  findings: z.array(findingSchema).default([]),
});
export type Pulled = z.infer<typeof pulledSchema>;

export const sourceViewSchema = z.object({
  source: z.object({ url: z.string(), everyMinutes: z.number(), by: z.string(), at: instantSchema }).nullable(),
  last: pulledSchema.nullable(),
  nextAt: instantSchema.nullable(),
  /** Hosts that the operator allows; one that begins with a dot stands for all below it. */
  hosts: z.array(z.string()),
  mayChange: z.boolean(),
});
export type SourceView = z.infer<typeof sourceViewSchema>;

export const sourcePaths = { source: '/api/scoreboard/source', pull: '/api/scoreboard/source/pull' } as const;
