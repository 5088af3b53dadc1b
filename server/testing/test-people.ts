// People for tests: an account of a role and unit with a session, called with the cookie and origin of a browser.
import { randomBytes, randomUUID } from 'node:crypto';
import type { Role } from '../../core/api.ts';
import { sha256 } from '../keys/ed25519.ts';
import { sessionCookie } from '../people/caller.ts';
import { addPerson } from '../people/person-store.ts';
import { offerSecondFactor, switchSecondFactorOn } from '../people/second-factor-store.ts';
import { addSession } from '../people/session-store.ts';
import { staffOf, type Staff, type TestServer } from './test-server.ts';

export interface TestPerson extends Staff {
  readonly id: string;
  readonly name: string;
}

export interface TestPersonOptions {
  readonly unit?: string | null;
  readonly secondFactor?: boolean;
  readonly login?: string;
}

export async function signedInPerson(server: TestServer, role: Role, { unit = null, secondFactor = true, login }: TestPersonOptions = {}): Promise<TestPerson> {
  const { db, now } = server.context;
  const { id, name } = await addPerson(db, `${role} ${randomUUID()}`, role, now(), { unit, ...(login === undefined ? {} : { login }) });
  if (secondFactor) {
    await offerSecondFactor(db, id);
    await switchSecondFactorOn(db, id, now());
  }
  const secret = randomBytes(16).toString('base64url');
  await addSession(db, sha256(secret), id, now());
  return { id, name, ...staffOf(server, `${sessionCookie}=${secret}`) };
}
