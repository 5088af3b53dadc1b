// The shipped campaign. A trial's runs in the current calendar month and on the chosen tree; otherwise it is as the plan says.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { calendarMonth, campaignSchema, localDay, type Campaign } from '../../core/campaign.ts';
import { isOver, type Dates } from '../../core/phases.ts';
import { campaignFacts, currentCampaign, putCurrentCampaign } from '../campaigns/campaign-store.ts';
import { unitsOfTree } from '../units/unit-store.ts';
import type { Queries } from '../database/open-database.ts';

export interface CampaignChoice {
  readonly trial: boolean;
  /** Asked for; else the tree stays as it is. */
  readonly tree: string | undefined;
}

export async function readShippedCampaign(path: string): Promise<Campaign> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`, { cause: error });
  }
  const parsed = campaignSchema.safeParse(json);
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Dates of a trial: the calendar month, or those of a contest whose final result is still shown. */
function trialDates(before: Campaign | undefined, now: number, zone: string): Dates {
  const isShowing = before?.trial === true && before.closedOn !== undefined && !isOver(before, localDay(now, zone));
  return isShowing ? { period: before.period, closedOn: before.closedOn } : { period: calendarMonth(now, zone) };
}

/**
 * Puts the campaign in force. A trial's follows the shipped file until staff change its settings; one that is no trial is left as staff have it.
 * @returns whether screens have to learn of a change, and of another tree
 */
export async function seedCampaign(
  db: Queries,
  shipped: Campaign,
  { trial, tree }: CampaignChoice,
  now: number,
): Promise<{ changed: boolean; otherTree: boolean }> {
  const before = await currentCampaign(db);
  if (before && !before.trial) return { changed: false, otherTree: false };
  const asTrial = before?.trial ?? trial;
  const chosen = tree ?? before?.tree ?? shipped.tree;
  if ((await unitsOfTree(db, chosen)).length === 0)
    throw new Error(`cây đơn vị ${chosen} không có đơn vị nào; thêm --units FILE · the tree ${chosen} has no units; name their file with --units`);
  // The host of the codes is the site's, not the file's.
  const host = before?.scanHost === undefined ? {} : { scanHost: before.scanHost };
  // So is what staff have set.
  const { closedOn, ...settings } = before && (await campaignFacts(db)).isEdited ? before : shipped;
  const dates = asTrial ? trialDates(before?.tree === chosen ? before : undefined, now, shipped.zone) : closedOn === undefined ? {} : { closedOn };
  const campaign: Campaign = { ...settings, ...host, trial: asTrial, tree: chosen, ...dates };
  if (before && JSON.stringify(before) === JSON.stringify(campaign)) return { changed: false, otherTree: false };
  await putCurrentCampaign(db, campaign, now);
  return { changed: before !== undefined, otherTree: before !== undefined && before.tree !== chosen };
}

/** Moves a trial's campaign to the calendar month that an instant lies in, once its result phase is over where it has one. @returns whether it had to move */
export async function rollTrialCampaign(db: Queries, now: number): Promise<boolean> {
  const campaign = await currentCampaign(db);
  if (!campaign?.trial) return false;
  const { closedOn, ...running } = campaign;
  const dates = trialDates(campaign, now, campaign.zone);
  const { startDate, endDate } = dates.period;
  if (startDate === campaign.period.startDate && endDate === campaign.period.endDate && dates.closedOn === closedOn) return false;
  await putCurrentCampaign(db, { ...running, ...dates }, now);
  return true;
}
