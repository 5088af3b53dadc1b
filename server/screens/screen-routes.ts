// Screens for staff: the list with what each really shows, new ones, pairing, pictures, plays.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { playProofSchema, playViewSchema, playPaths } from '../../core/play-api.ts';
import { changedScreenSchema, changeScreenSchema, enrolmentTokenSchema, newScreenSchema, screenViewSchema, screenPaths } from '../../core/screen-api.ts';
import { fieldProblem } from '../../core/field-problems.ts';
import { callerOf, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { readCapture } from '../captures/capture-store.ts';
import { findChannel } from '../channels/channel-store.ts';
import type { Routes } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { isInDuty, requireDuty } from '../people/duty.ts';
import type { LivePlayers } from '../players/players.ts';
import { latestPlays } from '../plays/play-store.ts';
import { proofOf } from '../plays/proof-store.ts';
import { readServers } from '../settings/server-addresses.ts';
import { makeEnrolment } from './enrolment.ts';
import { issueAssignment } from './issue-assignments.ts';
import { requireApprovedChannel } from './approved-channel.ts';
import { changeScreenByStaff } from './change-screen.ts';
import { addScreen, findScreen, type Screen } from './screen-store.ts';
import { screenViews } from './screen-view.ts';

const params = z.object({ id: z.uuid() });
const maxPlays = 1_000;
const playsQuery = z.object({ limit: z.coerce.number().int().min(1).max(maxPlays).optional() });

export function screenRoutes(players: LivePlayers): Routes {
  return (app, context) => {
    const { db, keys, now, audit, console, players: notifyPlayers } = context;
    const views = screenViews(context, players);

    const required = async (id: string): Promise<Screen> => {
      const screen = await findScreen(db, id);
      if (!screen) throw new ApiFailure('not-found');
      return screen;
    };
    const ownScreen = async (caller: Caller, id: string): Promise<Screen> => {
      const screen = await required(id);
      await requireDuty(db, caller, [screen.unit]);
      return screen;
    };
    /** Staff look at the screens of the whole city; a program at those of its unit. */
    const readable = async (caller: Caller, id: string): Promise<Screen> => (caller.kind === 'token' ? ownScreen(caller, id) : required(id));
    const reader = { access: { role: 'viewer', scope: 'screens', within: 'anywhere' } } as const;

    app.get(
      screenPaths.screens,
      {
        config: reader,
        schema: { summary: 'All screens, with what each really shows', tags: ['screens'], response: { 200: z.array(screenViewSchema) } },
      },
      async (request) => {
        const caller = callerOf(request);
        const all = await views.all();
        if (caller.kind === 'person') return all;
        const own: typeof all = [];
        for (const screen of all) if (await isInDuty(db, caller, screen.unit)) own.push(screen);
        return own;
      },
    );

    app.post(
      screenPaths.screens,
      {
        config: { access: { role: 'admin', within: 'own-unit' } },
        schema: { summary: 'Add a real screen; it still needs a box', tags: ['screens'], body: newScreenSchema, response: { 201: screenViewSchema } },
      },
      async (request, reply) => {
        const { name, place, channel, profile } = request.body;
        if (!(await findChannel(db, channel))) throw new ApiFailure('bad-request', [{ path: 'channel', reason: `there is no channel "${channel}"` }]);
        await requireApprovedChannel(db, channel, profile);
        const unit = callerOf(request).unit ?? null;
        const id = await transact(db, async (trx) => {
          const screen = await addScreen(trx, { name, place, channel, profile, trial: false, unit }, now());
          await issueAssignment(trx, screen, { keys, at: now() });
          await audit({ who: callerOf(request).name, what: 'screen.create', subject: screen.id, after: request.body }, trx);
          return screen.id;
        });
        console('screens');
        const view = await views.one(id);
        if (!view) throw new Error(`screen ${id} is gone`);
        return reply.code(201).send(view);
      },
    );

    app.put(
      screenPaths.screen(':id'),
      {
        // Whoever may not touch the screen is told that first; every bad field is then named in both languages.
        attachValidation: true,
        config: { access: { role: 'admin', within: 'own-unit' } },
        schema: {
          summary: 'Name, place, unit, contact, operator, hours, tags and profile of a screen; outdoors another profile waits for a second administrator',
          tags: ['screens'],
          params,
          body: changeScreenSchema,
          response: { 200: changedScreenSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request);
        const { id } = await ownScreen(caller, request.params.id);
        const change = changeScreenSchema.safeParse(request.body);
        if (!change.success) throw new ApiFailure('settings-invalid', change.error.issues.map(fieldProblem));
        const waiting = await changeScreenByStaff(context, caller, id, change.data);
        notifyPlayers.stateChanged();
        console('screens');
        console('orders');
        if (waiting) console('settings');
        const screen = await views.one(id);
        if (!screen) throw new Error(`screen ${id} is gone`);
        return { screen, waiting };
      },
    );

    app.post(
      screenPaths.enrolment(':id'),
      {
        config: { access: { role: 'admin', within: 'own-unit' } },
        schema: { summary: 'A token with which a box becomes this screen, once', tags: ['screens'], params, response: { 201: enrolmentTokenSchema } },
      },
      async (request, reply) => {
        const { id } = await ownScreen(callerOf(request), request.params.id);
        const server = (await readServers(db))[0] ?? `http://${request.host}`;
        const token = await transact(db, async (trx) => {
          await audit({ who: callerOf(request).name, what: 'screen.enrolment', subject: id }, trx);
          return makeEnrolment(trx, id, server, keys.root.sha256, now());
        });
        return reply.code(201).send(token);
      },
    );

    app.post(
      screenPaths.capture(':id'),
      {
        config: { access: { role: 'viewer', within: 'anywhere' } },
        schema: { summary: 'Ask a screen for a picture of itself', tags: ['screens'], params, response: { 202: z.null() } },
      },
      async (request, reply) => {
        const { id } = await required(request.params.id);
        if (!players.requestCapture(id, randomUUID())) throw new ApiFailure('screen-offline');
        return reply.code(202).send(null);
      },
    );

    app.get(
      screenPaths.capture(':id'),
      { config: reader, schema: { summary: 'The latest picture of a screen, JPEG', tags: ['screens'], produces: ['image/jpeg'], params } },
      async (request, reply) => {
        const capture = await readCapture(db, (await readable(callerOf(request), request.params.id)).id);
        if (!capture) throw new ApiFailure('not-found');
        return reply.type('image/jpeg').header('cache-control', 'private, no-cache').send(Buffer.from(capture.jpeg));
      },
    );

    app.get(
      playPaths.plays(':id'),
      {
        config: reader,
        schema: {
          summary: 'The latest plays of a screen, newest first',
          tags: ['screens'],
          params,
          querystring: playsQuery,
          response: { 200: z.array(playViewSchema) },
        },
      },
      async (request) => latestPlays(db, (await readable(callerOf(request), request.params.id)).id, request.query.limit ?? 200),
    );

    app.get(
      playPaths.playProof(':id'),
      {
        config: reader,
        schema: {
          summary: 'How far the plays of a screen hold: its chains, what is missing, and what contradicts them',
          tags: ['screens'],
          params,
          response: { 200: playProofSchema },
        },
      },
      async (request) => proofOf(db, (await readable(callerOf(request), request.params.id)).id),
    );
  };
}
