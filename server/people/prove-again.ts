// Proving again who sits at an open session, before what protects the account changes: by a code or a passkey, and not by guessing.
import type { Proof } from '../../core/people-api.ts';
import { ApiFailure } from '../api-failure.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { chargeTry, forgetTries, patienceOfLogin } from './lock-store.ts';
import { takeAssertion, type PasskeyPlace } from './passkeys.ts';
import type { Person } from './person-store.ts';
import { takeCode } from './second-factor-store.ts';

/** @throws ApiFailure when the proof does not hold, or the person has to wait */
export async function requireProof(db: Queries, { id }: Person, proof: Proof, place: PasskeyPlace | undefined, now: number): Promise<void> {
  const { right, waitMs } = await transact(db, async (trx) => {
    const charged = await chargeTry(trx, `code:${id}`, patienceOfLogin, now);
    if (!charged.ok) return { right: false, waitMs: charged.waitMs };
    const taken = 'code' in proof ? await takeCode(trx, id, proof.code, now) : await takeAssertion(trx, id, proof.passkey, place, now);
    if (taken) await forgetTries(trx, `code:${id}`);
    return { right: taken, waitMs: 0 };
  });
  if (waitMs > 0) throw new ApiFailure('sign-in-locked', { seconds: Math.ceil(waitMs / 1_000) });
  if (!right) throw new ApiFailure('code' in proof ? 'code-refused' : 'passkey-refused');
}

/** Whoever has a second factor proves it before another one is added. @throws ApiFailure */
export async function requireProofOf(db: Queries, person: Person, proof: Proof | undefined, place: PasskeyPlace | undefined, now: number): Promise<void> {
  if (!person.hasSecondFactor) return;
  if (!proof) throw new ApiFailure('proof-needed');
  await requireProof(db, person, proof, place, now);
}
