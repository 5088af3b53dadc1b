// The campaign in force: its settings as they are signed into every manifest.
import { campaignSchema, type Campaign } from '../../core/campaign.ts';
import type { Queries } from '../database/open-database.ts';

export async function currentCampaign(db: Queries): Promise<Campaign | undefined> {
  const row = await db.selectFrom('campaigns').select('document').where('current', '=', 1).executeTakeFirst();
  return row && campaignSchema.parse(JSON.parse(row.document));
}

/** How often the campaign in force has changed, and whether staff ever did that. */
export async function campaignFacts(db: Queries): Promise<{ revision: number; isEdited: boolean }> {
  const row = await db.selectFrom('campaigns').select(['revision', 'edited_by_staff']).where('current', '=', 1).executeTakeFirst();
  return { revision: row?.revision ?? 0, isEdited: row?.edited_by_staff === 1 };
}

/** A campaign of whatever time, as it was last in force. */
export async function findCampaign(db: Queries, id: string): Promise<Campaign | undefined> {
  const row = await db.selectFrom('campaigns').select('document').where('id', '=', id).executeTakeFirst();
  return row && campaignSchema.parse(JSON.parse(row.document));
}

/** Saves a campaign and makes it the one in force. @param byStaff from then on the shipped file is left alone */
export async function putCurrentCampaign(db: Queries, campaign: Campaign, now: number, byStaff = false): Promise<void> {
  await db.updateTable('campaigns').set({ current: 0 }).where('id', '!=', campaign.id).execute();
  const row = { document: JSON.stringify(campaign), current: 1 as const, updated_at: now, ...(byStaff ? { edited_by_staff: 1 as const } : {}) };
  await db
    .insertInto('campaigns')
    .values({ id: campaign.id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet((eb) => ({ ...row, revision: eb('campaigns.revision', '+', 1) })))
    .execute();
}
