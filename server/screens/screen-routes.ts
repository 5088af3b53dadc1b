// Screens for staff: the list with what each really shows, new ones, pairing, pictures, plays.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { apiPaths, changeScreenSchema, enrolmentTokenSchema, newScreenSchema, playProofSchema, playViewSchema, screenViewSchema } from '../../core/api.ts';
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
import { findPlaylist } from '../playlists/playlist-store.ts';
import { isApproved } from '../publishing/approval-store.ts';
import { isOutdoors } from '../publishing/outdoors.ts';
import { unitExists } from '../units/unit-path.ts';
import { addScreen, changeScreen, findScreen, type Screen } from './screen-store.ts';
import { screenViews } from './screen-view.ts';

const params = z.object({ id: z.uuid() });
const maxPlays = 1_000;
const playsQuery = z.object({ limit: z.coerce.number().int().min(1).max(maxPlays).optional() });

export function screenRoutes(players: LivePlayers): Routes {
  return (app, { db, keys, now, audit, console, players: notifyPlayers }) => {
    const views = screenViews(db, players, now);

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
      apiPaths.screens,
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
      apiPaths.screens,
      {
        config: { access: { role: 'admin', within: 'own-unit' } },
        schema: { summary: 'Add a real screen; it still needs a box', tags: ['screens'], body: newScreenSchema, response: { 201: screenViewSchema } },
      },
      async (request, reply) => {
        const { name, place, channel, profile } = request.body;
        const shown = await findChannel(db, channel);
        if (!shown) throw new ApiFailure('bad-request', [{ path: 'channel', reason: `there is no channel "${channel}"` }]);
        // One person adds a screen; what it would show outdoors at once, two have seen.
        const plays = await findPlaylist(db, shown.playlist);
        const revision = plays?.published_revision ?? null;
        if (isOutdoors({ profile, state: 'active' }) && revision !== null && !(await isApproved(db, shown.playlist, revision)))
          throw new ApiFailure('channel-not-approved');
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
      apiPaths.screen(':id'),
      {
        config: { access: { role: 'admin', within: 'own-unit' } },
        schema: {
          summary: 'Name, place, unit, contact and hours of a screen',
          tags: ['screens'],
          params,
          body: changeScreenSchema,
          response: { 200: screenViewSchema },
        },
      },
      async (request) => {
        const { id } = request.params;
        const { name, place, unit, contact, hours } = await ownScreen(callerOf(request), id);
        if (request.body.unit !== null && !(await unitExists(db, request.body.unit)))
          throw new ApiFailure('unit-unknown', [{ path: 'unit', reason: request.body.unit }]);
        await requireDuty(db, callerOf(request), [request.body.unit]);
        await transact(db, async (trx) => {
          await changeScreen(trx, id, request.body);
          const changed = await findScreen(trx, id);
          if (changed) await issueAssignment(trx, changed, { keys, at: now() });
          await audit(
            { who: callerOf(request).name, what: 'screen.change', subject: id, before: { name, place, unit, contact, hours }, after: request.body },
            trx,
          );
        });
        notifyPlayers.stateChanged();
        console('screens');
        console('orders');
        const view = await views.one(id);
        if (!view) throw new Error(`screen ${id} is gone`);
        return view;
      },
    );

    app.post(
      apiPaths.enrolment(':id'),
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
      apiPaths.capture(':id'),
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
      apiPaths.capture(':id'),
      { config: reader, schema: { summary: 'The latest picture of a screen, JPEG', tags: ['screens'], params } },
      async (request, reply) => {
        const capture = await readCapture(db, (await readable(callerOf(request), request.params.id)).id);
        if (!capture) throw new ApiFailure('not-found');
        return reply.type('image/jpeg').header('cache-control', 'private, no-cache').send(Buffer.from(capture.jpeg));
      },
    );

    app.get(
      apiPaths.plays(':id'),
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
      apiPaths.playProof(':id'),
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
