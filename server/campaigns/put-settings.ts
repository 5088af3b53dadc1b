// Puts other settings of the campaign in force and issues every programme anew, since each carries them.
import type { Campaign } from '../../core/campaign.ts';
import { listChannels } from '../channels/channel-store.ts';
import type { ServerContext } from '../context.ts';
import type { Queries } from '../database/open-database.ts';
import { republish } from '../manifests/publish.ts';
import { putCurrentCampaign } from './campaign-store.ts';

/** Runs inside a transaction; the caller then tells the players. */
export async function putSettings({ keys, now }: Pick<ServerContext, 'keys' | 'now'>, db: Queries, campaign: Campaign, by: string): Promise<void> {
  await putCurrentCampaign(db, campaign, now(), true);
  await republish(db, await listChannels(db), { keys, by, at: now() });
}
