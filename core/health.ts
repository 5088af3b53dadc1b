// The player's report on itself: what it shows, what it should show, and what stands in the way.
import { z } from 'zod';
import { maxOrders, orderRefSchema } from './orders.ts';
import { contentIdSchema } from './play.ts';
import { instantSchema, sha256Schema } from './primitives.ts';
import { maxWarnings, warningSchema } from './warnings.ts';

export const pageStates = ['booting', 'playing', 'alert', 'stopped', 'solemn', 'off', 'test', 'revoked'] as const;
export type PageState = (typeof pageStates)[number];

/** What the player had to do by itself; each kind is counted. */
export const incidentKinds = ['outage', 'start', 'page-reload', 'browser-restart', 'quarantine'] as const;
export type IncidentKind = (typeof incidentKinds)[number];

/** What happened while no server could be told, as one summary. */
export const offlineSummarySchema = z.object({
  since: instantSchema,
  until: instantSchema,
  counts: z.partialRecord(z.literal(incidentKinds), z.int().min(0)),
  /** Longest time without a frame that counts, milliseconds. */
  worstFrameAgeMs: z.int().min(0),
});

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
  /** Why the picture cannot be seen though the page draws, and since when. */
  unseen: z.object({ reason: z.string().max(200), since: instantSchema }).optional(),
  /** Frames that came too late since the page was loaded. */
  droppedFrames: z.int().min(0).optional(),
  /** Of the file system that holds the player's data. */
  disk: z
    .object({ freeBytes: z.int().min(0), totalBytes: z.int().min(0), budgetBytes: z.int().min(0).optional() })
    .nullable()
    .optional(),
  /** Of the board, where it tells; `throttled` when it runs slower because of heat or weak power. */
  board: z.object({ celsius: z.number().nullable(), throttled: z.boolean().nullable() }).optional(),
  /** The wall behind the controller; a player cannot see it. */
  wall: z.literal(['unknown', 'lit', 'dark']).optional(),
  /** When this process started, server's clock. */
  startedAt: instantSchema.optional(),
  /** What the player did by itself since then. */
  incidents: z.partialRecord(z.literal(incidentKinds), z.int().min(0)).optional(),
  /** The latest time without a server, told until the next one. */
  offline: offlineSummarySchema.optional(),
  player: z.string().max(40),
  shell: z.string().max(80),
});
export type HealthReport = z.infer<typeof healthReportSchema>;
export type OfflineSummary = z.infer<typeof offlineSummarySchema>;
