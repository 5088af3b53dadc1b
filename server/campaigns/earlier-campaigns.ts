// The campaigns before the one in force, each with the last figures that it published: for staff and for everybody.
import type { Campaign } from '../../core/campaign.ts';
import type { Queries } from '../database/open-database.ts';
import { currentSnapshots } from '../scoreboard/snapshot-store.ts';
import { pastCampaigns } from './campaign-store.ts';

export interface EarlierContest {
  readonly campaign: Campaign;
  /** Number of its last real figures; undefined where none stand. */
  readonly latest: number | undefined;
}

/** The latest first. */
export async function earlierContests(db: Queries): Promise<EarlierContest[]> {
  const list: EarlierContest[] = [];
  for (const campaign of await pastCampaigns(db)) {
    const last = (await currentSnapshots(db, campaign.id, campaign.tree, 'real'))?.current.snapshot;
    list.push({ campaign, latest: last && last.rows.length > 0 ? last.number : undefined });
  }
  return list;
}
