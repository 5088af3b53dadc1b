// One's own account: password, second factor, recovery codes, sessions.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  codeBodySchema,
  meSchema,
  newPasswordSchema,
  peoplePaths,
  recoveryCodesSchema,
  secondFactorOfferSchema,
  sessionViewSchema,
} from '../../core/people-api.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { chargeTry, forgetTries, patienceOfLogin } from './lock-store.ts';
import { isWeak, type Passwords } from './passwords.ts';
import { findPerson, setPassword } from './person-store.ts';
import { offerSecondFactor, replaceRecoveryCodes, switchSecondFactorOff, switchSecondFactorOn, takeCode } from './second-factor-store.ts';
import { hashOfCookie, renewAlone, setCookie } from './session-cookie.ts';
import { meOf } from './session-routes.ts';
import { endSession, endSessionsOf, findSession, sessionsOf, type Session } from './session-store.ts';
import { totpUri } from './totp.ts';

/** So long after a one-time link the old password is not asked for: whoever has forgotten it comes that way. */
const freshMs = 30 * 60_000;

const tags = ['account'];
const own = { access: { role: 'viewer', within: 'anywhere' } } as const;
/** Guessing goes no faster than that, also with a session in hand. */
const guarded = { ...own, rateLimit: { max: 20, timeWindow: 60_000 } } as const;
const named = z.object({ id: z.uuid() });

