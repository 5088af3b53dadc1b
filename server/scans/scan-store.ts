// Scans: that a code was opened, when and on what kind of phone; nothing of who.
import type { AsideKind } from '../../core/scan-api.ts';
import type { Queries } from '../database/open-database.ts';
import type { NewRow } from '../database/schema.ts';
import { newSalt } from './device-hash.ts';

/** Which numbers were given to a screen and which to paper. */
export async function knownOwners(db: Queries, owners: readonly number[]): Promise<Map<number, 'screen' | 'paper'>> {
  const screens = await db.selectFrom('screens').select('number').where('number', 'in', owners).execute();
  const paper = await db.selectFrom('placements').select('owner').where('owner', 'in', owners).execute();
  return new Map([...screens.map(({ number }) => [number, 'screen'] as const), ...paper.map(({ owner }) => [owner, 'paper'] as const)]);
}

/** The salt of a day. Those of other days go, and with them every hash that they made. */
export async function saltOf(db: Queries, day: string): Promise<string> {
  await forgetOtherDays(db, day);
  await db
    .insertInto('scan_days')
    .values({ day, salt: newSalt() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await db.selectFrom('scan_days').select('salt').where('day', '=', day).executeTakeFirstOrThrow()).salt;
}

export async function forgetOtherDays(db: Queries, day: string): Promise<void> {
  await db.deleteFrom('scan_days').where('day', '!=', day).execute();
  await db.deleteFrom('scan_devices').where('day', '!=', day).execute();
}

/** When each of these hashes was seen last today. */
export async function seenToday(db: Queries, hashes: readonly string[]): Promise<Map<string, number>> {
  if (hashes.length === 0) return new Map();
  const rows = await db.selectFrom('scan_devices').select(['hash', 'seen_at']).where('hash', 'in', hashes).execute();
  return new Map(rows.map(({ hash, seen_at }) => [hash, seen_at]));
}

export async function keepDevices(db: Queries, devices: readonly NewRow<'scan_devices'>[]): Promise<void> {
  if (devices.length === 0) return;
  await db
    .insertInto('scan_devices')
    .values(devices)
    .onConflict((conflict) => conflict.column('hash').doUpdateSet((eb) => ({ seen_at: eb.ref('excluded.seen_at') })))
    .execute();
}

export async function addScans(db: Queries, scans: readonly NewRow<'scans'>[]): Promise<void> {
  if (scans.length > 0) await db.insertInto('scans').values(scans).execute();
}

export interface Aside {
  readonly campaign: string;
  readonly owner: number;
  readonly item: number;
  readonly hour: number;
  readonly kind: AsideKind;
}

export async function countAsides(db: Queries, asides: readonly Aside[]): Promise<void> {
  const sums = new Map<string, NewRow<'scan_asides'>>();
  for (const aside of asides) {
    const key = JSON.stringify(aside);
    sums.set(key, { ...aside, count: (sums.get(key)?.count ?? 0) + 1 });
  }
  if (sums.size === 0) return;
  await db
    .insertInto('scan_asides')
    .values([...sums.values()])
    .onConflict((conflict) =>
      conflict.columns(['hour', 'owner', 'item', 'kind', 'campaign']).doUpdateSet((eb) => ({ count: eb('scan_asides.count', '+', eb.ref('excluded.count')) })),
    )
    .execute();
}
