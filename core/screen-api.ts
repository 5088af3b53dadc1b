// The staff API's contract for screens: as staff see them, change them, pair them and send them commands.
import { z } from 'zod';
import { basisSchema } from './approval-api.ts';
import type { CustomReason } from './field-problems.ts';
import { healthReportSchema } from './health.ts';
import { operatorTextSchema } from './operator.ts';
import { instantSchema, sha256Schema, slugSchema } from './primitives.ts';
import { profileSchema } from './profile.ts';
import { commandKinds, commandOutcomes } from './protocol.ts';
import { windowSchema } from './schedule.ts';
import { pinSchema } from './technician.ts';
import { foldName } from './units.ts';
import { warningSchema } from './warnings.ts';

/** The five states that the console names: right content, updating, wrong content, lost, off by schedule; and one before the first contact. */
export const screenConditions = ['correct', 'updating', 'wrong', 'lost', 'off', 'stopped', 'solemn', 'alert', 'unpaired', 'revoked'] as const;
export type ScreenCondition = (typeof screenConditions)[number];

export const screenViewSchema = z.object({
  id: z.uuid(),
  number: z.int(),
  name: z.string(),
  place: z.string(),
  unit: z.string().nullable(),
  trial: z.boolean(),
  profile: profileSchema,
  channel: slugSchema,
  /** Whether the rules decide about it, or somebody chose it for this screen. */
  channelByRules: z.boolean().default(false),
  /** What it would play if nobody had chosen for it. */
  channelOfRules: slugSchema,
  playlist: slugSchema,
  /** That one and those of the other layers of its channel. */
  playlists: z.array(slugSchema),
  condition: z.literal(screenConditions),
  connected: z.boolean(),
  lastSeenAt: instantSchema.nullable(),
  /** What the channel should play. */
  manifest: z.object({ sha256: sha256Schema, version: z.int() }).nullable(),
  health: healthReportSchema.nullable(),
  /** So many approvers have to sign by passkey before its box takes what the channel plays; 0 when it takes it as it is. */
  awaits: z.int().default(0),
  /** What its player or the server noticed and people should know. */
  warnings: z.array(warningSchema).default([]),
  /** Name of the item that it really shows. */
  showing: z.string().nullable(),
  capture: z.object({ takenAt: instantSchema, url: z.string() }).nullable(),
  /** Plays received so far. */
  plays: z.int(),
  /** When it is lit; none means always. */
  hours: z.array(windowSchema),
  /** Whom to call about it. */
  contact: z.string(),
  /** The organisation that runs it; empty where nobody has said. */
  operator: z.string(),
  tags: z.array(z.string()),
  /** Sent back with a change, so that nobody overwrites another's. */
  revision: z.int(),
});

/** What became of a change: the profile of a screen outdoors waits for a second person, the rest holds at once. */
export const changedScreenSchema = z.object({ screen: screenViewSchema, waiting: z.boolean() });

/** Why a screen goes out of service, or comes back; stands in the log of who did what. */
export const screenServiceSchema = z.strictObject({ reason: z.string().trim().min(1).max(300) });
export type ScreenView = z.infer<typeof screenViewSchema>;

const farBeforeNear: { error: CustomReason; path: string[] } = { error: 'far-before-near', path: ['distanceM', 'far'] };

const staffProfile = profileSchema.refine(({ distanceM }) => distanceM.near <= distanceM.far, farBeforeNear);

export const newScreenSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  place: z.string().trim().max(200).default(''),
  channel: slugSchema,
  profile: staffProfile,
});

const tagSchema = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .refine((text) => text === text.normalize('NFC'), 'expected composed Unicode (NFC)');

/** What staff may say of a screen; its number, box and channel stay. With the revision with which the edit began. */
export const changeScreenSchema = z.strictObject({
  revision: z.int(),
  name: z.string().trim().min(1).max(200),
  place: z.string().trim().max(200),
  unit: z.string().max(40).nullable(),
  contact: z.string().trim().max(120),
  /** The organisation that runs it, empty for none; stays as it is where it is left out. */
  operator: operatorTextSchema.optional(),
  hours: z.array(windowSchema).max(50),
  /** Words by which staff find it, such as the owner of the wall. */
  tags: z
    .array(tagSchema)
    .max(12)
    .refine((tags) => new Set(tags.map(foldName)).size === tags.length, { error: 'tag-twice' satisfies CustomReason }),
  profile: staffProfile,
  /** Document on which it rests; needed to loosen a rule outdoors. */
  basis: basisSchema.optional(),
});

/** With `confirm: false` nothing is bound yet: the answer's words are compared with those on the screen first. */
export const pairSchema = z.strictObject({ code: z.string().trim().toUpperCase().max(12), screen: z.uuid(), confirm: z.boolean().default(true) });

/** `awaits` as in a screen's view: until then the box shows the factory playlist. */
export const pairedSchema = z.object({ words: z.array(z.string()).length(4), awaits: z.int().default(0) });

export const enrolmentTokenSchema = z.object({ token: z.string(), expiresAt: instantSchema });

/** null where none was made yet. */
export const screenPinSchema = z.object({ pin: pinSchema.nullable() });

/** Body of POST commands. The id is the caller's: the same one twice is one command. */
export const newCommandSchema = z.strictObject({ id: z.uuid(), kind: z.literal(commandKinds) });

/** What became of a command; `silent` when the screen did not answer in time. */
export const commandResultSchema = z.object({
  id: z.uuid(),
  kind: z.literal(commandKinds),
  outcome: z.literal([...commandOutcomes, 'silent']),
  reason: z.string().nullable(),
});
export type CommandResult = z.infer<typeof commandResultSchema>;

/** POST screens answers a `screenViewSchema`, POST capture 202 without a body. */
export const screenPaths = {
  screens: '/api/screens',
  screen: (screen: string) => `/api/screens/${screen}`,
  pair: '/api/screens/pair',
  enrolment: (screen: string) => `/api/screens/${screen}/enrolment`,
  screenPin: (screen: string) => `/api/screens/${screen}/pin`,
  revoke: (screen: string) => `/api/screens/${screen}/revoke`,
  restore: (screen: string) => `/api/screens/${screen}/restore`,
  capture: (screen: string) => `/api/screens/${screen}/capture`,
  commands: (screen: string) => `/api/screens/${screen}/commands`,
  logs: (screen: string) => `/api/screens/${screen}/logs`,
} as const;
