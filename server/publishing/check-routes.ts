// What is looked at before a publish, for staff: the checks, the claims, and on what each claim rests.
import { z } from 'zod';
import { sha256Schema, slugSchema } from '../../core/primitives.ts';
import { checkPaths, confirmClaimSchema, readinessSchema } from '../../core/publish-checks.ts';
import { callerOf } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { requireOwnPlaylist } from '../playlists/own-playlist.ts';
import { findPlaylist } from '../playlists/playlist-store.ts';
import { requireBasisFile } from './basis-store.ts';
import { confirmClaim } from './claim-store.ts';
import { reachOf } from './reach.ts';
import { readinessOf } from './readiness.ts';

const tags = ['publishing'];

export const checkRoutes: Routes = (app, { db, now, audit, filesDir, console: tellConsoles }) => {
  const readiness = async (queries: Queries, id: string) => {
    const playlist = await findPlaylist(queries, id);
    if (!playlist) throw new ApiFailure('not-found');
    return readinessOf(queries, filesDir, playlist, await reachOf(queries, id), now());
  };

  app.get(
    checkPaths.checks(':id'),
    {
      config: { access: { role: 'viewer' } },
      schema: {
        summary: 'What would stop a publish of the latest revision beside legibility, and the sentences that claim something, with their documents',
        tags,
        params: z.object({ id: slugSchema }),
        response: { 200: readinessSchema },
      },
    },
    (request) => readiness(db, request.params.id),
  );

  app.put(
    checkPaths.claim(':id', ':sha256'),
    {
      config: { access: { role: 'editor', within: 'own-unit' } },
      schema: {
        summary: 'Say by which document a sentence of the playlist is true; another sentence needs another',
        tags,
        params: z.object({ id: slugSchema, sha256: sha256Schema }),
        body: confirmClaimSchema,
        response: { 200: readinessSchema },
      },
    },
    async (request) => {
      const { id, sha256 } = request.params;
      const { basis } = request.body;
      const caller = callerOf(request);
      await transact(db, async (trx) => {
        await requireOwnPlaylist(trx, caller, id);
        const claim = (await readiness(trx, id)).claims.find((each) => each.sha256 === sha256);
        if (!claim) throw new ApiFailure('not-found');
        await requireBasisFile(trx, basis);
        await confirmClaim(trx, sha256, { text: claim.text, basis, person: caller.id, author: caller.name, at: now() });
        await audit(
          { who: caller.name, what: 'claim.confirm', subject: sha256, before: claim.confirmed ?? undefined, after: { text: claim.text, basis } },
          trx,
        );
      });
      tellConsoles('playlists');
      return readiness(db, id);
    },
  );
};
