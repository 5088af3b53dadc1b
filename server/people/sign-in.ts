// Who may sign in: by a one-time link, or by name and password; and by the second factor, a code or a passkey, where the person has one.
import type { SecondStep } from '../../core/passkey-api.ts';
import type { SignIn } from '../../core/people-api.ts';
import type { ErrorCode } from '../../core/errors.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { sha256 } from '../keys/ed25519.ts';
import { chargeTry, forgetTries, forgiveTry, patienceOfAddress, patienceOfLogin } from './lock-store.ts';
import { askPasskey, takeAssertion, type PasskeyPlace } from './passkeys.ts';
import type { Passwords } from './passwords.ts';
import { findPersonByLogin, personOfLink, takeSignInLink, type Person } from './person-store.ts';
import { takeCode } from './second-factor-store.ts';
import { sessionsOf, type SessionFacts } from './session-store.ts';

export type SignedIn =
  | { readonly ok: true; readonly person: Person; readonly via: SessionFacts['via'] }
  | { readonly ok: false; readonly reason: ErrorCode; readonly details?: { readonly seconds: number } | SecondStep };

const refused = (reason: ErrorCode): SignedIn => ({ ok: false, reason });
const locked = (waitMs: number): SignedIn => ({ ok: false, reason: 'sign-in-locked', details: { seconds: Math.ceil(waitMs / 1_000) } });

interface Door {
  readonly db: Queries;
  readonly passwords: Passwords;
  readonly now: () => number;
}

/** Whence a try comes. */
interface From {
  readonly address: string;
  /** For which host passkeys count there. */
  readonly place: PasskeyPlace | undefined;
}

/** What a try counts against. Strangers cannot lock a person out of an address from which that person is signed in already. */
async function subjectsOf(db: Queries, login: string, person: Person | undefined, address: string, now: number) {
  const known = person !== undefined && (await sessionsOf(db, person.id, now)).some(({ facts }) => facts.address === address);
  return { address: `address:${address}`, login: known ? `login:${login}@${address}` : `login:${login}` };
}

async function byPassword({ db, passwords, now }: Door, body: Extract<SignIn, { login: string }>, { address, place }: From): Promise<SignedIn> {
  const { login, password } = body;
  if (passwords.full) return refused('too-many-requests');
  const person = await findPersonByLogin(db, login);
  const subjects = await subjectsOf(db, login, person, address, now());
  const charged = await transact(db, async (trx) => {
    const ofAddress = await chargeTry(trx, subjects.address, patienceOfAddress, now());
    if (!ofAddress.ok) return ofAddress;
    const ofLogin = await chargeTry(trx, subjects.login, patienceOfLogin, now());
    if (!ofLogin.ok) await forgiveTry(trx, subjects.address);
    return ofLogin;
  });
  if (!charged.ok) return locked(charged.waitMs);

  const right = await passwords.fits(password, person?.closedAt === null ? person.password : null);
  if (!right || !person) return refused('sign-in-refused');
  return transact(db, async (trx): Promise<SignedIn> => {
    await forgiveTry(trx, subjects.address);
    await forgetTries(trx, subjects.login);
    return (await checkSecondFactor(trx, person, body, place, now())) ?? { ok: true, person, via: 'password' };
  });
}

/** Runs inside a transaction. @returns why the person may not go on; undefined when nothing is in the way */
async function checkSecondFactor(
  db: Queries,
  person: Person,
  { code, passkey }: SignIn,
  place: PasskeyPlace | undefined,
  now: number,
): Promise<SignedIn | undefined> {
  const { id, hasSecondFactor, hasCodes } = person;
  if (!hasSecondFactor) return undefined;
  const step = async (reason: 'code-needed' | 'code-wrong' | 'passkey-wrong'): Promise<SignedIn> => {
    const asked = await askPasskey(db, id, place, now);
    return { ok: false, reason, details: { code: hasCodes, passkey: asked ?? null } };
  };
  if (code === undefined && passkey === undefined) return step('code-needed');
  // Counted apart from passwords: whoever knows the password must not be able to wipe out wrong codes by it.
  const charged = await chargeTry(db, `code:${id}`, patienceOfLogin, now);
  if (!charged.ok) return locked(charged.waitMs);
  if (passkey !== undefined && !(await takeAssertion(db, id, passkey, place, now))) return step('passkey-wrong');
  if (passkey === undefined && code !== undefined && !(await takeCode(db, id, code, now))) return step('code-wrong');
  await forgetTries(db, `code:${id}`);
  return undefined;
}

async function byLink({ db, now }: Door, body: Extract<SignIn, { token: string }>, { place }: From): Promise<SignedIn> {
  const hash = sha256(body.token);
  return transact(db, async (trx): Promise<SignedIn> => {
    const person = await personOfLink(trx, hash, now());
    if (!person) return refused('sign-in-link-used');
    const inTheWay = await checkSecondFactor(trx, person, body, place, now());
    if (inTheWay) return inTheWay;
    return (await takeSignInLink(trx, hash, now())) ? { ok: true, person, via: 'link' } : refused('sign-in-link-used');
  });
}

export function createSignIn(door: Door): (body: SignIn, from: From) => Promise<SignedIn> {
  return (body, from) => ('token' in body ? byLink(door, body, from) : byPassword(door, body, from));
}
