// The staff API's contract for what waits for approvers' signatures by passkey: published content, and alerts in free words.
import { z } from 'zod';
import { askedAlertSchema } from './order-api.ts';
import { assertionSchema } from './passkey-api.ts';
import { instantSchema, localTextSchema, sha256Schema, slugSchema } from './primitives.ts';

const common = {
  sha256: sha256Schema,
  issuedAt: instantSchema,
  author: z.string(),
  /** Names of the screens that ask for signatures. */
  screens: z.array(z.string()),
  needed: z.int(),
  /** Names of those who have signed. */
  signed: z.array(z.string()),
  /** Whether whoever asks may sign: one's passkey is in the root document, one has not signed yet, and is not the only one to have seen it. */
  may: z.boolean(),
};
export const awaitedViewSchema = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('manifest'),
    channel: z.object({ id: slugSchema, name: z.string() }),
    playlist: z.object({ id: slugSchema, name: z.string() }),
    revision: z.int(),
    version: z.int(),
  }),
  z.object({
    ...common,
    ...askedAlertSchema.shape,
    kind: z.literal('alert'),
    number: z.int(),
    speaker: localTextSchema,
    /** It goes by itself then, and is not sent any more when it still waits. */
    expiresAt: instantSchema,
  }),
]);
export type AwaitedView = z.infer<typeof awaitedViewSchema>;

export const signSchema = z.strictObject({ assertion: assertionSchema });

export const signaturePaths = {
  list: '/api/signatures',
  offer: (sha256: string) => `/api/signatures/${sha256}/offer`,
  sign: (sha256: string) => `/api/signatures/${sha256}`,
} as const;
