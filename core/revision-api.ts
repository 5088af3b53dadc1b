// The staff API's contract for what a playlist was: any revision with its publishes, and taking one back as a draft.
import { z } from 'zod';
import { draftItemSchema } from './playlist-api.ts';
import { publishRecordSchema } from './approval-api.ts';
import { instantSchema } from './primitives.ts';

export const revisionSchema = z.object({
  revision: z.int(),
  name: z.string(),
  by: z.string(),
  at: instantSchema,
  items: z.array(draftItemSchema),
  /** When it was published, the latest first; each manifest can still be had by its hash. */
  publishes: z.array(publishRecordSchema),
  /** Number of the latest revision. */
  latest: z.int(),
});
export type Revision = z.infer<typeof revisionSchema>;

/** `revision` is the latest one that the caller has seen, so that nobody's draft is overwritten. */
export const takeBackSchema = z.strictObject({ revision: z.int() });
export const takenBackSchema = z.object({ revision: z.int() });

export const revisionPaths = {
  revision: (playlist: string, revision: number | string) => `/api/playlists/${playlist}/revisions/${revision}`,
  takeBack: (playlist: string, revision: number | string) => `/api/playlists/${playlist}/revisions/${revision}/take-back`,
} as const;
