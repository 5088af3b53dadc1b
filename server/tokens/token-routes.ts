// API tokens of programs: list, create (shown once), revoke.
import { z } from 'zod';
import { createdTokenSchema, newTokenSchema, tokenViewSchema, tokenPaths } from '../../core/token-api.ts';
import { callerOf } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { newSecret } from '../keys/secret.ts';
import { isInDuty, requireDuty } from '../people/duty.ts';
import { unitExists } from '../units/unit-path.ts';
import { addToken, findToken, listTokens, revokeToken, type ApiToken } from './token-store.ts';

const dayMs = 24 * 60 * 60_000;

export const tokenRoutes: Routes = (app, { db, now, audit }) => {
  app.get(
    tokenPaths.tokens,
    {
      config: { access: { role: 'admin' } },
      schema: { summary: 'API tokens that still hold, within one’s unit', tags: ['tokens'], response: { 200: z.array(tokenViewSchema) } },
    },
    async (request) => {
      const tokens: ApiToken[] = [];
      for (const token of await listTokens(db, now())) if (await isInDuty(db, callerOf(request), token.unit)) tokens.push(token);
      return tokens;
    },
  );

  app.post(
    tokenPaths.tokens,
    {
      config: { access: { role: 'admin', within: 'own-unit' } },
      schema: { summary: 'Create an API token; its secret is answered once', tags: ['tokens'], body: newTokenSchema, response: { 201: createdTokenSchema } },
    },
    async (request, reply) => {
      const { name, scopes, days } = request.body;
      const caller = callerOf(request);
      const unit = request.body.unit ?? caller.unit ?? null;
      if (unit !== null && !(await unitExists(db, unit))) throw new ApiFailure('unit-unknown', [{ path: 'unit', reason: unit }]);
      await requireDuty(db, caller, [unit]);
      const secret = newSecret('ihanoi_');
      const createdAt = now();
      const token = await transact(db, async (trx) => {
        const added = await addToken(trx, { secretHash: secret.hash, name, scopes, unit, person: caller.id, createdAt, expiresAt: createdAt + days * dayMs });
        await audit({ who: caller.name, what: 'token.create', subject: added.id, after: { name, scopes, unit, days } }, trx);
        return added;
      });
      return reply.code(201).send({ ...token, token: secret.text });
    },
  );

  app.delete(
    tokenPaths.token(':id'),
    {
      config: { access: { role: 'admin', within: 'own-unit' } },
      schema: { summary: 'Revoke an API token', tags: ['tokens'], params: z.object({ id: z.uuid() }), response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { id } = request.params;
      await transact(db, async (trx) => {
        const token = await findToken(trx, id);
        if (token) await requireDuty(trx, callerOf(request), [token.unit]);
        const name = await revokeToken(trx, id, now());
        if (name === undefined) throw new ApiFailure('not-found');
        await audit({ who: callerOf(request).name, what: 'token.revoke', subject: id, before: { name } }, trx);
      });
      return reply.code(204).send(null);
    },
  );
};
