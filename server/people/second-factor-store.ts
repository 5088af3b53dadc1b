// Codes as second factor of a person: a secret that the telephone shares, and recovery codes for the day on which telephone or passkeys are lost.
import { randomBytes } from 'node:crypto';
import type { Queries } from '../database/open-database.ts';
import { sha256 } from '../keys/ed25519.ts';
import { fromBase32, newTotpSecret, stepOfCode, toBase32 } from './totp.ts';

const recoveryCodes = 10;

/** Makes a secret that holds only once a code of it was typed. Runs inside a transaction. */
export async function offerCodes(db: Queries, person: string): Promise<string> {
  const secret = newTotpSecret();
  await db.updateTable('people').set({ totp_secret: secret, totp_step: 0 }).where('id', '=', person).where('totp_since', 'is', null).execute();
  return secret;
}

/** Uses a code of the telephone up. @returns whether it is right and was not used before */
async function takeTotpCode(db: Queries, person: string, code: string, now: number): Promise<boolean> {
  const row = await db.selectFrom('people').select('totp_secret').where('id', '=', person).executeTakeFirst();
  const step = row?.totp_secret ? stepOfCode(fromBase32(row.totp_secret), code, now) : undefined;
  if (step === undefined) return false;
  const taken = await db
    .updateTable('people')
    .set({ totp_step: step })
    .where('id', '=', person)
    .where('totp_step', '<', step)
    .returning('id')
    .executeTakeFirst();
  return taken !== undefined;
}

async function takeRecoveryCode(db: Queries, person: string, code: string, now: number): Promise<boolean> {
  const taken = await db
    .updateTable('recovery_codes')
    .set({ used_at: now })
    .where('person', '=', person)
    .where('hash', '=', hashOfCode(person, code))
    .where('used_at', 'is', null)
    .returning('hash')
    .executeTakeFirst();
  return taken !== undefined;
}

const hashOfCode = (person: string, code: string) => sha256(`${person}\n${code.toUpperCase().replaceAll(/[^A-Z2-7]/g, '')}`);

/** A code of the telephone or a recovery code; either is used up. */
export async function takeCode(db: Queries, person: string, code: string, now: number): Promise<boolean> {
  return /^\d{6}$/.test(code) ? takeTotpCode(db, person, code, now) : takeRecoveryCode(db, person, code, now);
}

/** Ten new codes; earlier ones stop working. Runs inside a transaction. */
export async function replaceRecoveryCodes(db: Queries, person: string): Promise<string[]> {
  await db.deleteFrom('recovery_codes').where('person', '=', person).execute();
  // 80 random bits each: no slow hash is needed.
  const codes = Array.from({ length: recoveryCodes }, () => (toBase32(randomBytes(10)).match(/.{4}/g) ?? []).join('-'));
  await db
    .insertInto('recovery_codes')
    .values(codes.map((code) => ({ hash: hashOfCode(person, code), person, used_at: null })))
    .execute();
  return codes;
}

/** The offered secret holds from now on. */
export async function switchCodesOn(db: Queries, person: string, now: number): Promise<void> {
  await db.updateTable('people').set({ totp_since: now }).where('id', '=', person).execute();
}

/** The telephone's codes hold no more; recovery codes stay for whoever has passkeys. Runs inside a transaction. */
export async function switchCodesOff(db: Queries, person: string): Promise<void> {
  await db.updateTable('people').set({ totp_secret: null, totp_since: null, totp_step: 0 }).where('id', '=', person).execute();
  await dropUselessCodes(db, person);
}

/** Without a second factor nothing asks for recovery codes. */
export async function dropUselessCodes(db: Queries, person: string): Promise<void> {
  const row = await db.selectFrom('people').select(['totp_since', 'passkeys']).where('id', '=', person).executeTakeFirst();
  if (row?.totp_since === null && row.passkeys === 0) await db.deleteFrom('recovery_codes').where('person', '=', person).execute();
}

/** Codes, passkeys and recovery codes: whoever has lost all of them begins anew. Runs inside a transaction. */
export async function forgetSecondFactors(db: Queries, person: string): Promise<void> {
  await db.deleteFrom('passkeys').where('person', '=', person).execute();
  await db.updateTable('people').set({ passkeys: 0 }).where('id', '=', person).execute();
  await switchCodesOff(db, person);
}
