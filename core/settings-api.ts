// The staff API's contract for settings: the campaign in force, and changes that one person asked for and another has to want too.
import { z } from 'zod';
import { basisSchema } from './approval-api.ts';
import { campaignSchema, periodSchema } from './campaign.ts';
import type { CustomReason } from './field-problems.ts';
import { fieldChangeSchema } from './field-changes.ts';
import { holdLimitsSchema } from './holds.ts';
import { instantSchema, localTextSchema, sha256Schema } from './primitives.ts';
import { slotSchema } from './alert-templates.ts';

const inOrder: { error: CustomReason; path: string[] } = { error: 'ends-before-start', path: ['endDate'] };
const period = periodSchema.strict().refine(({ startDate, endDate }) => startDate <= endDate, inOrder);

/** An end of a sentence on a screen: letters, digits, simple marks. */
const occasion = z.strictObject({ vi: slotSchema, en: slotSchema.optional() });
const link = z.strictObject({
  url: campaignSchema.shape.links.shape.web.shape.url,
  /** Somebody has opened it and it leads where it should. */
  confirmed: z.boolean(),
});
const hours = z.number().positive().max(8_760);
const stale = z
  .strictObject({ greyAfterHours: hours, leaveAfterHours: hours })
  .refine(({ greyAfterHours, leaveAfterHours }) => greyAfterHours <= leaveAfterHours, {
    error: 'leaves-before-grey' satisfies CustomReason,
    path: ['leaveAfterHours'],
  });
const fullText = localTextSchema.strict();

/** What staff may set of a campaign. Its units, measure and base stay, or its figures could not be compared; the host of its codes has a way of its own. */
export const campaignSettingsSchema = z.strictObject({
  name: fullText,
  plan: campaignSchema.shape.plan,
  speaker: fullText,
  source: fullText,
  period,
  phases: z
    .array(z.strictObject({ name: fullText, basis: z.string().max(120), ...periodSchema.shape }).refine((each) => each.startDate <= each.endDate, inOrder))
    .max(24),
  rankBy: z.literal(['rate', 'count']),
  links: z.strictObject({ ios: link, android: link, web: link }),
  helpline: z.strictObject({ number: z.string().max(20), branch: z.string().max(10).optional(), confirmed: z.boolean() }),
  stale,
  holds: holdLimitsSchema.strict(),
  maxOfflineDays: z.number().positive().max(365),
  occasions: z.array(occasion).max(20),
});
export type CampaignSettings = z.infer<typeof campaignSettingsSchema>;

/** With the revision with which the edit began. */
export const changeCampaignSchema = z.strictObject({ revision: z.int(), settings: campaignSettingsSchema, basis: basisSchema.optional() });

const wordsSchema = z.object({ vi: z.string(), en: z.string() });
/** `next-campaign`: what follows the campaign in force; `channel`: what one screen outdoors plays; `rules`: which screens play what; `layers`: how the air time of a channel is shared. */
export const askedKinds = ['campaign', 'next-campaign', 'screen', 'channel', 'rules', 'layers'] as const;
export type AskedKind = (typeof askedKinds)[number];

/** A change of settings that waits for a second person. */
export const askedChangeSchema = z.object({
  id: z.uuid(),
  kind: z.literal(askedKinds),
  subject: z.object({ id: z.string(), name: z.string() }),
  changes: z.array(fieldChangeSchema),
  loosens: z.boolean(),
  basis: basisSchema.nullable(),
  asked: z.object({ by: z.string(), at: instantSchema }),
  /** Of what stands and what would stand: sent back, so that nothing else is carried out. */
  digest: sha256Schema,
  /** So many approvers have to sign by passkey before the screens concerned take what it brings; 0 when they take it at once. */
  awaits: z.int().default(0),
  may: z.object({ confirm: z.boolean(), drop: z.boolean() }),
  /** Why it is not for whoever asks to carry it out; null when it is. */
  why: wordsSchema.nullable(),
});
export type AskedChange = z.infer<typeof askedChangeSchema>;
export const confirmChangeSchema = z.strictObject({ digest: sha256Schema });

export const campaignViewSchema = z.object({
  campaign: campaignSchema,
  revision: z.int(),
  /** Whether a change waits for a second person. */
  secondPerson: z.boolean(),
  asked: askedChangeSchema.nullable(),
  mayChange: z.boolean(),
});
export type CampaignView = z.infer<typeof campaignViewSchema>;

export const settingsPaths = {
  campaign: '/api/campaign',
  asked: '/api/changes',
  confirm: (id: string) => `/api/changes/${id}/confirm`,
  drop: (id: string) => `/api/changes/${id}`,
} as const;
