// What was on, what will be on and why, for any screen and instant; and the whole fleet for the coming day.
import { z } from 'zod';
import { outlookSchema, programmePaths, programmeQuerySchema, programmeViewSchema } from '../../core/programme-api.ts';
import { callerOf } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { programmes } from '../manifests/programmes.ts';
import { requireDuty } from '../people/duty.ts';
import type { LivePlayers } from '../players/players.ts';
import { findScreen } from '../screens/screen-store.ts';
import { outlookOf } from './outlook.ts';
import { programmeViews } from './programme-view.ts';

const minuteMs = 60_000;

export function timelineRoutes(players: LivePlayers): Routes {
  return (app, context) => {
    const { db, now } = context;
    const programmeOf = programmes(db);
    const viewOf = programmeViews(db, programmeOf, players, now);

    app.get(
      programmePaths.programme(':id'),
      {
        config: { access: { role: 'viewer', scope: 'screens', within: 'anywhere' } },
        schema: {
          summary: 'What a screen had or will have on around an instant, what it recorded, and why each item is on or not',
          tags: ['screens'],
          params: z.object({ id: z.uuid() }),
          querystring: programmeQuerySchema,
          response: { 200: programmeViewSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request);
        const screen = await findScreen(db, request.params.id);
        if (!screen) throw new ApiFailure('not-found');
        // Staff look at the screens of the whole city; a program at those of its unit.
        if (caller.kind === 'token') await requireDuty(db, caller, [screen.unit]);
        const { at: asked, minutes } = request.query;
        const at = asked === undefined ? now() : Date.parse(asked);
        return viewOf(screen, { at, from: at, until: at + minutes * minuteMs });
      },
    );

    app.get(
      programmePaths.outlook,
      {
        config: { access: { role: 'viewer' } },
        schema: {
          summary: 'All screens in service for the coming day: gaps, what ends, stale figures, what is not confirmed, who lags',
          tags: ['screens'],
          response: { 200: outlookSchema },
        },
      },
      () => outlookOf(context, programmeOf, players, now()),
    );
  };
}
