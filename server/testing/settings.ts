// The settings of a campaign as staff send them back.
import { holdLimitsOf, type Campaign } from '../../core/campaign.ts';
import type { CampaignSettings } from '../../core/settings-api.ts';

export function settingsOf(campaign: Campaign): CampaignSettings {
  const { name, plan, speaker, source, period, phases, rankBy, links, helpline, stale, maxOfflineDays, occasions = [] } = campaign;
  return { name, plan, speaker, source, period, phases, rankBy, links, helpline, stale, holds: holdLimitsOf(campaign), maxOfflineDays, occasions };
}
