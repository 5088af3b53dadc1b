// The staff API's contract for content that waits for approvers' signatures by passkey.
import { z } from 'zod';
import { assertionSchema } from './passkey-api.ts';
import { instantSchema, sha256Schema, slugSchema } from './primitives.ts';

export const awaitedViewSchema = z.object({
  channel: z.object({ id: slugSchema, name: z.string() }),
  playlist: z.object({ id: slugSchema, name: z.string() }),
  revision: z.int(),
  version: z.int(),
  sha256: sha256Schema,
  issuedAt: instantSchema,
  author: z.string(),
  /** Names of the screens that ask for signatures. */
  screens: z.array(z.string()),
  needed: z.int(),
  /** Names of those who have signed. */
  signed: z.array(z.string()),
  /** Whether whoever asks may sign: one's passkey is in the root document, and one has not signed yet. */
  may: z.boolean(),
});
export type AwaitedView = z.infer<typeof awaitedViewSchema>;

export const signSchema = z.strictObject({ assertion: assertionSchema });

export const signaturePaths = {
  list: '/api/signatures',
  offer: (sha256: string) => `/api/signatures/${sha256}/offer`,
  sign: (sha256: string) => `/api/signatures/${sha256}`,
} as const;
