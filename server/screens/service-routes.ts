// Takes a screen out of service and back: a box that was stolen, or a place that is given up. The screen keeps its number and its history.
import { z } from 'zod';
import { screenPaths, screenServiceSchema, screenViewSchema } from '../../core/screen-api.ts';
import { callerOf } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { requireDuty } from '../people/duty.ts';
import type { LivePlayers } from '../players/players.ts';
import { requireApprovedChannel } from './approved-channel.ts';
import { issueAssignment } from './issue-assignments.ts';
import { findScreen, setScreenState } from './screen-store.ts';
import { screenViews } from './screen-view.ts';

const acts = {
  revoke: { state: 'revoked', summary: 'Take a screen out of service: its box shows no content and says so, until it is taken back' },
  restore: { state: 'active', summary: 'Take a screen back into service; outdoors only with content that two people have approved' },
} as const;

export function serviceRoutes(players: LivePlayers): Routes {
  return (app, context) => {
    const { db, keys, now, audit, console, players: notifyPlayers } = context;
    const views = screenViews(context, players);
    for (const act of ['revoke', 'restore'] as const) {
      const { state, summary } = acts[act];
      app.post(
        screenPaths[act](':id'),
        {
          config: { access: { role: 'admin', within: 'own-unit' } },
          schema: { summary, tags: ['screens'], params: z.object({ id: z.uuid() }), body: screenServiceSchema, response: { 200: screenViewSchema } },
        },
        async (request) => {
          const { id } = request.params;
          const caller = callerOf(request);
          await transact(db, async (trx) => {
            const before = await findScreen(trx, id);
            if (!before) throw new ApiFailure('not-found');
            await requireDuty(trx, caller, [before.unit]);
            if (act === 'restore') await requireApprovedChannel(trx, before.channel, before.profile);
            const after = await setScreenState(trx, id, state);
            // Pressed twice: it is so already.
            if (!after) return;
            await issueAssignment(trx, after, { keys, at: now() });
            await audit({ who: caller.name, what: `screen.${act}`, subject: id, before: { state: before.state }, after: { state, ...request.body } }, trx);
          });
          notifyPlayers.stateChanged();
          console('screens');
          console('orders');
          const view = await views.one(id);
          if (!view) throw new Error(`screen ${id} is gone`);
          return view;
        },
      );
    }
  };
}
