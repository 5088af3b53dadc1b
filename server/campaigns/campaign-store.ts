// The campaign in force: its settings as they are signed into every manifest.
import { campaignSchema, type Campaign } from '../../core/campaign.ts';
import type { Queries } from '../database/open-database.ts';

/** Settings change once in weeks and are asked for by every phone that opens a code: those that were read last are kept by their text. */
let lastRead: { readonly document: string; readonly campaign: Campaign } | undefined;

/** Everybody gets the same object, so nobody may change it. */
function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(Object.freeze(value))) frozen(inner);
  return value;
}

export async function currentCampaign(db: Queries): Promise<Campaign | undefined> {
  const row = await db.selectFrom('campaigns').select('document').where('current', '=', 1).executeTakeFirst();
  if (!row) return undefined;
  const { document } = row;
  if (lastRead?.document !== document) lastRead = { document, campaign: frozen(campaignSchema.parse(JSON.parse(document))) };
  return lastRead.campaign;
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

/** Those that were in force before, as they were last; the latest first. */
export async function pastCampaigns(db: Queries): Promise<Campaign[]> {
  const rows = await db.selectFrom('campaigns').select('document').where('current', '=', 0).orderBy('updated_at', 'desc').orderBy('id').execute();
  return rows.map(({ document }) => campaignSchema.parse(JSON.parse(document)));
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