/** @param endConsole closes the console connections of a session that has ended */
export const accountRoutes =
  (endConsole: (sessionHash: string) => void, passwords: Passwords): Routes =>
  (app, context) => {
    const { db, keys, now, audit } = context;

    const sessionOf = async (request: FastifyRequest): Promise<Session> => {
      const hash = hashOfCookie(request);
      const session = hash === undefined ? undefined : await findSession(db, hash, now());
      if (!session) throw new ApiFailure('not-signed-in');
      return session;
    };

    /** What protects the account has changed: this session goes on under a new secret, all others end. */
    const stayAlone = async (reply: FastifyReply, session: Session, change: (trx: Queries) => Promise<void>): Promise<void> => {
      const { secret, ended } = await transact(db, async (trx) => {
        await change(trx);
        return renewAlone(trx, session, now());
      });
      setCookie(reply, secret);
      for (const hash of ended) endConsole(hash);
    };

    /** The second factor is asked for again before it changes: a session that was left open is not enough. */
    const requireCode = async ({ person }: Session, code: string): Promise<void> => {
      const { right, waitMs } = await transact(db, async (trx) => {
        const charged = await chargeTry(trx, `code:${person.id}`, patienceOfLogin, now());
        if (!charged.ok) return { right: false, waitMs: charged.waitMs };
        const taken = await takeCode(trx, person.id, code, now());
        if (taken) await forgetTries(trx, `code:${person.id}`);
        return { right: taken, waitMs: 0 };
      });
      if (waitMs > 0) throw new ApiFailure('sign-in-locked', { seconds: Math.ceil(waitMs / 1_000) });
      if (!right) throw new ApiFailure('code-refused');
    };

    const me = async (id: string) => {
      const person = await findPerson(db, id);
      if (!person) throw new Error(`person ${id} is gone`);
      return meOf(context, person);
    };

    app.put(
      peoplePaths.password,
      {
        config: guarded,
        schema: { summary: 'Set one’s password; all other sessions end', tags, body: newPasswordSchema, response: { 200: meSchema } },
      },
      async (request, reply) => {
        const session = await sessionOf(request);
        const { person, facts } = session;
        const { current, next } = request.body;
        if (isWeak(next, person.login, person.name)) throw new ApiFailure('password-weak');
        if (passwords.full) throw new ApiFailure('too-many-requests');
        const cameByLink = facts.via === 'link' && now() - facts.started_at < freshMs;
        if (person.password !== null && (current !== undefined || !cameByLink)) {
          const charged = await transact(db, (trx) => chargeTry(trx, `password:${person.id}`, patienceOfLogin, now()));
          if (!charged.ok) throw new ApiFailure('sign-in-locked', { seconds: Math.ceil(charged.waitMs / 1_000) });
          if (current === undefined || !(await passwords.fits(current, person.password))) throw new ApiFailure('password-wrong');
          await forgetTries(db, `password:${person.id}`);
        }
        const hash = await passwords.hash(next);
        await stayAlone(reply, session, async (trx) => {
          await setPassword(trx, person.id, hash);
          await audit({ who: person.name, what: 'account.password', subject: person.id }, trx);
        });
        return me(person.id);
      },
    );

    app.post(
      peoplePaths.secondFactor,
      {
        config: own,
        schema: { summary: 'A new secret for one’s telephone; it holds once a code of it was sent', tags, response: { 200: secondFactorOfferSchema } },
      },
      async (request) => {
        const { person } = await sessionOf(request);
        if (person.hasSecondFactor) throw new ApiFailure('second-factor-state');
        const secret = await offerSecondFactor(db, person.id);
        return { secret, uri: totpUri(secret, person.login, keys.root.document.serverName) };
      },
    );

    app.put(
      peoplePaths.secondFactor,
      {
        config: guarded,
        schema: {
          summary: 'Switch the second factor on with its first code; answers the recovery codes',
          tags,
          body: codeBodySchema,
          response: { 200: recoveryCodesSchema },
        },
      },
      async (request, reply) => {
        const session = await sessionOf(request);
        const { person } = session;
        if (person.hasSecondFactor) throw new ApiFailure('second-factor-state');
        if (!/^\d{6}$/.test(request.body.code)) throw new ApiFailure('bad-request', [{ path: 'code', reason: 'six digits' }]);
        await requireCode(session, request.body.code);
        let codes: string[] = [];
        await stayAlone(reply, session, async (trx) => {
          await switchSecondFactorOn(trx, person.id, now());
          codes = await replaceRecoveryCodes(trx, person.id);
          await audit({ who: person.name, what: 'account.second-factor.on', subject: person.id }, trx);
        });
        return { codes };
      },
    );

    app.post(
      peoplePaths.secondFactorOff,
      {
        config: guarded,
        schema: { summary: 'Switch the second factor off, such as before a new telephone', tags, body: codeBodySchema, response: { 200: meSchema } },
      },
      async (request, reply) => {
        const session = await sessionOf(request);
        const { person } = session;
        if (!person.hasSecondFactor) throw new ApiFailure('second-factor-state');
        await requireCode(session, request.body.code);
        await stayAlone(reply, session, async (trx) => {
          await switchSecondFactorOff(trx, person.id);
          await audit({ who: person.name, what: 'account.second-factor.off', subject: person.id }, trx);
        });
        return me(person.id);
      },
    );

    app.post(
      peoplePaths.recoveryCodes,
      {
        config: guarded,
        schema: { summary: 'New recovery codes; the earlier ones stop working', tags, body: codeBodySchema, response: { 200: recoveryCodesSchema } },
      },
      async (request) => {
        const session = await sessionOf(request);
        const { person } = session;
        if (!person.hasSecondFactor) throw new ApiFailure('second-factor-state');
        await requireCode(session, request.body.code);
        const codes = await transact(db, async (trx) => {
          await audit({ who: person.name, what: 'account.recovery-codes', subject: person.id }, trx);
          return replaceRecoveryCodes(trx, person.id);
        });
        return { codes };
      },
    );

    app.get(
      peoplePaths.ownSessions,
      { config: { access: { role: 'viewer' } }, schema: { summary: 'One’s open sessions', tags, response: { 200: z.array(sessionViewSchema) } } },
      async (request) => {
        const { person, secretHash } = await sessionOf(request);
        const sessions = await sessionsOf(db, person.id, now());
        return sessions.map((session) => sessionView(session, secretHash));
      },
    );

    app.delete(
      peoplePaths.ownSession(':id'),
      { config: own, schema: { summary: 'End one of one’s sessions', tags, params: named, response: { 204: z.null() } } },
      async (request, reply) => {
        const { person } = await sessionOf(request);
        const ended = (await sessionsOf(db, person.id, now())).find(({ facts }) => facts.id === request.params.id);
        if (!ended) throw new ApiFailure('not-found');
        await transact(db, async (trx) => {
          await endSession(trx, ended.secretHash);
          await audit({ who: person.name, what: 'session.end', subject: person.id, before: { address: ended.facts.address } }, trx);
        });
        endConsole(ended.secretHash);
        return reply.code(204).send(null);
      },
    );

    app.delete(
      peoplePaths.ownSessions,
      { config: own, schema: { summary: 'End all of one’s sessions but this one', tags, response: { 204: z.null() } } },
      async (request, reply) => {
        const { person, secretHash } = await sessionOf(request);
        const ended = await transact(db, async (trx) => {
          await audit({ who: person.name, what: 'session.end-others', subject: person.id }, trx);
          return endSessionsOf(trx, person.id, secretHash);
        });
        for (const hash of ended) endConsole(hash);
        return reply.code(204).send(null);
      },
    );
  };

export function sessionView({ secretHash, seenAt, facts: { id, started_at, address, agent, via } }: Session, own?: string) {
  return { id, startedAt: started_at, seenAt, address, agent, via, own: secretHash === own };
}
