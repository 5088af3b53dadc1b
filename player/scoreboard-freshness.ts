// Why a snapshot's figures must not be on a screen at an instant.
import type { Campaign } from '../core/campaign.ts';
import type { Snapshot } from '../core/snapshot.ts';

const hourMs = 3_600_000;

/** @returns undefined when they may be shown; samples and final results never go stale */
export function scoreboardReason(snapshot: Snapshot, campaign: Campaign, trial: boolean, at: number): string | undefined {
  if (snapshot.campaign !== campaign.id || snapshot.tree !== campaign.tree) return 'the figures are of another campaign';
  if (snapshot.rows.length === 0) return 'the figures were withdrawn';
  if (snapshot.sample) return trial ? undefined : 'sample figures are only for trial screens';
  if (snapshot.final) return undefined;
  return at - snapshot.asOf > campaign.stale.leaveAfterHours * hourMs ? 'the figures are too old' : undefined;
}
