// The staff API's contract for publishing at a set time.
import { z } from 'zod';
import { basisSchema } from './approval-api.ts';
import { instantSchema, slugSchema } from './primitives.ts';

/** `failed`: it was due, and what was looked at then stood in its way. */
export const scheduledStates = ['waiting', 'published', 'failed', 'cancelled'] as const;
export type ScheduledState = (typeof scheduledStates)[number];

/** How far ahead; a server that was away longer than `late` lets a person decide. */
export const scheduleLimits = { aheadMs: 366 * 86_400_000, lateMs: 60 * 60_000 } as const;

export const newScheduleSchema = z.strictObject({ revision: z.int(), at: instantSchema, basis: basisSchema.optional() });

export const scheduledSchema = z.object({
  id: z.uuid(),
  playlist: z.object({ id: slugSchema, name: z.string() }),
  revision: z.int(),
  at: instantSchema,
  by: z.string(),
  basis: basisSchema.nullable(),
  state: z.literal(scheduledStates),
  /** Why it failed, and what to do. */
  why: z.array(z.object({ vi: z.string(), en: z.string() })),
  /** Whether it is whoever asks who set it. */
  own: z.boolean(),
});
export type Scheduled = z.infer<typeof scheduledSchema>;

export const schedulePaths = {
  /** What waits, and what failed and nobody has put away yet. */
  list: '/api/schedules',
  schedule: (playlist: string) => `/api/playlists/${playlist}/schedule`,
} as const;
