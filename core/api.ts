// The staff API's contract: request and response shapes that server and console share.
import { basisSchema, publishChangeSchema, stages } from './approval-api.ts';
import { reasonSchema } from './board-api.ts';
import { holdLineSchema } from './hold-api.ts';
import { legibilityFindingSchema } from './legibility/finding.ts';
import { z } from 'zod';
import type { CustomReason } from './field-problems.ts';
import { healthReportSchema } from './health.ts';
import { instantSchema, localTextSchema, sha256Schema, slugSchema } from './primitives.ts';
import { commandKinds, commandOutcomes } from './protocol.ts';
import { profileSchema } from './profile.ts';
import { snapshotSchema } from './snapshot.ts';
import { holidayRuleSchema } from './holidays.ts';
import { operatorTextSchema } from './operator.ts';
import { pinSchema } from './technician.ts';
import { phases, windowSchema } from './schedule.ts';
import { foldName, unitSchema } from './units.ts';
import { warningSchema } from './warnings.ts';

export const roles = ['viewer', 'editor', 'approver', 'admin'] as const;
export type Role = (typeof roles)[number];

/** `scoreboard`: read and send figures; `screens`: read what screens show. */
export const tokenScopes = ['scoreboard', 'screens'] as const;
export type TokenScope = (typeof tokenScopes)[number];

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

export const severities = ['error', 'warning', 'note'] as const;
export const findingCodes = [
  'unknown-unit',
  'ambiguous-unit',
  'unit-twice',
  'former-unit',
  'missing-unit',
  'count-empty',
  'count-not-a-number',
  'count-negative',
  'count-not-whole',
  'count-too-large',
  'base-missing',
  'total-row',
  'total-differs',
  'rows-before-heading',
  'encoding',
  'row-too-short',
  'row-too-long',
  'rows-after-total',
  'group-row',
  'other-sheets',
  'remembered-heading',
  'formula-without-value',
  'formula-error',
  'other-target',
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** What is said of one row of an imported file. */
export const findingSchema = z.object({
  severity: z.literal(severities),
  code: z.literal(findingCodes),
  /** Line of the file, 1 first; absent when it is about the whole file. */
  line: z.int().min(1).optional(),
  /** Heading of the column as the file writes it. */
  column: z.string().optional(),
  found: z.string().optional(),
  expected: localTextSchema,
});
export type Finding = z.infer<typeof findingSchema>;

export const importRowSchema = z.object({
  line: z.int().min(1),
  written: z.string(),
  unit: unitSchema.nullable(),
  count: z.int().nullable(),
  base: z.int().nullable(),
  target: z.int().nullable(),
  accepted: z.boolean(),
  /** Units that the written name may mean, where that is for a person to say; nothing is taken of the row before. */
  choices: z.array(unitSchema).default([]),
  /** Code of the one that this sender chose for this name before: a hint, never taken by itself. */
  suggested: z.string().nullable().default(null),
  /** Rank now and after this import. */
  rankBefore: z.int().nullable(),
  rankAfter: z.int().nullable(),
});

/** `held`: confirmed, and waiting for a second person; `dropped`: refused by that person, or withdrawn. */
export const importStates = ['pending', 'confirmed', 'held', 'dropped'] as const;
export type ImportState = (typeof importStates)[number];

export const importPreviewSchema = z.object({
  id: z.uuid(),
  file: z.string(),
  /** Of a workbook: the sheet that was read, and those that may be read instead. */
  sheet: z.string().nullable().default(null),
  sheets: z.array(z.string()).default([]),
  state: z.literal(importStates),
  sample: z.boolean(),
  /** Number of the snapshot in force whose place this one would take, as a correction. */
  corrects: z.int().optional(),
  cutOff: instantSchema,
  expiresAt: instantSchema,
  rows: z.array(importRowSchema),
  findings: z.array(findingSchema),
  /** What would have to wait for a second person; then the confirmation needs a reason. */
  holds: z.array(holdLineSchema).default([]),
  accepted: z.int(),
  errors: z.int(),
  /** What the city's total would be. */
  totals: z.object({ count: z.int(), base: z.int(), rate: z.number().nullable() }),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

/** What a row with choices means: the unit's code. */
export const unitChoicesSchema = z.array(z.strictObject({ line: z.int().min(1), unit: z.string().max(40) })).max(5_000);
export type UnitChoices = z.infer<typeof unitChoicesSchema>;
export const chooseSchema = z.strictObject({ choices: unitChoicesSchema });

/** JSON rows as an alternative to a file; counts may be numbers or text as in a table. */
export const importJsonSchema = z.strictObject({
  cutOff: z.iso.datetime({ offset: true }).optional(),
  sample: z.boolean().optional(),
  /** Number of the snapshot in force that these figures put right. */
  corrects: z.int().min(1).optional(),
  rows: z
    .array(
      z.strictObject({
        unit: z.string().max(200),
        count: z.number().or(z.string().max(40)),
        base: z.number().or(z.string().max(40)).optional(),
        target: z.number().or(z.string().max(40)).optional(),
      }),
    )
    .max(5_000),
});

/** Query of a file upload: when the sender closed the books (now, if absent), and whether the figures are made up. */
const columnSchema = z.coerce.number().int().min(1).max(256);
export const importQuerySchema = z.object({
  cutOff: z.iso.datetime({ offset: true }).optional(),
  sample: z.enum(['true', 'false']).optional(),
  /** Number of the snapshot in force that these figures put right. */
  corrects: z.coerce.number().int().min(1).optional(),
  file: z.string().max(200).optional(),
  /** Of a workbook: the sheet to read, where it is not the first one with a table. */
  sheet: z.string().max(200).optional(),
  /** Where the heading is in no usual spelling: its line in the file, and which column is which, counted from 1. */
  headingLine: z.coerce.number().int().min(1).optional(),
  codeColumn: columnSchema.optional(),
  unitColumn: columnSchema.optional(),
  countColumn: columnSchema.optional(),
  baseColumn: columnSchema.optional(),
  targetColumn: columnSchema.optional(),
});

/** `reason` is for a correction and for figures that are held, and public. */
export const confirmSchema = z.strictObject({
  leaveOutBadRows: z.boolean().default(false),
  reason: reasonSchema.optional(),
  /** The document on which a correction of the final result rests. */
  basis: basisSchema.optional(),
  choices: unitChoicesSchema.default([]),
});

export const scoreboardViewSchema = z.object({ current: snapshotSchema.nullable(), previous: snapshotSchema.nullable(), units: z.array(unitSchema) });
export type ScoreboardView = z.infer<typeof scoreboardViewSchema>;

export const newTokenSchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  scopes: z.array(z.literal(tokenScopes)).min(1),
  days: z.int().min(1).max(366).default(90),
  /** Unit to which it is limited; the whole city, or the unit of whoever makes it, when absent. */
  unit: z.string().max(40).nullable().default(null),
});
export const tokenViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.literal(tokenScopes)),
  unit: z.string().nullable(),
  createdAt: instantSchema,
  expiresAt: instantSchema,
  lastUsedAt: instantSchema.nullable(),
});
export const createdTokenSchema = tokenViewSchema.extend({ token: z.string() });

