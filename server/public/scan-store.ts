// Scans: that a code was opened, when and on what kind of phone; nothing of who.
import type { Placement } from '../../core/links.ts';
import type { Queries } from '../database/open-database.ts';
import type { Platform } from './phone.ts';

/** Whether a placement was ever given out: a screen's number, with an item or with none. */
export async function placementExists(db: Queries, { owner, item }: Placement): Promise<boolean> {
  const screen = await db.selectFrom('screens').select('number').where('number', '=', owner).executeTakeFirst();
  if (!screen || item === 0) return screen !== undefined;
  return (await db.selectFrom('playlist_items').select('number').where('number', '=', item).executeTakeFirst()) !== undefined;
}

export async function addScan(db: Queries, campaign: string, { owner, item }: Placement, platform: Platform, at: number): Promise<void> {
  await db.insertInto('scans').values({ campaign, owner, item, platform, at }).execute();
}
