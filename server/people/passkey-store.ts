// The passkeys of people, and the challenges that they are asked to sign.
import type { Queries } from '../database/open-database.ts';
import type { Row } from '../database/schema.ts';
import { dropUselessCodes } from './second-factor-store.ts';

export type Passkey = Row<'passkeys'>;

/** So long a browser may take to answer. */
export const challengeMs = 5 * 60_000;

export type ChallengePurpose = Row<'passkey_challenges'>['purpose'];

export async function keepChallenge(db: Queries, challenge: string, person: string, purpose: ChallengePurpose, now: number): Promise<void> {
  await db.deleteFrom('passkey_challenges').where('expires_at', '<=', now).execute();
  await db
    .insertInto('passkey_challenges')
    .values({ challenge, person, purpose, expires_at: now + challengeMs })
    .execute();
}

/** Uses a challenge up. @returns whether it was this person's, for this purpose, and not used before */
export async function takeChallenge(db: Queries, challenge: string, person: string, purpose: ChallengePurpose, now: number): Promise<boolean> {
  const taken = await db
    .deleteFrom('passkey_challenges')
    .where('challenge', '=', challenge)
    .where('person', '=', person)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', now)
    .returning('challenge')
    .executeTakeFirst();
  return taken !== undefined;
}

export function passkeysOf(db: Queries, person: string): Promise<Passkey[]> {
  return db.selectFrom('passkeys').selectAll().where('person', '=', person).orderBy('created_at').execute();
}

export function findPasskey(db: Queries, id: string): Promise<Passkey | undefined> {
  return db.selectFrom('passkeys').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Runs inside a transaction. @returns false when the passkey is somebody's already */
export async function addPasskey(db: Queries, passkey: Omit<Passkey, 'used_at'>): Promise<boolean> {
  const added = await db
    .insertInto('passkeys')
    .values({ ...passkey, used_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added)
    await db
      .updateTable('people')
      .set((eb) => ({ passkeys: eb('passkeys', '+', 1) }))
      .where('id', '=', passkey.person)
      .execute();
  return added !== undefined;
}

export async function notePasskeyUse(db: Queries, id: string, counter: number, now: number): Promise<void> {
  await db.updateTable('passkeys').set({ counter, used_at: now }).where('id', '=', id).execute();
}

/** Runs inside a transaction. @returns its name; undefined when the person has no such passkey */
export async function removePasskey(db: Queries, person: string, id: string): Promise<string | undefined> {
  const removed = await db.deleteFrom('passkeys').where('id', '=', id).where('person', '=', person).returning('name').executeTakeFirst();
  if (!removed) return undefined;
  await db
    .updateTable('people')
    .set((eb) => ({ passkeys: eb('passkeys', '-', 1) }))
    .where('id', '=', person)
    .execute();
  await dropUselessCodes(db, person);
  return removed.name;
}
