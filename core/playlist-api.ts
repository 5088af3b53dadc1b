// The staff API's contract for playlists: drafts, what the legibility engine says of them, and publishing.
import { z } from 'zod';
import { basisSchema, publishChangeSchema, stages } from './approval-api.ts';
import { holidayRuleSchema } from './holidays.ts';
import { legibilityFindingSchema } from './legibility/finding.ts';
import { instantSchema, sha256Schema, slugSchema } from './primitives.ts';
import { phases, windowSchema } from './schedule.ts';

export const draftItemSchema = z.object({
  id: slugSchema,
  number: z.int(),
  name: z.string(),
  scene: z.string(),
  props: z.record(z.string(), z.unknown()),
  seconds: z.number(),
  weight: z.int(),
  windows: z.array(windowSchema),
  phases: z.array(z.literal(phases)).optional(),
  holidays: holidayRuleSchema.optional(),
  enabled: z.boolean(),
});

export const playlistViewSchema = z.object({
  id: slugSchema,
  name: z.string(),
  kind: z.string(),
  /** Grows with every saved change; sent back with an edit, so that nobody overwrites another's. */
  revision: z.int(),
  publishedRevision: z.int().nullable(),
  publishedAt: instantSchema.nullable(),
  /** Why the file that ships with the product was not taken, if it was not. */
  problem: z.string().nullable(),
  /** How far the latest revision is on its way to the screens. */
  stage: z.literal(stages),
  items: z.array(draftItemSchema),
});
export type PlaylistView = z.infer<typeof playlistViewSchema>;

/** Details of `playlist-changed`: who saved meanwhile, and what differs from the revision with which the edit began. */
export const playlistChangedSchema = z.object({ revision: z.int(), by: z.string(), at: instantSchema, changes: z.array(publishChangeSchema) });

export const publishSchema = z.strictObject({
  revision: z.int(),
  /** Document that the publish rests on; an approved one has it from whoever asked. */
  basis: basisSchema.optional(),
});

/** What the legibility engine says of one item on the screens that would play it. */
export const itemFindingSchema = legibilityFindingSchema.extend({
  item: slugSchema,
  /** Name of the item. */
  name: z.string(),
  /** Names of the screens on which it is so. */
  screens: z.array(z.string()).min(1),
});
export type ItemFinding = z.infer<typeof itemFindingSchema>;

export const publishedSchema = z.object({
  /** `awaits`: so many approvers have to sign it by passkey before screens get it; 0 when they have it. */
  channels: z.array(z.object({ channel: slugSchema, version: z.int(), sha256: sha256Schema, awaits: z.int() })),
  /** What is worth mending, although it did not hold the publish back. */
  warnings: z.array(itemFindingSchema),
});

export const playlistPaths = {
  playlists: '/api/playlists',
  playlist: (id: string) => `/api/playlists/${id}`,
  playlistFile: (id: string) => `/api/playlists/${id}/file`,
  publish: (id: string) => `/api/playlists/${id}/publish`,
  findings: (id: string) => `/api/playlists/${id}/findings`,
} as const;
