// Why a snapshot's figures must not be on this screen at an instant, as the player says it.
import { boardTrouble, type BoardTrouble } from '../core/board-trouble.ts';
import type { Campaign } from '../core/campaign.ts';
import type { Snapshot } from '../core/snapshot.ts';

const sentences: Readonly<Record<BoardTrouble, string>> = {
  'figures-missing': 'there are no figures yet',
  'figures-other': 'the figures are of another campaign',
  'figures-withdrawn': 'the figures were withdrawn',
  'figures-sample': 'sample figures are only for trial screens',
  'figures-old': 'the figures are too old',
};

/** @returns undefined when they may be shown */
export function scoreboardReason(snapshot: Snapshot | undefined, campaign: Campaign, trial: boolean, at: number): string | undefined {
  const trouble = boardTrouble(snapshot, campaign, trial, at);
  return trouble && sentences[trouble];
}
