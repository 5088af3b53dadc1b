// One's own passkeys: list, add, remove; and the challenge by which whoever sits here proves it again.
import { z } from 'zod';
import {
  addPasskeySchema,
  assertionOptionsSchema,
  passkeyListSchema,
  passkeyPaths,
  registrationOptionsSchema,
  type PasskeyList,
} from '../../core/passkey-api.ts';
import { factorAddedSchema, maybeProofSchema, proofSchema } from '../../core/people-api.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { ownSession } from './own-session.ts';
import { passkeysOf, removePasskey } from './passkey-store.ts';
import { askPasskey, offerPasskey, passkeyPlace, takeNewPasskey } from './passkeys.ts';
import { requireProof, requireProofOf } from './prove-again.ts';
import { replaceRecoveryCodes } from './second-factor-store.ts';

const tags = ['account'];
const config = { access: { role: 'viewer', within: 'anywhere' }, rateLimit: { max: 30, timeWindow: 60_000 } } as const;
const maxPasskeys = 10;

/** @param endConsole closes the console connections of a session that has ended */
export const passkeyRoutes =
  (endConsole: (sessionHash: string) => void): Routes =>
  (app, context) => {
    const { db, keys, now, audit } = context;
    const own = ownSession(context, endConsole);
    const placeOf = (request: { readonly host: string }) => passkeyPlace(app.publicOrigin, request.host);
    /** Where the console has to be opened, should passkeys not work where it was opened. */
    const openAt = (asked: string): string | null => {
      const place = passkeyPlace(app.publicOrigin, asked);
      if (place) return `${place.origin}/console/`;
      const port = /:\d+$/.exec(asked)?.[0] ?? '';
      return app.publicOrigin === undefined && /^(?:127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(asked) ? `http://localhost${port}/console/` : null;
    };
    const list = async (person: string, asked: string): Promise<PasskeyList> => ({
      passkeys: (await passkeysOf(db, person)).map(({ id, name, rp_id, created_at, used_at }) => ({
        ...{ id, name, host: rp_id, createdAt: created_at, usedAt: used_at },
      })),
      host: passkeyPlace(app.publicOrigin, asked)?.host ?? null,
      openAt: openAt(asked),
    });

    app.get(
      passkeyPaths.passkeys,
      {
        config: { access: { role: 'viewer' } },
        schema: { summary: 'One’s passkeys, and for which host they are made here', tags, response: { 200: passkeyListSchema } },
      },
      async (request) => list((await own.of(request)).person.id, request.host),
    );

    app.post(
      passkeyPaths.offer,
      {
        config,
        schema: {
          summary: 'What the browser needs to make a passkey; whoever has a second factor proves it first',
          tags,
          body: maybeProofSchema,
          response: { 200: registrationOptionsSchema },
        },
      },
      async (request) => {
        const { person } = await own.of(request);
        const place = placeOf(request);
        if (!place) throw new ApiFailure('passkey-address');
        if (person.passkeys >= maxPasskeys) throw new ApiFailure('second-factor-state');
        await requireProofOf(db, person, request.body.proof, place, now());
        return transact(db, (trx) => offerPasskey(trx, person, place, keys.root.document.serverName, now()));
      },
    );

    app.post(
      passkeyPaths.passkeys,
      {
        config,
        schema: {
          summary: 'Add the passkey that the browser has made; with the first second factor come recovery codes',
          tags,
          body: addPasskeySchema,
          response: { 200: factorAddedSchema },
        },
      },
      async (request, reply) => {
        const session = await own.of(request);
        const { person } = session;
        const { name, registration } = request.body;
        const place = placeOf(request);
        if (!place) throw new ApiFailure('passkey-address');
        let codes: string[] = [];
        await own.stayAlone(reply, session, async (trx) => {
          if (!(await takeNewPasskey(trx, person.id, name, registration, place, now()))) throw new ApiFailure('passkey-refused');
          if (!person.hasSecondFactor) codes = await replaceRecoveryCodes(trx, person.id);
          await audit({ who: person.name, what: 'account.passkey.add', subject: person.id, after: { name, host: place.host } }, trx);
        });
        return { codes };
      },
    );

    app.post(
      passkeyPaths.challenge,
      {
        config,
        schema: { summary: 'What the browser needs to prove by a passkey who sits here', tags, response: { 200: assertionOptionsSchema } },
      },
      async (request) => {
        const { person } = await own.of(request);
        const options = await transact(db, (trx) => askPasskey(trx, person.id, placeOf(request), now()));
        if (!options) throw new ApiFailure('passkey-address');
        return options;
      },
    );

    app.post(
      passkeyPaths.remove(':id'),
      {
        config,
        schema: {
          summary: 'Remove one of one’s passkeys',
          tags,
          params: z.object({ id: z.string().max(1_400) }),
          body: proofSchema,
          response: { 200: passkeyListSchema },
        },
      },
      async (request, reply) => {
        const session = await own.of(request);
        const { person } = session;
        await requireProof(db, person, request.body, placeOf(request), now());
        await own.stayAlone(reply, session, async (trx) => {
          const name = await removePasskey(trx, person.id, request.params.id);
          if (name === undefined) throw new ApiFailure('not-found');
          await audit({ who: person.name, what: 'account.passkey.remove', subject: person.id, before: { name } }, trx);
        });
        return list(person.id, request.host);
      },
    );
  };
