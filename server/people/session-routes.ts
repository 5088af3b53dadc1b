// Signing in by a one-time link, asking who one is, signing out.
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { apiPaths, meSchema, signInSchema, type Me } from '../../core/api.ts';
import { callerOf } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Routes, ServerContext } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { sha256 } from '../keys/ed25519.ts';
import { newSecret } from '../keys/secret.ts';
import { isSameOrigin, sessionCookie } from './caller.ts';
import { takeSignInLink, type Person } from './person-store.ts';
import { addSession, endSession, findSession, sessionMs } from './session-store.ts';

/** A session older than this gets a new secret, so that a copied cookie does not live long. */
const rotateMs = 12 * 60 * 60_000;

function setCookie(reply: FastifyReply, secret: string): void {
  const secure = reply.request.protocol === 'https';
  reply.setCookie(sessionCookie, secret, { httpOnly: true, sameSite: 'strict', path: '/', secure, maxAge: Math.floor(sessionMs / 1000) });
}

async function me({ db, keys }: ServerContext, { id, name, role }: Person): Promise<Me> {
  return { id, name, role, trial: (await currentCampaign(db))?.trial ?? false, server: keys.root.document.serverName };
}

/** @param endConsole closes the console connections of a session that has ended */
export const sessionRoutes =
  (endConsole: (sessionHash: string) => void): Routes =>
  (app, context) => {
    const { db, now, audit } = context;

    app.post(
      apiPaths.session,
      {
        config: { access: 'public', rateLimit: { max: 20, timeWindow: 60_000 } },
        schema: { summary: 'Sign in with the token of a one-time link', tags: ['session'], body: signInSchema, response: { 200: meSchema } },
      },
      async (request, reply) => {
        const { origin, host } = request.headers;
        if (origin !== undefined && !isSameOrigin(origin, host)) throw new ApiFailure('wrong-origin');
        const secret = newSecret();
        const before = request.cookies[sessionCookie];
        const person = await transact(db, async (trx) => {
          const taken = await takeSignInLink(trx, sha256(request.body.token), now());
          if (!taken) throw new ApiFailure('sign-in-link-used');
          if (before !== undefined) await endSession(trx, sha256(before));
          await addSession(trx, secret.hash, taken.id, now());
          await audit({ who: taken.name, what: 'session.start', subject: taken.id }, trx);
          return taken;
        });
        setCookie(reply, secret.text);
        return me(context, person);
      },
    );

    app.get(
      apiPaths.session,
      { config: { access: { role: 'viewer' } }, schema: { summary: 'Who is signed in', tags: ['session'], response: { 200: meSchema } } },
      async (request, reply) => {
        const cookie = request.cookies[sessionCookie];
        const session = cookie === undefined ? undefined : await findSession(db, sha256(cookie), now());
        if (cookie === undefined || !session) throw new ApiFailure('not-signed-in');
        if (now() - session.createdAt > rotateMs) {
          const secret = newSecret();
          await transact(db, async (trx) => {
            await endSession(trx, sha256(cookie));
            await addSession(trx, secret.hash, session.person.id, now());
          });
          setCookie(reply, secret.text);
        }
        return me(context, session.person);
      },
    );

    app.delete(
      apiPaths.session,
      { config: { access: { role: 'viewer' } }, schema: { summary: 'Sign out', tags: ['session'], response: { 204: z.null() } } },
      async (request, reply) => {
        const { id, name } = callerOf(request);
        const cookie = request.cookies[sessionCookie];
        if (cookie !== undefined) {
          await endSession(db, sha256(cookie));
          endConsole(sha256(cookie));
        }
        await audit({ who: name, what: 'session.end', subject: id });
        reply.clearCookie(sessionCookie, { path: '/' });
        return reply.code(204).send(null);
      },
    );
  };
