// People for tests: an account of a role and unit with a session, called with the cookie and origin of a browser.
import { randomBytes, randomUUID } from 'node:crypto';
import type { Role } from '../../core/roles.ts';
import { sha256 } from '../keys/ed25519.ts';
import { sessionCookie } from '../people/caller.ts';
import { addPerson, listPeople } from '../people/person-store.ts';
import { offerCodes, switchCodesOn } from '../people/second-factor-store.ts';
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

/** Gives a person a second factor, as setting up a telephone would. */
async function switchOn({ context: { db, now } }: TestServer, id: string): Promise<void> {
  await offerCodes(db, id);
  await switchCodesOn(db, id, now());
}

/** For tests in which the administrator goes on after a real screen was paired. */
export async function giveSecondFactors(server: TestServer): Promise<void> {
  for (const { id } of await listPeople(server.context.db)) await switchOn(server, id);
}

export async function signedInPerson(server: TestServer, role: Role, { unit = null, secondFactor = true, login }: TestPersonOptions = {}): Promise<TestPerson> {
  const { db, now } = server.context;
  const { id, name } = await addPerson(db, `${role} ${randomUUID()}`, role, now(), { unit, ...(login === undefined ? {} : { login }) });
  if (secondFactor) await switchOn(server, id);
  const secret = randomBytes(16).toString('base64url');
  await addSession(db, sha256(secret), id, now());
  return { id, name, ...staffOf(server, `${sessionCookie}=${secret}`) };
}
