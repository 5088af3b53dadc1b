// The staff API's contract for deputies: who approves in somebody's place, between two days.
import { z } from 'zod';
import { instantSchema, localDateSchema } from './primitives.ts';

/** Longer absences are another person's duty. */
export const longestDeputyDays = 60;

export const nameDeputySchema = z.strictObject({
  deputy: z.uuid(),
  /** First and last day, local and inclusive. */
  from: localDateSchema,
  until: localDateSchema,
  /** Such as the decision that says so. */
  reason: z.string().trim().normalize('NFC').min(1).max(200),
});

export const deputyViewSchema = z.object({
  id: z.uuid(),
  /** Who is away. */
  person: z.string(),
  deputy: z.string(),
  from: localDateSchema,
  until: localDateSchema,
  reason: z.string(),
  state: z.literal(['coming', 'now', 'over']),
  /** When it was ended before its last day. */
  endedAt: instantSchema.nullable(),
});
export type DeputyView = z.infer<typeof deputyViewSchema>;

export const deputiesSchema = z.object({
  deputies: z.array(deputyViewSchema),
  /** Editors of the same unit, who may be named. */
  candidates: z.array(z.object({ id: z.uuid(), name: z.string() })),
});
export type Deputies = z.infer<typeof deputiesSchema>;

export const deputyPaths = {
  deputies: '/api/account/deputies',
  end: (id: string) => `/api/account/deputies/${id}/end`,
} as const;
