// The campaign in force: its settings as they are signed into every manifest.
import { campaignSchema, type Campaign } from '../../core/campaign.ts';
import type { Queries } from '../database/open-database.ts';

export async function currentCampaign(db: Queries): Promise<Campaign | undefined> {
  const row = await db.selectFrom('campaigns').select('document').where('current', '=', 1).executeTakeFirst();
  return row && campaignSchema.parse(JSON.parse(row.document));
}

/** A campaign of whatever time, as it was last in force. */
export async function findCampaign(db: Queries, id: string): Promise<Campaign | undefined> {
  const row = await db.selectFrom('campaigns').select('document').where('id', '=', id).executeTakeFirst();
  return row && campaignSchema.parse(JSON.parse(row.document));
}

/** Saves a campaign and makes it the one in force. */
export async function putCurrentCampaign(db: Queries, campaign: Campaign, now: number): Promise<void> {
  await db.updateTable('campaigns').set({ current: 0 }).where('id', '!=', campaign.id).execute();
  const row = { document: JSON.stringify(campaign), current: 1 as const, updated_at: now };
  await db
    .insertInto('campaigns')
    .values({ id: campaign.id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}
