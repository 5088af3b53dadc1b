// Publishing at a set time: set by whoever could publish now, cancelled by anybody who may edit, and listed with what failed.
import { z } from 'zod';
import { slugSchema } from '../../core/primitives.ts';
import { newScheduleSchema, scheduledSchema, scheduleLimits, schedulePaths, type Scheduled } from '../../core/schedule-api.ts';
import { callerOf, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { requireOwnPlaylist } from '../playlists/own-playlist.ts';
import { findPlaylist } from '../playlists/playlist-store.ts';
import { requireBasisFile } from './basis-store.ts';
import { publishingDesk } from './publishing-desk.ts';
import { addSchedule, listSchedules, putAwayFailed, settleSchedule, waitingSchedule } from './schedule-store.ts';

const params = z.object({ id: slugSchema });
const tags = ['publishing'];

export const scheduleRoutes: Routes = (app, context) => {
  const { db, now, audit, console: tellConsoles } = context;
  const desk = publishingDesk(context);
  const response = { 200: z.array(scheduledSchema) };

  const views = async (caller: Caller): Promise<Scheduled[]> => {
    const all: Scheduled[] = [];
    for (const { id, playlist, revision, at, basis, author: by, person, state, why } of await listSchedules(db)) {
      const row = await findPlaylist(db, playlist);
      if (row) all.push({ id, playlist: { id: playlist, name: row.name }, revision, at, basis, by, state, why: [...why], own: person === caller.id });
    }
    return all;
  };

  app.get(
    schedulePaths.list,
    {
      config: { access: { role: 'viewer' } },
      schema: { summary: 'Publishes at a set time: what waits, and what failed with the reason', tags, response },
    },
    (request) => views(callerOf(request)),
  );

  app.post(
    schedulePaths.schedule(':id'),
    {
      config: { access: { role: 'approver', within: 'own-unit' } },
      schema: {
        summary: 'Publish the latest revision at a set time; refused for what would refuse it now, and everything is looked at again then',
        tags,
        params,
        body: newScheduleSchema,
        response,
      },
    },
    async (request) => {
      const { id } = request.params;
      const { revision, at, basis = null } = request.body;
      const caller = callerOf(request);
      if (at <= now() || at > now() + scheduleLimits.aheadMs) throw new ApiFailure('schedule-time');
      await transact(db, async (trx) => {
        await desk.requirePublishable(trx, caller, id, revision, at);
        if (await waitingSchedule(trx, id)) throw new ApiFailure('schedule-open');
        await requireBasisFile(trx, basis ?? undefined);
        await putAwayFailed(trx, id, now());
        const schedule = await addSchedule(trx, { playlist: id, revision, at, basis, person: caller.id, author: caller.name, createdAt: now() });
        await audit({ who: caller.name, what: 'schedule.set', subject: id, after: { schedule, revision, at, basis: basis ?? undefined } }, trx);
      });
      tellConsoles('playlists');
      return views(caller);
    },
  );

  app.delete(
    schedulePaths.schedule(':id'),
    {
      config: { access: { role: 'editor', within: 'own-unit' } },
      schema: { summary: 'Cancel the set time of a playlist, and put away what failed', tags, params, response },
    },
    async (request) => {
      const { id } = request.params;
      const caller = callerOf(request);
      await transact(db, async (trx) => {
        if (!(await findPlaylist(trx, id))) throw new ApiFailure('not-found');
        await requireOwnPlaylist(trx, caller, id);
        await putAwayFailed(trx, id, now());
        const waiting = await waitingSchedule(trx, id);
        if (!waiting || !(await settleSchedule(trx, waiting.id, 'cancelled', now()))) return;
        await audit(
          { who: caller.name, what: 'schedule.cancel', subject: id, before: { schedule: waiting.id, revision: waiting.revision, at: waiting.at } },
          trx,
        );
      });
      tellConsoles('playlists');
      return views(caller);
    },
  );
};
