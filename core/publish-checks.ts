// What is looked at before a publish beside legibility, as it is told: links, claims, last days, hours, files, players, air time. Each says what to do.
import { z } from 'zod';
import { basisSchema } from './approval-api.ts';
import { instantSchema, localTextSchema, sha256Schema, slugSchema } from './primitives.ts';

export const checkKinds = ['link', 'claim', 'expiry', 'hours', 'file', 'player', 'air-time'] as const;
export type CheckKind = (typeof checkKinds)[number];

export const publishCheckSchema = z.object({
  kind: z.literal(checkKinds),
  /** An `error` stops the publish; a `warning` is worth knowing. */
  severity: z.literal(['error', 'warning']),
  /** What is so, and what to do. */
  words: z.object({ vi: z.string(), en: z.string() }),
  /** The item that it is about; absent when it is about the whole. */
  item: slugSchema.optional(),
  /** Names of the screens that it is about, where not all. */
  screens: z.array(z.string()).optional(),
});
export type PublishCheck = z.infer<typeof publishCheckSchema>;

/** A sentence that claims something, and on what it rests. */
export const claimViewSchema = z.object({
  /** Of exactly this sentence. */
  sha256: sha256Schema,
  item: slugSchema,
  name: z.string(),
  text: localTextSchema,
  /** Who found it to be true, by which document; null until somebody did. */
  confirmed: z.object({ by: z.string(), at: instantSchema, basis: basisSchema }).nullable(),
});
export type ClaimView = z.infer<typeof claimViewSchema>;

export const confirmClaimSchema = z.strictObject({ basis: basisSchema });

/** Of the latest revision of a playlist, on the screens that would play it. */
export const readinessSchema = z.object({
  /** Errors first. */
  checks: z.array(publishCheckSchema),
  claims: z.array(claimViewSchema),
  /** Whether links and claims have to be confirmed: a trial asks for none. */
  asksConfirmation: z.boolean(),
});
export type Readiness = z.infer<typeof readinessSchema>;

export const checkPaths = {
  checks: (playlist: string) => `/api/playlists/${playlist}/checks`,
  claim: (playlist: string, sha256: string) => `/api/playlists/${playlist}/claims/${sha256}`,
} as const;
