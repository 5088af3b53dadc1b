// Finds out who calls: an API token in the Authorization header, or a session cookie; and refuses who may not.
import type { FastifyRequest } from 'fastify';
import { inPlaceOf, refusalOf, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { App } from '../context.ts';
import type { Queries } from '../database/open-database.ts';
import { sha256 } from '../keys/ed25519.ts';
import { hasRealScreen } from '../screens/screen-store.ts';
import { useToken } from '../tokens/token-store.ts';
import { standsFor } from './deputy-store.ts';
import { findPerson, type Person } from './person-store.ts';
import { needsSecondFactor } from './second-factor.ts';
import { findSession, type Session } from './session-store.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Scheme and host at which staff reach the server, where it was told. */
    publicOrigin: string | undefined;
  }
}

export const sessionCookie = 'ihanoi_session';

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a browser says that the request comes from a page of this very server.
 * @param publicOrigin where staff reach it, should a proxy in front call it by another host
 */
export function isSameOrigin(origin: string | undefined, host: string | undefined, publicOrigin?: string): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  if (publicOrigin !== undefined && new URL(origin).origin === publicOrigin) return true;
  return host !== undefined && new URL(origin).host === host.toLowerCase();
}

/** The session of a cookie, if it still holds. @param address from where it is used */
export async function sessionOfCookie(db: Queries, secret: string | undefined, now: number, address?: string): Promise<Session | undefined> {
  return secret === undefined ? undefined : findSession(db, sha256(secret), now, address);
}

/** For whom an editor may approve at an instant: somebody of the same unit who may approve, is away, and has named this person. */
export async function deputyOf(db: Queries, { id, role, unit }: Person, at: number): Promise<{ id: string; name: string } | undefined> {
  if (role !== 'editor') return undefined;
  for (const away of await standsFor(db, id, at)) {
    const person = await findPerson(db, away);
    if (person?.closedAt === null && needsSecondFactor(person.role) && person.unit === unit) return { id: person.id, name: person.name };
  }
  return undefined;
}

/** A person as a caller: without a second factor, a role that needs one counts as an editor's, also one that was lent. */
export async function callerFor(db: Queries, person: Person, now: number): Promise<Caller> {
  const { id, name, unit, hasSecondFactor } = person;
  const lent = await deputyOf(db, person, now);
  const role = lent ? 'approver' : person.role;
  const duty = unit === null ? {} : { unit };
  const heldBack = needsSecondFactor(role) && !hasSecondFactor && (await hasRealScreen(db));
  return { kind: 'person', id, name, ...duty, ...(lent ? { deputyOf: lent } : {}), ...(heldBack ? { role: 'editor', heldBack: role } : { role }) };
}

async function findCaller(db: Queries, request: FastifyRequest, now: number): Promise<Caller | undefined> {
  const bearer = /^Bearer\s+(\S{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) {
    const token = await useToken(db, sha256(bearer), now);
    return token && { kind: 'token', id: token.id, name: token.name, scopes: token.scopes, ...(token.unit === null ? {} : { unit: token.unit }) };
  }
  const session = await sessionOfCookie(db, request.cookies[sessionCookie], now, request.ip);
  return session && callerFor(db, session.person, now);
}

/** Checks every request against what its route declares, before the body is read. */
export function checkCallers(app: App, db: Queries, now: () => number, publicOrigin?: string): void {
  app.decorateRequest('caller', null);
  app.decorate('publicOrigin', publicOrigin);
  app.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access;
    // Without a route there is nothing to call; the answer is "not found".
    if (access === undefined || typeof access === 'string') return;
    const caller = await findCaller(db, request, now());
    if (!caller) throw new ApiFailure('not-signed-in');
    if (caller.kind === 'person' && !readingMethods.has(request.method) && !isSameOrigin(request.headers.origin, request.headers.host, publicOrigin))
      throw new ApiFailure('wrong-origin');
    const refusal = refusalOf(access, caller);
    if (refusal) throw new ApiFailure(refusal);
    request.caller = access.role === 'approver' ? inPlaceOf(caller) : caller;
  });
}
