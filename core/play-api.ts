// The staff API's contract for plays: what a screen has shown, and what contradicts it.
import { z } from 'zod';
import { instantSchema } from './primitives.ts';

export const playViewSchema = z.object({
  screen: z.uuid(),
  chain: z.uuid(),
  seq: z.int(),
  item: z.string(),
  scene: z.string(),
  manifest: z.string(),
  startedAt: instantSchema,
  endedAt: instantSchema.nullable(),
  outcome: z.string().nullable(),
  clockTrusted: z.boolean(),
});
export type PlayView = z.infer<typeof playViewSchema>;

/**
 * What contradicts a screen's plays. `fork`: another entry stands at this number already; `gap`: entries before it are missing; `broken-chain`: it does not follow
 * on the one before; `went-back`: the player said before that its journal was longer.
 */
export const playFindingKinds = ['fork', 'gap', 'broken-chain', 'went-back'] as const;
export type PlayFindingKind = (typeof playFindingKinds)[number];

export const playProofSchema = z.object({
  chains: z.array(
    z.object({
      chain: z.uuid(),
      /** Entries received, without a gap. */
      received: z.int(),
      from: instantSchema.nullable(),
      to: instantSchema.nullable(),
      /** Last entry that the player said to have on disk; null when it never said. */
      anchored: z.int().nullable(),
      heardAt: instantSchema.nullable(),
      /** Entries that the player said to have and did not hand in yet. */
      missing: z.int(),
    }),
  ),
  findings: z.array(
    z.object({
      chain: z.uuid(),
      seq: z.int(),
      kind: z.literal(playFindingKinds),
      expected: z.string().nullable(),
      offered: z.string().nullable(),
      foundAt: instantSchema,
    }),
  ),
});
export type PlayProof = z.infer<typeof playProofSchema>;

export const playPaths = {
  plays: (screen: string) => `/api/screens/${screen}/plays`,
  playProof: (screen: string) => `/api/screens/${screen}/plays/proof`,
} as const;
