// The signed, complete content of one channel, and the signed facts of one screen.
import { z } from 'zod';
import { campaignSchema } from './campaign.ts';
import { operatorSchema } from './operator.ts';
import { playlistSchema } from './playlist.ts';
import { instantSchema, sha256Schema, slugSchema } from './primitives.ts';
import { profileSchema } from './profile.ts';
import { windowSchema } from './schedule.ts';
import { pinProofSchema } from './technician.ts';
import { unitSchema } from './units.ts';

/** Highest screen number a scan code can hold (20 bits). */
export const maxScreenNumber = 2 ** 20 - 1;

/** Limits before parsing, bytes of the payload. */
export const maxManifestBytes = 4 * 2 ** 20;
export const maxAssignmentBytes = 16 * 2 ** 10;

export const fileSchema = z.object({ sha256: sha256Schema, bytes: z.int().min(1), type: z.string().regex(/^[a-z]+\/[a-z0-9.+-]+$/) });
export type ManifestFile = z.infer<typeof fileSchema>;

export const manifestSchema = z.object({
  channel: slugSchema,
  version: z.int().min(1),
  issuedAt: instantSchema,
  campaign: campaignSchema,
  /** Layers share the air time in proportion to their shares. */
  layers: z
    .array(z.object({ share: z.int().min(1).max(100), playlist: playlistSchema }))
    .min(1)
    .max(16),
  files: z.array(fileSchema).max(5_000),
  /** The units of the campaign's tree. */
  units: z.array(unitSchema).max(5_000),
  minProtocol: z.int().min(1),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const screenStates = ['active', 'revoked'] as const;

export const assignmentSchema = z.object({
  screen: z.uuid(),
  /** Allocated once, never used again, kept when the box is replaced. */
  number: z.int().min(1).max(maxScreenNumber),
  /** Grows with every change, so an older one is never obeyed. */
  version: z.int().min(1),
  issuedAt: instantSchema,
  name: z.string().min(1).max(200),
  place: z.string().max(200).default(''),
  unit: z.string().max(40).optional(),
  /** Units above it, nearest first, so that the player itself can check whom an order is for. */
  above: z.array(z.string().max(40)).max(20).optional(),
  /** Who runs it; orders may be for the screens of some. */
  operator: operatorSchema.optional(),
  profile: profileSchema,
  /** When the screen is lit; none means always. */
  hours: z.array(windowSchema).max(50).default([]),
  channel: slugSchema,
  state: z.literal(screenStates),
  trial: z.boolean(),
  /** What it was to play when this was issued; the state notice says what it is now. */
  manifest: z.object({ sha256: sha256Schema, version: z.int().min(1) }).nullable(),
  /** Addresses of the server, best first. */
  servers: z.array(z.url()).max(8).default([]),
  /** Of the technician in front of it. */
  pin: pinProofSchema.optional(),
});
export type Assignment = z.infer<typeof assignmentSchema>;
