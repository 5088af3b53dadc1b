// Why a snapshot's figures must not be on a screen at an instant.
import type { Campaign } from './campaign.ts';
import type { Snapshot } from './snapshot.ts';

export const boardTroubles = ['figures-missing', 'figures-other', 'figures-withdrawn', 'figures-sample', 'figures-old'] as const;
export type BoardTrouble = (typeof boardTroubles)[number];

const hourMs = 3_600_000;

/** The instant from which figures no longer stand; samples and final results never go stale. */
export function figuresLeaveAt({ sample, final, asOf }: Pick<Snapshot, 'sample' | 'final' | 'asOf'>, { stale }: Pick<Campaign, 'stale'>): number {
  return sample || final ? Number.POSITIVE_INFINITY : asOf + stale.leaveAfterHours * hourMs;
}

/** @returns undefined when they may be shown */
export function boardTrouble(snapshot: Snapshot | undefined, campaign: Campaign, trial: boolean, at: number): BoardTrouble | undefined {
  if (!snapshot) return 'figures-missing';
  if (snapshot.campaign !== campaign.id || snapshot.tree !== campaign.tree) return 'figures-other';
  if (snapshot.rows.length === 0) return 'figures-withdrawn';
  if (snapshot.sample) return trial ? undefined : 'figures-sample';
  return at > figuresLeaveAt(snapshot, campaign) ? 'figures-old' : undefined;
}
