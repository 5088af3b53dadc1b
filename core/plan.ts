// The plan: what the player gives the stage, at least ten minutes of turns with absolute times and local media addresses.
import { z } from 'zod';
import { campaignSchema } from './campaign.ts';
import { contentIdSchema } from './play.ts';
import { instantSchema, languages, sha256Schema } from './primitives.ts';
import { profileSchema } from './profile.ts';
import { snapshotSchema } from './snapshot.ts';
import { unitSchema } from './units.ts';

export const minPlanMs = 10 * 60_000;

const planTurnSchema = z.object({
  /** Unique within the plan's manifest. */
  id: z.string().min(1).max(80),
  start: instantSchema,
  end: instantSchema,
  /** Key of `items`; what the slot shows. */
  item: z.string().min(1).max(64),
  /** The planned item, where the shown one is a substitute. */
  planned: z.object({ item: z.string().max(64), reason: z.string().max(200) }).optional(),
});
export type PlanTurn = z.infer<typeof planTurnSchema>;

const planItemSchema = z.object({
  scene: z.string(),
  props: z.record(z.string(), z.unknown()),
  /** Text of the item's QR code, where its scene has one. */
  code: z.string().max(200).optional(),
});

export const planSchema = z.object({
  manifest: contentIdSchema,
  screen: z.object({ name: z.string(), number: z.int(), unit: z.string().optional(), trial: z.boolean() }),
  profile: profileSchema,
  campaign: campaignSchema,
  units: z.array(unitSchema),
  language: z.literal(languages),
  items: z.record(z.string(), planItemSchema),
  turns: z.array(planTurnSchema).min(1).max(5_000),
  /** Local address of each file, by hash. */
  media: z.record(sha256Schema, z.string()),
  /** Server's clock less the machine's, milliseconds; turns are in the server's. */
  clockOffsetMs: z.number(),
});
export type Plan = z.infer<typeof planSchema>;

/** The figures that the scoreboard scenes draw. */
export const boardSchema = z.object({ snapshot: snapshotSchema, previous: snapshotSchema.nullable() });
export type Board = z.infer<typeof boardSchema>;
