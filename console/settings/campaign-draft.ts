// The campaign's settings as they are typed, and what is sent of them.
import { holdLimitsOf, type Campaign } from '../../core/campaign.ts';
import type { LocalText } from '../../core/primitives.ts';

export interface WordsDraft {
  readonly vi: string;
  readonly en: string;
}
export interface PhaseDraft {
  readonly name: WordsDraft;
  readonly basis: string;
  readonly startDate: string;
  readonly endDate: string;
}
export interface LinkDraft {
  readonly url: string;
  readonly confirmed: boolean;
}
type Numbers<Key extends string> = Readonly<Record<Key, number | null>>;

/** Numbers are null while their field is empty. */
export interface CampaignDraft {
  readonly name: WordsDraft;
  readonly plan: string;
  readonly speaker: WordsDraft;
  readonly source: WordsDraft;
  readonly period: { readonly startDate: string; readonly endDate: string };
  readonly phases: readonly PhaseDraft[];
  readonly rankBy: Campaign['rankBy'];
  readonly links: Readonly<Record<'ios' | 'android' | 'web', LinkDraft>>;
  readonly helpline: { readonly number: string; readonly branch: string; readonly confirmed: boolean };
  readonly stale: Numbers<'greyAfterHours' | 'leaveAfterHours'>;
  readonly holds: Numbers<'basePercent' | 'dayPercent' | 'stepPercent' | 'stepCount'>;
  readonly maxOfflineDays: number | null;
  readonly occasions: readonly WordsDraft[];
}

export const typedWords = ({ vi, en = '' }: LocalText): WordsDraft => ({ vi, en });
const clean = (text: string) => text.trim().normalize('NFC');
export const sentWords = ({ vi, en }: WordsDraft): LocalText => (clean(en) === '' ? { vi: clean(vi) } : { vi: clean(vi), en: clean(en) });

export function campaignDraft(campaign: Campaign): CampaignDraft {
  const { name, plan, speaker, source, period, phases, rankBy, links, helpline, stale, maxOfflineDays, occasions = [] } = campaign;
  return {
    ...{ name: typedWords(name), plan, speaker: typedWords(speaker), source: typedWords(source), period, rankBy, links, stale, maxOfflineDays },
    phases: phases.map((phase) => ({ ...phase, name: typedWords(phase.name) })),
    helpline: { number: helpline.number, branch: helpline.branch ?? '', confirmed: helpline.confirmed },
    holds: holdLimitsOf(campaign),
    occasions: occasions.map(typedWords),
  };
}

export function sentCampaign({ name, plan, speaker, source, phases, helpline, links, occasions, ...same }: CampaignDraft): object {
  const { number, branch, confirmed } = helpline;
  const link = ({ url, confirmed: isConfirmed }: LinkDraft) => ({ url: url.trim(), confirmed: isConfirmed });
  return {
    ...same,
    ...{ name: sentWords(name), plan: clean(plan), speaker: sentWords(speaker), source: sentWords(source), occasions: occasions.map(sentWords) },
    phases: phases.map((phase) => ({ ...phase, name: sentWords(phase.name), basis: clean(phase.basis) })),
    links: { ios: link(links.ios), android: link(links.android), web: link(links.web) },
    helpline: { number: number.trim(), confirmed, ...(branch.trim() === '' ? {} : { branch: branch.trim() }) },
  };
}