export const playViewSchema = z.object({
  screen: z.uuid(),
  chain: z.uuid(),
  seq: z.int(),
  item: z.string(),
  scene: z.string(),
  manifest: z.string(),
  startedAt: instantSchema,
  endedAt: instantSchema.nullable(),
  outcome: z.string().nullable(),
  clockTrusted: z.boolean(),
});
export type PlayView = z.infer<typeof playViewSchema>;

/**
 * What contradicts a screen's plays. `fork`: another entry stands at this number already; `gap`: entries before it are missing; `broken-chain`: it does not follow
 * on the one before; `went-back`: the player said before that its journal was longer.
 */
export const playFindingKinds = ['fork', 'gap', 'broken-chain', 'went-back'] as const;
export type PlayFindingKind = (typeof playFindingKinds)[number];

export const playProofSchema = z.object({
  chains: z.array(
    z.object({
      chain: z.uuid(),
      /** Entries received, without a gap. */
      received: z.int(),
      from: instantSchema.nullable(),
      to: instantSchema.nullable(),
      /** Last entry that the player said to have on disk; null when it never said. */
      anchored: z.int().nullable(),
      heardAt: instantSchema.nullable(),
      /** Entries that the player said to have and did not hand in yet. */
      missing: z.int(),
    }),
  ),
  findings: z.array(
    z.object({
      chain: z.uuid(),
      seq: z.int(),
      kind: z.literal(playFindingKinds),
      expected: z.string().nullable(),
      offered: z.string().nullable(),
      foundAt: instantSchema,
    }),
  ),
});
export type PlayProof = z.infer<typeof playProofSchema>;

/**
 * Paths of the staff API; the console and the tests call nothing else. What they answer, where the name does not say it:
 * lists are arrays; POST screens a `screenViewSchema`; PUT playlist (`changePlaylistSchema`) and POST playlists (`newPlaylistSchema`) the new `playlistViewSchema`;
 * POST imports (the file's bytes as the body, `importQuerySchema` in the query; or JSON) an `importPreviewSchema`; POST capture 202 without a body;
 * DELETE session, token, playlist 204.
 */
export const apiPaths = {
  session: '/api/session',
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
  plays: (screen: string) => `/api/screens/${screen}/plays`,
  playProof: (screen: string) => `/api/screens/${screen}/plays/proof`,
  playlists: '/api/playlists',
  playlist: (id: string) => `/api/playlists/${id}`,
  playlistFile: (id: string) => `/api/playlists/${id}/file`,
  publish: (id: string) => `/api/playlists/${id}/publish`,
  findings: (id: string) => `/api/playlists/${id}/findings`,
  imports: '/api/scoreboard/imports',
  import: (id: string) => `/api/scoreboard/imports/${id}`,
  choose: (id: string) => `/api/scoreboard/imports/${id}/choices`,
  confirm: (id: string) => `/api/scoreboard/imports/${id}/confirm`,
  scoreboard: '/api/scoreboard',
  template: '/api/scoreboard/template.csv',
  templateWorkbook: '/api/scoreboard/template.xlsx',
  tokens: '/api/tokens',
  token: (id: string) => `/api/tokens/${id}`,
} as const;
