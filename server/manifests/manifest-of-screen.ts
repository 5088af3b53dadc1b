// What a screen should play: what was issued for it first, while a publish is tried on a few, or else what its channel plays.
import { findChannel, type Channel } from '../channels/channel-store.ts';
import type { Queries } from '../database/open-database.ts';
import type { Screen } from '../screens/screen-store.ts';

export async function manifestOfScreen(db: Queries, { channel, canary }: Pick<Screen, 'channel' | 'canary'>): Promise<Channel['manifest']> {
  const own = canary === null ? undefined : await issuedManifest(db, canary);
  return own ?? (await findChannel(db, channel))?.manifest ?? null;
}

export async function issuedManifest(db: Queries, sha256: string): Promise<NonNullable<Channel['manifest']> | undefined> {
  return db.selectFrom('manifests').select(['sha256', 'version', 'issued_at as issuedAt']).where('sha256', '=', sha256).executeTakeFirst();
}
