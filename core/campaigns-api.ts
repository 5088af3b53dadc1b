// The staff API's contract for the campaigns of a server, one after the other: those before the one in force, and beginning the next.
import { z } from 'zod';
import { basisSchema } from './approval-api.ts';
import { campaignSchema } from './campaign.ts';
import { localDateSchema, localTextSchema, slugSchema } from './primitives.ts';
import { askedChangeSchema, campaignSettingsSchema } from './settings-api.ts';
import { isCityTree } from './units.ts';

const words = localTextSchema.strict();

/** What the contest is about. It stays for the whole campaign, or its figures could not be compared. */
export const contestSchema = z.strictObject({
  tree: slugSchema,
  measure: words,
  denominator: z.strictObject({ name: words, source: z.string().min(1).max(200), asOf: localDateSchema }),
});

/** The next campaign. Its id comes from its name; zone and host of codes are the server's and go on. With the revision of the one in force from which it was copied. */
export const nextCampaignSchema = z.strictObject({
  revision: z.int(),
  settings: campaignSettingsSchema,
  contest: contestSchema,
  basis: basisSchema.optional(),
});
export type NextCampaign = z.output<typeof nextCampaignSchema>;

/** Units that may compete with each other, and the days between which all of them exist. */
export const treeSchema = z.object({ id: slugSchema, units: z.int(), from: localDateSchema, until: localDateSchema.nullable() });
export type Tree = z.infer<typeof treeSchema>;

export const earlierCampaignSchema = campaignSchema.pick({ id: true, name: true, plan: true, period: true, trial: true }).extend({
  closedOn: localDateSchema.nullable(),
  /** Number of its last published figures; null where there are none. */
  latest: z.int().nullable(),
});
export type EarlierCampaign = z.infer<typeof earlierCampaignSchema>;

export const campaignsViewSchema = z.object({
  /** The latest first. */
  earlier: z.array(earlierCampaignSchema),
  trees: z.array(treeSchema),
  /** The next campaign, while it waits for a second administrator. */
  asked: askedChangeSchema.nullable(),
  /** Why the next one cannot begin yet, whoever asks. */
  why: localTextSchema.nullable(),
  mayBegin: z.boolean(),
});
export type CampaignsView = z.infer<typeof campaignsViewSchema>;

export const campaignsPath = '/api/campaigns';

/** Whether all units of a tree exist on a day. */
export const existsOn = ({ from, until }: Tree, day: string): boolean => from <= day && (until === null || day <= until);

/** The tree for a campaign that begins on a day: the one in force where it exists then, else the city's of that day. */
export function treeOn(trees: readonly Tree[], day: string, inForce: string): string {
  const existing = trees.filter((tree) => existsOn(tree, day)).map(({ id }) => id);
  return existing.find((id) => id === inForce) ?? existing.find(isCityTree) ?? inForce;
}
