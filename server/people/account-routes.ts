// One's own account: password, second factor, recovery codes, sessions.
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  codeBodySchema,
  factorAddedSchema,
  maybeProofSchema,
  meSchema,
  newPasswordSchema,
  peoplePaths,
  proofSchema,
  recoveryCodesSchema,
  secondFactorOfferSchema,
  sessionViewSchema,
} from '../../core/people-api.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { chargeTry, forgetTries, patienceOfLogin } from './lock-store.ts';
import { isWeak, type Passwords } from './passwords.ts';
import { ownSession } from './own-session.ts';
import { findPerson, setPassword } from './person-store.ts';
import { passkeyPlace } from './passkeys.ts';
import { requireProof, requireProofOf } from './prove-again.ts';
import { offerCodes, replaceRecoveryCodes, switchCodesOff, switchCodesOn } from './second-factor-store.ts';
import { meOf } from './session-routes.ts';
import { endSession, endSessionsOf, sessionsOf, type Session } from './session-store.ts';
import { totpUri } from './totp.ts';

/** So long after a one-time link the old password is not asked for: whoever has forgotten it comes that way. */
const freshMs = 30 * 60_000;

const tags = ['account'];
const ownAccount = { access: { role: 'viewer', within: 'anywhere' } } as const;
/** Guessing goes no faster than that, also with a session in hand. */
const guarded = { ...ownAccount, rateLimit: { max: 20, timeWindow: 60_000 } } as const;
const named = z.object({ id: z.uuid() });

/** @param endConsole closes the console connections of a session that has ended */
export const accountRoutes =
  (endConsole: (sessionHash: string) => void, passwords: Passwords): Routes =>
  (app, context) => {
    const { db, keys, now, audit } = context;

    const own = ownSession(context, endConsole);
    const placeOf = (request: FastifyRequest) => passkeyPlace(app.publicOrigin, request.host);

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
        const session = await own.of(request);
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
        await own.stayAlone(reply, session, async (trx) => {
          await setPassword(trx, person.id, hash);
          await audit({ who: person.name, what: 'account.password', subject: person.id }, trx);
        });
        return me(person.id);
      },
    );

    app.post(
      peoplePaths.secondFactor,
      {
        config: ownAccount,
        schema: {
          summary: 'A new secret for one’s telephone; it holds once a code of it was sent. Whoever has a passkey proves it first',
          tags,
          body: maybeProofSchema,
          response: { 200: secondFactorOfferSchema },
        },
      },
      async (request) => {
        const { person } = await own.of(request);
        if (person.hasCodes) throw new ApiFailure('second-factor-state');
        await requireProofOf(db, person, request.body.proof, placeOf(request), now());
        const secret = await offerCodes(db, person.id);
        return { secret, uri: totpUri(secret, person.login, keys.root.document.serverName) };
      },
    );

    app.put(
      peoplePaths.secondFactor,
      {
        config: guarded,
        schema: {
          summary: 'Switch codes of the telephone on with the first of them; with the first second factor come recovery codes',
          tags,
          body: codeBodySchema,
          response: { 200: factorAddedSchema },
        },
      },
      async (request, reply) => {
        const session = await own.of(request);
        const { person } = session;
        if (person.hasCodes) throw new ApiFailure('second-factor-state');
        if (!/^\d{6}$/.test(request.body.code)) throw new ApiFailure('bad-request', [{ path: 'code', reason: 'six digits' }]);
        await requireProof(db, person, request.body, undefined, now());
        let codes: string[] = [];
        await own.stayAlone(reply, session, async (trx) => {
          await switchCodesOn(trx, person.id, now());
          if (!person.hasSecondFactor) codes = await replaceRecoveryCodes(trx, person.id);
          await audit({ who: person.name, what: 'account.second-factor.on', subject: person.id }, trx);
        });
        return { codes };
      },
    );

    app.post(
      peoplePaths.secondFactorOff,
      {
        config: guarded,
        schema: { summary: 'Switch codes of the telephone off, such as before a new one', tags, body: proofSchema, response: { 200: meSchema } },
      },
      async (request, reply) => {
        const session = await own.of(request);
        const { person } = session;
        if (!person.hasCodes) throw new ApiFailure('second-factor-state');
        await requireProof(db, person, request.body, placeOf(request), now());
        await own.stayAlone(reply, session, async (trx) => {
          await switchCodesOff(trx, person.id);
          await audit({ who: person.name, what: 'account.second-factor.off', subject: person.id }, trx);
        });
        return me(person.id);
      },
    );

    app.post(
      peoplePaths.recoveryCodes,
      {
        config: guarded,
        schema: { summary: 'New recovery codes; the earlier ones stop working', tags, body: proofSchema, response: { 200: recoveryCodesSchema } },
      },
      async (request) => {
        const { person } = await own.of(request);
        if (!person.hasSecondFactor) throw new ApiFailure('second-factor-state');
        await requireProof(db, person, request.body, placeOf(request), now());
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
        const { person, secretHash } = await own.of(request);
        const sessions = await sessionsOf(db, person.id, now());
        return sessions.map((session) => sessionView(session, secretHash));
      },
    );

    app.delete(
      peoplePaths.ownSession(':id'),
      { config: ownAccount, schema: { summary: 'End one of one’s sessions', tags, params: named, response: { 204: z.null() } } },
      async (request, reply) => {
        const { person } = await own.of(request);
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
      { config: ownAccount, schema: { summary: 'End all of one’s sessions but this one', tags, response: { 204: z.null() } } },
      async (request, reply) => {
        const { person, secretHash } = await own.of(request);
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
