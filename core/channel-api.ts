// The staff API's contract for channels: what there is, the rules that give screens theirs, and the channel of one screen.
import { z } from 'zod';
import { basisSchema } from './approval-api.ts';
import { channelRuleSchema, maxChannelRules } from './channel-rules.ts';
import { layerShareSchema, maxLayers } from './layers.ts';
import { slugSchema } from './primitives.ts';
import { audiences } from './profile.ts';
import { askedChangeSchema } from './settings-api.ts';

const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .refine((text) => text === text.normalize('NFC'), 'expected composed Unicode (NFC)');

export const channelSchema = z.object({
  id: slugSchema,
  name: z.string(),
  playlist: z.object({ id: slugSchema, name: z.string(), kind: z.string() }),
  /** How its air time is shared, its own playlist first. */
  layers: z.array(layerShareSchema.extend({ name: z.string(), unitName: z.string().nullable() })),
  /** Layers that wait for a second person. */
  asked: askedChangeSchema.nullable(),
  /** So many approvers have to sign by passkey before a screen with such viewers takes what it plays; 0 where it takes it as it is. */
  awaits: z.record(z.literal(audiences), z.int()),
  /** Of the manifest in force; null where its playlist was never published. */
  version: z.int().nullable(),
  screens: z.int(),
  /** Whether a rule names it. */
  ruled: z.boolean(),
});
export type ChannelView = z.infer<typeof channelSchema>;

export const channelsViewSchema = z.object({
  channels: z.array(channelSchema),
  rules: z.array(channelRuleSchema),
  /** Sent back with a change of the rules. */
  revision: z.int(),
  /** Rules that wait for a second person. */
  asked: askedChangeSchema.nullable(),
  mayChange: z.boolean(),
});
export type ChannelsView = z.infer<typeof channelsViewSchema>;

export const newChannelSchema = z.strictObject({ name: nameSchema, playlist: slugSchema });
/** All layers of a channel, its own playlist first, and those with which the edit began. */
export const putLayersSchema = z.strictObject({
  began: z.array(layerShareSchema).max(maxLayers),
  layers: z.array(layerShareSchema).min(1).max(maxLayers),
  basis: basisSchema.optional(),
});
/** What became of it: the screens have it, or it waits for a second person because of screens outdoors. */
export const layeredSchema = z.object({ channel: channelSchema, waiting: z.boolean() });
/** Copies of channels and of what they play, as drafts for another campaign. */
export const copyChannelsSchema = z.strictObject({
  channels: z.array(slugSchema).min(1).max(50),
  /** Stands behind every name: "Màn hình LED – Tết 2027". */
  suffix: nameSchema.max(40),
  /** So many days later are the dates of items. */
  days: z.int().min(-3_650).max(3_650).default(0),
});
export const copiedChannelsSchema = z.object({ view: channelsViewSchema, made: z.array(slugSchema) });
export const putRulesSchema = z.strictObject({ revision: z.int(), rules: z.array(channelRuleSchema).max(maxChannelRules), basis: basisSchema.optional() });
/** What became of a change: which screens play something else now, or that it waits for a second person because of screens outdoors. */
export const ruledSchema = z.object({ view: channelsViewSchema, moved: z.int(), waiting: z.boolean() });
/** `null` lets the rules decide. */
export const screenChannelSchema = z.strictObject({ channel: slugSchema.nullable(), basis: basisSchema.optional() });

export const channelPaths = {
  channels: '/api/channels',
  copies: '/api/channels/copies',
  channel: (id: string) => `/api/channels/${id}`,
  layers: (id: string) => `/api/channels/${id}/layers`,
  rules: '/api/channel-rules',
  ofScreen: (screen: string) => `/api/screens/${screen}/channel`,
} as const;
