// The technician's PIN of a screen, for whoever answers for it: read it out, or make a new one.
import { z } from 'zod';
import { screenPinSchema, screenPaths } from '../../core/screen-api.ts';
import { callerOf } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { requireDuty } from '../people/duty.ts';
import { issueAssignment } from './issue-assignments.ts';
import { newPin } from './pin.ts';
import { findScreen, setScreenPin } from './screen-store.ts';

const params = z.object({ id: z.uuid() });

export const pinRoutes: Routes = (app, { db, keys, now, audit, players }) => {
  const config = { access: { role: 'admin', within: 'own-unit' } } as const;
  const required = async (queries: Queries, id: string) => {
    const screen = await findScreen(queries, id);
    if (!screen) throw new ApiFailure('not-found');
    return screen;
  };

  app.get(
    screenPaths.screenPin(':id'),
    {
      config,
      schema: {
        summary: 'The PIN with which a technician in front of the screen opens its diagnosis',
        tags: ['screens'],
        params,
        response: { 200: screenPinSchema },
      },
    },
    async (request) => {
      const { unit, pin } = await required(db, request.params.id);
      await requireDuty(db, callerOf(request), [unit]);
      return { pin: pin?.digits ?? null };
    },
  );

  app.post(
    screenPaths.screenPin(':id'),
    {
      config,
      schema: {
        summary: 'A new PIN for a screen; the one before ends as soon as its box hears of it',
        tags: ['screens'],
        params,
        response: { 201: screenPinSchema },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const caller = callerOf(request);
      const pin = await newPin();
      await transact(db, async (trx) => {
        await requireDuty(trx, caller, [(await required(trx, id)).unit]);
        await issueAssignment(trx, await setScreenPin(trx, id, pin), { keys, at: now() });
        await audit({ who: caller.name, what: 'screen.pin', subject: id }, trx);
      });
      players.stateChanged();
      return reply.code(201).send({ pin: pin.digits });
    },
  );
};
