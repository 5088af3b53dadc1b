// Playlists for staff: look, make, change, replace from a file, delete.
import { z } from 'zod';
import { itemFindingSchema, playlistViewSchema, type PlaylistView, playlistPaths } from '../../core/playlist-api.ts';
import { fieldProblem } from '../../core/field-problems.ts';
import { readAuthoredPlaylist } from '../../core/playlist.ts';
import { changePlaylistSchema, newPlaylistSchema } from '../../core/playlist-draft.ts';
import { slugSchema } from '../../core/primitives.ts';
import { callerOf } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { stageOf } from '../publishing/publishing-view.ts';
import { reachOf } from '../publishing/reach.ts';
import { changePlaylist } from './change-playlist.ts';
import { findingsOn } from './item-findings.ts';
import { dropPlaylist, makePlaylist } from './keep-playlists.ts';
import { requireOwnPlaylist } from './own-playlist.ts';
import { findPlaylist, listPlaylists, readRevision, saveRevision, type PlaylistRow } from './playlist-store.ts';
import { keepAssets, makeDraft } from './take-authored.ts';

const params = z.object({ id: slugSchema });
const maxFileBytes = 2 ** 20;

async function viewOf(db: Queries, row: PlaylistRow): Promise<PlaylistView> {
  const { id, name, kind, revision, published_revision, published_at, problem } = row;
  const draft = await readRevision(db, id, revision);
  return {
    ...{ id, name, kind, revision, publishedRevision: published_revision, publishedAt: published_at, problem },
    stage: await stageOf(db, row),
    items: draft?.items ?? [],
  };
}

async function requiredView(db: Queries, id: string): Promise<PlaylistView> {
  const row = await findPlaylist(db, id);
  if (!row) throw new ApiFailure('not-found');
  return viewOf(db, row);
}

export function playlistRoutes(assetsDir: string): Routes {
  return (app, context) => {
    const { db, now, audit, console, filesDir } = context;
    app.get(
      playlistPaths.playlists,
      { config: { access: { role: 'viewer' } }, schema: { summary: 'All playlists', tags: ['playlists'], response: { 200: z.array(playlistViewSchema) } } },
      async () => {
        const views: PlaylistView[] = [];
        for (const row of await listPlaylists(db)) views.push(await viewOf(db, row));
        return views;
      },
    );

    app.get(
      playlistPaths.playlist(':id'),
      {
        config: { access: { role: 'viewer' } },
        schema: { summary: 'A playlist with all its items', tags: ['playlists'], params, response: { 200: playlistViewSchema } },
      },
      (request) => requiredView(db, request.params.id),
    );

    app.post(
      playlistPaths.playlists,
      {
        config: { access: { role: 'editor', within: 'city' } },
        schema: {
          summary: 'A new playlist, empty or with the items of another; nothing plays it yet',
          tags: ['playlists'],
          body: newPlaylistSchema,
          response: { 201: playlistViewSchema },
        },
      },
      async (request, reply) => {
        const id = await makePlaylist(context, callerOf(request), request.body);
        console('playlists');
        return reply.code(201).send(await requiredView(db, id));
      },
    );

    app.delete(
      playlistPaths.playlist(':id'),
      {
        config: { access: { role: 'editor', within: 'city' } },
        schema: { summary: 'Delete a playlist that no channel plays', tags: ['playlists'], params, response: { 204: z.null() } },
      },
      async (request, reply) => {
        await dropPlaylist(context, callerOf(request), request.params.id);
        console('playlists');
        return reply.code(204).send(null);
      },
    );

    app.put(
      playlistPaths.playlist(':id'),
      {
        // Whoever may not touch the playlist is told that first; every bad field is then named in both languages.
        attachValidation: true,
        config: { access: { role: 'editor', within: 'own-unit' } },
        schema: {
          summary: 'Save all items of a playlist as its next revision: order, words, seconds, hours, each on or off',
          tags: ['playlists'],
          params,
          body: changePlaylistSchema,
          response: { 200: playlistViewSchema },
        },
      },
      async (request) => {
        const { id } = request.params;
        const caller = callerOf(request);
        if (!(await findPlaylist(db, id))) throw new ApiFailure('not-found');
        await requireOwnPlaylist(db, caller, id);
        const change = changePlaylistSchema.safeParse(request.body);
        if (!change.success) throw new ApiFailure('playlist-invalid', change.error.issues.map(fieldProblem));
        await changePlaylist(context, caller, id, change.data);
        console('playlists');
        return requiredView(db, id);
      },
    );

    app.put(
      playlistPaths.playlistFile(':id'),
      {
        bodyLimit: maxFileBytes,
        config: { access: { role: 'editor', within: 'own-unit' } },
        schema: {
          summary: 'Replace a playlist by an authored JSON file',
          tags: ['playlists'],
          params,
          querystring: z.object({ revision: z.coerce.number().int().min(0).optional() }),
          // Read by its own reader, which names every problem by its path.
          body: z.record(z.string(), z.unknown()).describe('A playlist file, as those in playlists/'),
          response: { 200: playlistViewSchema },
        },
      },
      async (request) => {
        const { id } = request.params;
        const caller = callerOf(request);
        const before = await requiredView(db, id);
        await requireOwnPlaylist(db, caller, id);
        const read = readAuthoredPlaylist(JSON.stringify(request.body));
        if (!read.ok) throw new ApiFailure('playlist-invalid', read.problems);
        if (read.playlist.id !== id) throw new ApiFailure('playlist-invalid', [{ path: 'id', reason: `expected "${id}"` }]);
        const kept = await keepAssets(read.playlist, assetsDir, filesDir);
        if (!kept.ok) throw new ApiFailure('playlist-invalid', kept.problems);
        const who = caller.name;
        await transact(db, async (trx) => {
          const draft = await makeDraft(trx, read.playlist, kept.files, now());
          if (!draft.items.some(({ enabled }) => enabled)) throw new ApiFailure('playlist-empty');
          const saved = await saveRevision(trx, id, request.query.revision ?? before.revision, draft, { by: who, at: now(), keeper: caller.id });
          if (saved === undefined) throw new ApiFailure('playlist-changed');
          await audit({ who, what: 'playlist.replace', subject: id, before: { name: before.name, items: before.items }, after: draft }, trx);
        });
        console('playlists');
        return requiredView(db, id);
      },
    );

    app.get(
      playlistPaths.findings(':id'),
      {
        config: { access: { role: 'viewer' } },
        schema: {
          summary: 'What cannot be read or scanned, or breaks the rules of its place, on the screens that would play the latest revision',
          tags: ['playlists'],
          params,
          response: { 200: z.array(itemFindingSchema) },
        },
      },
      async (request) => {
        const playlist = await findPlaylist(db, request.params.id);
        if (!playlist) throw new ApiFailure('not-found');
        const { inService } = await reachOf(db, playlist.id);
        return findingsOn(db, playlist.id, playlist.revision, inService);
      },
    );
  };
}
