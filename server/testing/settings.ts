// The settings of a campaign as staff send them back.
import { holdLimitsOf, type Campaign } from '../../core/campaign.ts';
import { currentCampaign, putCurrentCampaign } from '../campaigns/campaign-store.ts';
import type { ServerContext } from '../context.ts';
import type { CampaignSettings } from '../../core/settings-api.ts';

export function settingsOf(campaign: Campaign): CampaignSettings {
  const { name, plan, speaker, source, period, phases, rankBy, links, helpline, stale, maxOfflineDays, occasions = [] } = campaign;
  return { name, plan, speaker, source, period, phases, rankBy, links, helpline, stale, holds: holdLimitsOf(campaign), maxOfflineDays, occasions };
}

/** As two administrators would: links and help line of the campaign were tried and lead where they should. */
export async function confirmLinks({ db, now }: Pick<ServerContext, 'db' | 'now'>): Promise<void> {
  const campaign = await currentCampaign(db);
  if (!campaign) throw new Error('there is no campaign');
  const { ios, android, web } = campaign.links;
  const confirmed = true;
  const links = { ios: { ...ios, confirmed }, android: { ...android, confirmed }, web: { ...web, confirmed } };
  await putCurrentCampaign(db, { ...campaign, links, helpline: { ...campaign.helpline, confirmed } }, now(), true);
}
