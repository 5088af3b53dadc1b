// The staff API's contract about the end of a contest: figures that one person proposes as the final result and a second one makes final.
import { z } from 'zod';
import { basisSchema } from './approval-api.ts';
import { reasonSchema } from './board-api.ts';
import { instantSchema, sha256Schema } from './primitives.ts';

const actSchema = z.object({ by: z.string(), at: instantSchema });

/** `waiting` for a second person; the others are for ever. */
export const finalStates = ['waiting', 'confirmed', 'refused', 'withdrawn'] as const;
export type FinalState = (typeof finalStates)[number];

/** With the number of the figures in force, so that nothing else is proposed. */
export const proposeFinalSchema = z.strictObject({ number: z.int().min(1), basis: basisSchema });
/** With the digest of what the person has looked at. */
export const confirmFinalSchema = z.strictObject({ digest: sha256Schema });
export const refuseFinalSchema = z.strictObject({ reason: reasonSchema });

export const finalProposalSchema = z.object({
  id: z.uuid(),
  state: z.literal(finalStates),
  /** Number of the figures that would be final. */
  number: z.int(),
  basis: basisSchema,
  proposed: actSchema,
  settled: actSchema.extend({ reason: z.string() }).nullable(),
  /** Number of the final result that it became. */
  snapshot: z.int().nullable(),
  /** Of exactly what would be issued; null where it cannot be confirmed. */
  digest: sha256Schema.nullable(),
  may: z.object({ confirm: z.boolean(), refuse: z.boolean(), withdraw: z.boolean() }),
  /** Why it is not for whoever asks to confirm it. */
  why: z.object({ vi: z.string(), en: z.string() }).nullable(),
});
export type FinalProposal = z.infer<typeof finalProposalSchema>;

export const finalViewSchema = z.object({
  /** First day on which the contest is closed; null while it runs. */
  closedOn: z.string().nullable(),
  /** Number of the figures that can be proposed now; null where there are none, the contest is closed, or a proposal waits. */
  proposable: z.int().nullable(),
  /** Why nothing can be proposed although there are figures. */
  why: z.object({ vi: z.string(), en: z.string() }).nullable(),
  waiting: finalProposalSchema.nullable(),
  /** The one that was confirmed. */
  confirmed: finalProposalSchema.nullable(),
});
export type FinalView = z.infer<typeof finalViewSchema>;

export const finalPaths = {
  view: '/api/scoreboard/final',
  confirm: (id: string) => `/api/scoreboard/final/${id}/confirm`,
  refuse: (id: string) => `/api/scoreboard/final/${id}/refuse`,
  withdraw: (id: string) => `/api/scoreboard/final/${id}/withdraw`,
} as const;
