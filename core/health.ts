// The player's report on itself: what it shows, what it should show, and what stands in the way.
import { z } from 'zod';
import { maxOrders, orderRefSchema } from './orders.ts';
import { contentIdSchema } from './play.ts';
import { instantSchema, sha256Schema } from './primitives.ts';
import { maxWarnings, warningSchema } from './warnings.ts';

export const pageStates = ['booting', 'playing', 'alert', 'stopped', 'solemn', 'off', 'revoked'] as const;
export type PageState = (typeof pageStates)[number];

const turnShown = z.object({ item: z.string().max(64), scene: z.string().max(40), turn: z.string().max(80), manifest: contentIdSchema, since: instantSchema });

export const healthReportSchema = z.object({
  at: instantSchema,
  state: z.literal(pageStates),
  /** What the stage last proved to show; null before the first frame. */
  shows: turnShown.nullable(),
  shouldShow: z.object({ item: z.string().max(64), turn: z.string().max(80) }).nullable(),
  lastFrameAt: instantSchema.nullable(),
  manifest: z.object({ playing: contentIdSchema, accepted: z.int().min(0), reason: z.string().max(300).optional() }),
  snapshot: z.int().min(0),
  /** Orders in force on this screen, and whether its page proved to obey each. */
  orders: z
    .array(orderRefSchema.extend({ obeyed: z.boolean() }))
    .max(maxOrders)
    .optional(),
  memory: z.object({ pageHeapBytes: z.int().min(0).nullable(), playerRssBytes: z.int().min(0) }),
  clock: z.object({ offsetMs: z.number(), trusted: z.boolean() }),
  journal: z.object({
    chain: z.uuid(),
    last: z.int().min(0),
    pending: z.int().min(0),
    /** The last entry on disk for good, by which the server notices what is deleted later. */
    anchor: z.object({ seq: z.int().min(1), hash: sha256Schema }).optional(),
    /** Entries that only the memory holds, because the disk refuses them. */
    unsaved: z.int().min(0).optional(),
  }),
  /** Content that could not be shown, with the reason in plain words. */
  quarantined: z.array(z.object({ item: z.string().max(64), reason: z.string().max(300), since: instantSchema })).max(100),
  /** What the player noticed and people should know. */
  warnings: z.array(warningSchema).max(maxWarnings).optional(),
  viewport: z.object({ width: z.int().min(1), height: z.int().min(1) }),
  player: z.string().max(40),
  shell: z.string().max(80),
});
export type HealthReport = z.infer<typeof healthReportSchema>;
