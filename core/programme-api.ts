// What a screen had or will have on at an instant, why each item is on or not, and what the coming day lacks: the contract of the staff API.
import { z } from 'zod';
import { itemTroubles } from './item-trouble.ts';
import { screenStates } from './manifest.ts';
import { outcomes } from './play.ts';
import { instantSchema, sha256Schema } from './primitives.ts';
import { windowSchema } from './schedule.ts';

/** The longest stretch that is answered at once, minutes. */
export const longestProgramme = 120;

export const programmeQuerySchema = z.object({
  /** The instant that is asked about; now when absent. */
  at: z.iso.datetime({ offset: true }).optional(),
  minutes: z.coerce.number().int().min(1).max(longestProgramme).default(10),
});

/** What the screen recorded in a turn's place. */
const shownSchema = z.object({
  /** What it showed, by name where that is known. */
  name: z.string(),
  startedAt: instantSchema,
  endedAt: instantSchema.nullable(),
  outcome: z.literal(outcomes).nullable(),
  /** Why something else than the planned item, or why it ended early; the player's words. */
  reason: z.string().nullable(),
});
export type ShownTurn = z.infer<typeof shownSchema>;

export const programmeTurnSchema = z.object({
  start: instantSchema,
  end: instantSchema,
  /** Null where nothing is scheduled: then the factory playlist stands in. */
  item: z.string().nullable(),
  name: z.string().nullable(),
  /** Why another item stands in for it. */
  trouble: z.literal(itemTroubles).nullable(),
  shown: z.array(shownSchema),
});
export type ProgrammeTurn = z.infer<typeof programmeTurnSchema>;

/** What lies over the whole programme; `order` is its number. */
const coveredSchema = z.object({ state: z.literal(['stopped', 'solemn', 'alert', 'off']), order: z.int().nullable() });

/** A time in which content, orders, hours and the screen's own facts stayed the same. */
export const stretchSchema = z.object({
  start: instantSchema,
  end: instantSchema,
  channel: z.string(),
  state: z.literal(screenStates),
  cover: coveredSchema.nullable(),
  /** Null: nothing was published, the factory playlist is on. */
  manifest: z.object({ sha256: sha256Schema, version: z.int(), issuedAt: instantSchema, author: z.string() }).nullable(),
  turns: z.array(programmeTurnSchema),
});
export type Stretch = z.infer<typeof stretchSchema>;

/** `on`: shown at that instant; `waits`: planned, at `nextAt`; the others say what holds it back, the outermost first. */
export const itemStandings = [
  'on',
  'waits',
  'out-of-service',
  'stopped',
  'solemn',
  'alert',
  'off',
  'quarantined',
  'switched-off',
  'not-published',
  'no-phase',
  ...itemTroubles,
] as const;
export const itemStandingSchema = z.object({
  item: z.string(),
  name: z.string(),
  scene: z.string(),
  standing: z.literal(itemStandings),
  nextAt: instantSchema.nullable(),
  windows: z.array(windowSchema),
  /** The player's own words, where it holds an item back. */
  detail: z.string().nullable(),
});
export type ItemStanding = z.infer<typeof itemStandingSchema>;

export const programmeViewSchema = z.object({
  screen: z.uuid(),
  at: instantSchema,
  zone: z.string(),
  from: instantSchema,
  until: instantSchema,
  /** From when on there is such a screen; before that there is nothing to tell. */
  knownSince: instantSchema.nullable(),
  stretches: z.array(stretchSchema),
  /** Turns that were recorded and fit no planned one. */
  others: z.array(shownSchema),
  /** Every item of the content in force at that instant, and those of its list that are not in it. */
  items: z.array(itemStandingSchema),
});
export type ProgrammeView = z.infer<typeof programmeViewSchema>;

/** What the coming day lacks on a screen. `nothing-published` and `gap`: nothing to show; the rest is content that goes or is not what people think. */
export const outlookKinds = [
  'nothing-published',
  'gap',
  'expired',
  'expires',
  'media-expired',
  'figures-missing',
  'figures-leave',
  'link-unconfirmed',
  'campaign-over',
  'unsigned',
  'behind',
  'lost',
] as const;
export const outlookFindingSchema = z.object({
  kind: z.literal(outlookKinds),
  from: instantSchema,
  until: instantSchema.nullable(),
  /** Names of the items concerned. */
  items: z.array(z.string()),
  /** The screens concerned. */
  screens: z.array(z.object({ id: z.uuid(), name: z.string() })).min(1),
});
export type OutlookFinding = z.infer<typeof outlookFindingSchema>;
export const outlookSchema = z.object({
  at: instantSchema,
  until: instantSchema,
  /** Screens in service that were looked at. */
  screens: z.int(),
  findings: z.array(outlookFindingSchema),
});
export type Outlook = z.infer<typeof outlookSchema>;

export const programmePaths = {
  programme: (screen: string) => `/api/screens/${screen}/programme`,
  outlook: '/api/outlook',
} as const;
