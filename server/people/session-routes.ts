// Signing in by a one-time link or by name and password, asking who one is, signing out.
import { z } from 'zod';
import { meSchema, peoplePaths, signInSchema, type Me } from '../../core/people-api.ts';
import { callerOf } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Routes, ServerContext } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { newSecret } from '../keys/secret.ts';
import { deputyOf, isSameOrigin, sessionCookie } from './caller.ts';
import { passkeyPlace } from './passkeys.ts';
import type { Passwords } from './passwords.ts';
import type { Person } from './person-store.ts';
import { secondFactorState } from './second-factor.ts';
import { factsOf, hashOfCookie, renewSession, setCookie } from './session-cookie.ts';
import { addSession, endSession, findSession } from './session-store.ts';
import { createSignIn } from './sign-in.ts';

/** A session older than this gets a new secret, so that a copied cookie does not live long. */
const rotateMs = 12 * 60 * 60_000;

export async function meOf({ db, keys, now }: Pick<ServerContext, 'db' | 'keys' | 'now'>, person: Person): Promise<Me> {
  const { id, name, login, role, unit, password, hasCodes, passkeys } = person;
  const trial = (await currentCampaign(db))?.trial ?? false;
  const server = keys.root.document.serverName;
  const factors = { code: hasCodes, passkeys };
  const standsIn = (await deputyOf(db, person, now()))?.name ?? null;
  return {
    id,
    name,
    login,
    role,
    unit,
    trial,
    server,
    hasPassword: password !== null,
    secondFactor: await secondFactorState(db, person),
    factors,
    deputyOf: standsIn,
  };
}

/** @param endConsole closes the console connections of a session that has ended */
export const sessionRoutes =
  (endConsole: (sessionHash: string) => void, passwords: Passwords): Routes =>
  (app, context) => {
    const { db, now, log, audit } = context;
    const signIn = createSignIn({ db, passwords, now });

    app.post(
      peoplePaths.session,
      {
        config: { access: 'public', rateLimit: { max: 20, timeWindow: 60_000 } },
        schema: {
          summary: 'Sign in with the token of a one-time link, or with name and password; with a code or passkey where the person has a second factor',
          tags: ['session'],
          body: signInSchema,
          response: { 200: meSchema },
        },
      },
      async (request, reply) => {
        const { origin, host } = request.headers;
        if (origin !== undefined && !isSameOrigin(origin, host, app.publicOrigin)) throw new ApiFailure('wrong-origin');
        const signedIn = await signIn(request.body, { address: request.ip, place: passkeyPlace(app.publicOrigin, request.host) });
        if (!signedIn.ok) {
          const { reason, details } = signedIn;
          if (reason !== 'code-needed') log.warn({ reason, address: request.ip }, 'somebody could not sign in');
          if (details && 'seconds' in details) reply.header('retry-after', details.seconds);
          throw new ApiFailure(reason, details);
        }
        const { person, via } = signedIn;
        const secret = newSecret();
        const before = hashOfCookie(request);
        await transact(db, async (trx) => {
          if (before !== undefined) await endSession(trx, before);
          await addSession(trx, secret.hash, person.id, now(), factsOf(request, via));
          await audit({ who: person.name, what: 'session.start', subject: person.id, after: { via, address: request.ip } }, trx);
        });
        if (before !== undefined) endConsole(before);
        setCookie(reply, secret.text);
        return meOf(context, person);
      },
    );

    app.get(
      peoplePaths.session,
      { config: { access: { role: 'viewer' } }, schema: { summary: 'Who is signed in', tags: ['session'], response: { 200: meSchema } } },
      async (request, reply) => {
        const hash = hashOfCookie(request);
        const session = hash === undefined ? undefined : await findSession(db, hash, now());
        if (!session) throw new ApiFailure('not-signed-in');
        if (now() - session.createdAt > rotateMs) setCookie(reply, await transact(db, (trx) => renewSession(trx, session, now())));
        return meOf(context, session.person);
      },
    );

    app.delete(
      peoplePaths.session,
      { config: { access: { role: 'viewer', within: 'anywhere' } }, schema: { summary: 'Sign out', tags: ['session'], response: { 204: z.null() } } },
      async (request, reply) => {
        const { id, name } = callerOf(request);
        const hash = hashOfCookie(request);
        if (hash !== undefined) {
          await endSession(db, hash);
          endConsole(hash);
        }
        await audit({ who: name, what: 'session.end', subject: id });
        reply.clearCookie(sessionCookie, { path: '/' });
        return reply.code(204).send(null);
      },
    );
  };
