// Passkeys (WebAuthn): for which host they are made, what a browser is asked, and whether its answer holds.
import { generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import {
  assertionOptionsSchema,
  registrationOptionsSchema,
  type Assertion,
  type AssertionOptions,
  type Registration,
  type RegistrationOptions,
} from '../../core/passkey-api.ts';
import { z } from 'zod';
import type { Queries } from '../database/open-database.ts';
import { addPasskey, challengeMs, findPasskey, keepChallenge, notePasskeyUse, passkeysOf, takeChallenge } from './passkey-store.ts';
import type { Person } from './person-store.ts';

/** Where passkeys are made and used: browsers know them by host, and tell the page's origin with each. */
export interface PasskeyPlace {
  readonly host: string;
  readonly origin: string;
}

/** ES256, EdDSA, RS256: what telephones, keys and Windows Hello offer, and what players can verify. */
const algorithms = [-7, -8, -257];

const isAddress = (hostname: string) => hostname.startsWith('[') || /^\d+(?:\.\d+){3}$/.test(hostname);

/**
 * @param publicOrigin scheme and host at which staff reach the server, where that was told
 * @param asked host and port that the browser asked for
 * @returns undefined where browsers make none: at an address of numbers, or without HTTPS elsewhere than on the machine itself
 */
export function passkeyPlace(publicOrigin: string | undefined, asked: string): PasskeyPlace | undefined {
  const origin = publicOrigin ?? `http://${asked.toLowerCase()}`;
  if (!URL.canParse(origin)) return undefined;
  const { protocol, hostname } = new URL(origin);
  if (isAddress(hostname) || (protocol !== 'https:' && hostname !== 'localhost')) return undefined;
  return { host: hostname, origin: new URL(origin).origin };
}

const transportsSchema = z.array(z.string());
const known = async (db: Queries, person: string, host: string) =>
  (await passkeysOf(db, person))
    .filter(({ rp_id }) => rp_id === host)
    .map(({ id, transports }) => ({ id, transports: transportsSchema.parse(JSON.parse(transports)) }));

/** Runs inside a transaction. */
export async function offerPasskey(
  db: Queries,
  { id, login, name }: Person,
  { host }: PasskeyPlace,
  server: string,
  now: number,
): Promise<RegistrationOptions> {
  const options = await generateRegistrationOptions({
    ...{ rpName: server, rpID: host, userName: login, userDisplayName: name, userID: Uint8Array.from(Buffer.from(id)), timeout: challengeMs },
    ...{ attestationType: 'none', excludeCredentials: await known(db, id, host), supportedAlgorithmIDs: algorithms },
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  });
  await keepChallenge(db, options.challenge, id, 'register', now);
  return registrationOptionsSchema.parse(options);
}

/** Runs inside a transaction. @returns false when the answer does not hold */
export async function takeNewPasskey(
  db: Queries,
  person: string,
  name: string,
  { id, clientDataJSON, attestationObject, transports }: Registration,
  { host, origin }: PasskeyPlace,
  now: number,
): Promise<boolean> {
  const answer = { id, rawId: id, type: 'public-key', response: { clientDataJSON, attestationObject }, clientExtensionResults: {} } as const;
  const verified = await orRefused(() =>
    verifyRegistrationResponse({
      ...{ response: answer, expectedOrigin: origin, expectedRPID: host, requireUserVerification: true, supportedAlgorithmIDs: algorithms },
      expectedChallenge: (challenge) => takeChallenge(db, challenge, person, 'register', now),
    }),
  );
  if (!verified?.registrationInfo) return false;
  const { publicKey, counter } = verified.registrationInfo.credential;
  return addPasskey(db, {
    ...{ id: verified.registrationInfo.credential.id, person, name, rp_id: host, counter, created_at: now },
    ...{ public_key: Buffer.from(publicKey).toString('base64url'), transports: JSON.stringify(transports) },
  });
}

/** Runs inside a transaction. @returns undefined when the person has no passkey for this host */
export async function askPasskey(db: Queries, person: string, place: PasskeyPlace | undefined, now: number): Promise<AssertionOptions | undefined> {
  const allowCredentials = place ? await known(db, person, place.host) : [];
  if (!place || allowCredentials.length === 0) return undefined;
  const options = await generateAuthenticationOptions({ rpID: place.host, allowCredentials, timeout: challengeMs, userVerification: 'required' });
  await keepChallenge(db, options.challenge, person, 'prove', now);
  return assertionOptionsSchema.parse(options);
}

/** Whether a passkey of this person has signed a challenge that stands, which is used up. Runs inside a transaction. */
export async function takeAssertion(db: Queries, person: string, assertion: Assertion, place: PasskeyPlace | undefined, now: number): Promise<boolean> {
  const { id, ...response } = assertion;
  const passkey = await findPasskey(db, id);
  if (!place || passkey?.person !== person) return false;
  const verified = await orRefused(() =>
    verifyAuthenticationResponse({
      response: { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} },
      ...{ expectedOrigin: place.origin, expectedRPID: place.host, requireUserVerification: true },
      expectedChallenge: (challenge) => takeChallenge(db, challenge, person, 'prove', now),
      credential: { id, publicKey: Uint8Array.from(Buffer.from(passkey.public_key, 'base64url')), counter: passkey.counter },
    }),
  );
  if (verified?.verified !== true) return false;
  await notePasskeyUse(db, id, verified.authenticationInfo.newCounter, now);
  return true;
}

/** The library throws for whatever a browser or a stranger sent that does not hold. */
async function orRefused<T>(verify: () => Promise<T>): Promise<T | undefined> {
  try {
    return await verify();
  } catch {
    return undefined;
  }
}
