// The media library for staff: look, describe, delete what nobody uses.
import { z } from 'zod';
import { describeMediaSchema, mediaEntrySchema, mediaPaths, mediaQuerySchema, type MediaEntry, type MediaUse } from '../../core/media-api.ts';
import { sha256Schema } from '../../core/primitives.ts';
import { callerOf, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { requireDuty } from '../people/duty.ts';
import { deleteEntry, describeEntry, findEntry, forgetUnnamedMedia, listLibrary, type LibraryEntry } from './library-store.ts';
import { dropBytes } from './media-files.ts';
import { viewOfEntry } from './library-view.ts';
import { mediaUses } from './media-uses.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { uploadRoutes } from './upload-routes.ts';

const params = z.object({ sha256: sha256Schema });

/** Whoever wants to delete reads where it is in use, and what to do there. */
function inUse(uses: readonly MediaUse[]): ApiFailure {
  const vi = uses.map(({ what, name }) => (what === 'playlist' ? `danh sách phát “${name}”` : `kênh “${name}” (đang phát)`)).join(', ');
  const en = uses.map(({ what, name }) => (what === 'playlist' ? `playlist “${name}”` : `channel “${name}” (on the screens)`)).join(', ');
  const advice = {
    vi: `Nơi dùng: ${vi}. Gỡ khỏi đó, phát hành lại rồi xóa.`,
    en: `Used by: ${en}. Take it out there, publish again, then delete.`,
  };
  return new ApiFailure('media-in-use', { advice, uses });
}

async function requireEntry(db: Queries, sha256: string, caller: Caller): Promise<LibraryEntry> {
  const entry = await findEntry(db, sha256);
  if (!entry) throw new ApiFailure('not-found');
  await requireDuty(db, caller, [entry.unit]);
  return entry;
}

export const libraryRoutes: Routes = (app, context) => {
  const { db, audit, filesDir, console: tellConsoles } = context;
  const queue = oneAtATime();
  uploadRoutes(queue)(app, context);

  app.get(
    mediaPaths.media,
    {
      config: { access: { role: 'viewer' } },
      schema: {
        summary: 'The media library, newest first, with who uses each',
        tags: ['media'],
        querystring: mediaQuerySchema,
        response: { 200: z.array(mediaEntrySchema) },
      },
    },
    async (request) => {
      const uses = await mediaUses(db);
      const views: MediaEntry[] = [];
      for (const entry of await listLibrary(db, request.query.kind)) views.push(await viewOfEntry(db, entry, uses, callerOf(request)));
      return views;
    },
  );

  app.put(
    mediaPaths.entry(':sha256'),
    {
      config: { access: { role: 'editor', within: 'own-unit' } },
      schema: {
        summary: 'Name an entry, say what there is to see, until when it may be shown, and in which folder it is',
        tags: ['media'],
        params,
        body: describeMediaSchema,
        response: { 200: mediaEntrySchema },
      },
    },
    async (request) => {
      const { sha256 } = request.params;
      const { name, alt, expiresOn, folder } = request.body;
      const caller = callerOf(request);
      const after = await transact(db, async (trx) => {
        const before = await requireEntry(trx, sha256, caller);
        await describeEntry(trx, sha256, name, alt, expiresOn, folder);
        const facts = { name: before.name, alt: before.alt, expiresOn: before.expiresOn, folder: before.folder };
        await audit({ who: caller.name, what: 'media.describe', subject: sha256, before: facts, after: { name, alt, expiresOn, folder } }, trx);
        return { ...before, name, alt, expiresOn, folder: folder ?? before.folder };
      });
      tellConsoles('media');
      return viewOfEntry(db, after, await mediaUses(db), caller);
    },
  );

  app.delete(
    mediaPaths.entry(':sha256'),
    {
      config: { access: { role: 'editor', within: 'own-unit' } },
      schema: { summary: 'Delete an entry that nobody uses', tags: ['media'], params, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { sha256 } = request.params;
      const caller = callerOf(request);
      await queue(async () => {
        const gone = await transact(db, async (trx) => {
          const entry = await requireEntry(trx, sha256, caller);
          const usesOf = await mediaUses(trx);
          const uses = usesOf(sha256);
          if (uses.length > 0) throw inUse(uses);
          await deleteEntry(trx, sha256);
          await audit({ who: caller.name, what: 'media.delete', subject: sha256, before: { name: entry.name, alt: entry.alt, source: entry.source } }, trx);
          return forgetUnnamedMedia(trx, [sha256, entry.thumbnail, ...(entry.poster === null ? [] : [entry.poster])]);
        });
        for (const hash of gone) await dropBytes(filesDir, hash);
      });
      tellConsoles('media');
      return reply.code(204).send(null);
    },
  );
};
