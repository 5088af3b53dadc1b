// Finds out who calls: an API token in the Authorization header, or a session cookie; and refuses who may not.
import type { FastifyRequest } from 'fastify';
import { mayCall, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { App } from '../context.ts';
import type { Queries } from '../database/open-database.ts';
import { sha256 } from '../keys/ed25519.ts';
import { useToken } from '../tokens/token-store.ts';
import { findSession } from './session-store.ts';

export const sessionCookie = 'ihanoi_session';

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a browser says that the request comes from a page of this very server. */
export function isSameOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined || host === undefined || !URL.canParse(origin)) return false;
  return new URL(origin).host === host.toLowerCase();
}

export async function personOfCookie(db: Queries, secret: string | undefined, now: number): Promise<Caller | undefined> {
  const session = secret === undefined ? undefined : await findSession(db, sha256(secret), now);
  if (!session) return undefined;
  const { id, name, role, unit } = session.person;
  return { kind: 'person', id, name, role, ...(unit === null ? {} : { unit }) };
}

async function findCaller(db: Queries, request: FastifyRequest, now: number): Promise<Caller | undefined> {
  const bearer = /^Bearer\s+(\S{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) {
    const token = await useToken(db, sha256(bearer), now);
    return token && { kind: 'token', id: token.id, name: token.name, scopes: token.scopes };
  }
  return personOfCookie(db, request.cookies[sessionCookie], now);
}

/** Checks every request against what its route declares, before the body is read. */
export function checkCallers(app: App, db: Queries, now: () => number): void {
  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access;
    // Without a route there is nothing to call; the answer is "not found".
    if (access === undefined || typeof access === 'string') return;
    const caller = await findCaller(db, request, now());
    if (!caller) throw new ApiFailure('not-signed-in');
    if (caller.kind === 'person' && !readingMethods.has(request.method) && !isSameOrigin(request.headers.origin, request.headers.host))
      throw new ApiFailure('wrong-origin');
    if (!mayCall(access, caller)) throw new ApiFailure('not-allowed');
    request.caller = caller;
  });
}
