// The next campaign as it is typed: the one in force as a copy, without what has to be another's.
import type { Campaign } from '../../core/campaign.ts';
import { treeOn, type Tree } from '../../core/campaigns-api.ts';
import { campaignDraft, sentWords, typedWords, type CampaignDraft, type WordsDraft } from './campaign-draft.ts';

export interface NextDraft {
  readonly settings: CampaignDraft;
  /** Chosen by a person; null while it follows from the first day. */
  readonly tree: string | null;
  readonly measure: WordsDraft;
  readonly base: WordsDraft;
  readonly baseSource: string;
  readonly baseAsOf: string;
}

/** Name, plan and dates are empty: they are never those of the campaign before. Nor are the sources of a trial, which made its figures up. */
export function nextDraft(campaign: Campaign): NextDraft {
  const { measure, denominator, trial } = campaign;
  const none = { vi: '', en: '' };
  const fresh = { name: none, plan: '', period: { startDate: '', endDate: '' }, phases: [], ...(trial ? { source: none } : {}) };
  return {
    settings: { ...campaignDraft(campaign), ...fresh },
    tree: null,
    measure: typedWords(measure.name),
    base: typedWords(denominator.name),
    baseSource: trial ? '' : denominator.source,
    baseAsOf: trial ? '' : denominator.asOf,
  };
}

/** The tree that goes with the draft. */
export function draftTree({ tree, settings }: NextDraft, trees: readonly Tree[], inForce: string): string {
  return tree ?? (settings.period.startDate === '' ? inForce : treeOn(trees, settings.period.startDate, inForce));
}

export function sentContest({ measure, base, baseSource, baseAsOf }: NextDraft, tree: string): object {
  return {
    tree,
    measure: sentWords(measure),
    denominator: { name: sentWords(base), source: baseSource.trim().normalize('NFC'), asOf: baseAsOf },
  };
}
