// What a playlist was: any revision with its publishes, shown again years later, or taken back as the next draft.
import { z } from 'zod';
import { slugSchema } from '../../core/primitives.ts';
import { revisionPaths, revisionSchema, takeBackSchema, takenBackSchema } from '../../core/revision-api.ts';
import { callerOf } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { requireOwnPlaylist } from '../playlists/own-playlist.ts';
import { findPlaylist, readRevision, revisionFacts, saveRevision } from '../playlists/playlist-store.ts';
import { publishesOf } from './publish-store.ts';

const params = z.object({ id: slugSchema, revision: z.coerce.number().int().min(1) });
const tags = ['publishing'];
const publishesShown = 500;

export const revisionRoutes: Routes = (app, { db, now, audit, console: tellConsoles }) => {
  app.get(
    revisionPaths.revision(':id', ':revision'),
    {
      config: { access: { role: 'viewer' } },
      schema: { summary: 'A revision of a playlist as it was, with when it was published', tags, params, response: { 200: revisionSchema } },
    },
    async (request) => {
      const { id, revision } = request.params;
      const playlist = await findPlaylist(db, id);
      const draft = await readRevision(db, id, revision);
      const facts = await revisionFacts(db, id, revision);
      if (!playlist || !draft || !facts) throw new ApiFailure('not-found');
      const publishes = (await publishesOf(db, id, publishesShown)).filter((each) => each.revision === revision);
      return { revision, ...draft, ...facts, publishes, latest: playlist.revision };
    },
  );

  app.post(
    revisionPaths.takeBack(':id', ':revision'),
    {
      config: { access: { role: 'editor', within: 'own-unit' } },
      schema: {
        summary: 'Make an old revision the next draft; nothing reaches a screen before it is approved and published like any other',
        tags,
        params,
        body: takeBackSchema,
        response: { 200: takenBackSchema },
      },
    },
    async (request) => {
      const { id, revision: old } = request.params;
      const caller = callerOf(request);
      const revision = await transact(db, async (trx) => {
        const playlist = await findPlaylist(trx, id);
        if (!playlist) throw new ApiFailure('not-found');
        await requireOwnPlaylist(trx, caller, id);
        const draft = await readRevision(trx, id, old);
        if (!draft) throw new ApiFailure('not-found');
        const saved = await saveRevision(trx, id, request.body.revision, draft, { by: caller.name, at: now(), keeper: caller.id });
        if (saved === undefined) throw new ApiFailure('playlist-changed');
        await audit(
          { who: caller.name, what: 'playlist.take-back', subject: id, before: { revision: playlist.revision }, after: { revision: saved, of: old } },
          trx,
        );
        return saved;
      });
      tellConsoles('playlists');
      return { revision };
    },
  );
};
