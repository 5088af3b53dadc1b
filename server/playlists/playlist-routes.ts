// Playlists for staff: look, reorder, switch items on and off, replace from a file.
import { z } from 'zod';
import { apiPaths, arrangeSchema, itemFindingSchema, playlistViewSchema, type PlaylistView } from '../../core/api.ts';
import { readAuthoredPlaylist } from '../../core/playlist.ts';
import { slugSchema } from '../../core/primitives.ts';
import { callerOf } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { channelsOfPlaylist } from '../channels/channel-store.ts';
import type { Routes } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { stageOf } from '../publishing/publishing-view.ts';
import { arrange } from './draft.ts';
import { itemFindings } from './item-findings.ts';
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
  return (app, { db, now, audit, console, filesDir }) => {
    app.get(
      apiPaths.playlists,
      { config: { access: { role: 'viewer' } }, schema: { summary: 'All playlists', tags: ['playlists'], response: { 200: z.array(playlistViewSchema) } } },
      async () => {
        const views: PlaylistView[] = [];
        for (const row of await listPlaylists(db)) views.push(await viewOf(db, row));
        return views;
      },
    );

    app.get(
      apiPaths.playlist(':id'),
      {
        config: { access: { role: 'viewer' } },
        schema: { summary: 'A playlist with all its items', tags: ['playlists'], params, response: { 200: playlistViewSchema } },
      },
      (request) => requiredView(db, request.params.id),
    );

    app.put(
      apiPaths.playlist(':id'),
      {
        config: { access: { role: 'editor', within: 'own-unit' } },
        schema: {
          summary: 'Put the items in a new order, each on or off',
          tags: ['playlists'],
          params,
          body: arrangeSchema,
          response: { 200: playlistViewSchema },
        },
      },
      async (request) => {
        const { id } = request.params;
        const { revision, items } = request.body;
        const caller = callerOf(request);
        const who = caller.name;
        await transact(db, async (trx) => {
          await requireOwnPlaylist(trx, caller, id);
          const draft = (await findPlaylist(trx, id)) && (await readRevision(trx, id, revision));
          if (!draft) throw new ApiFailure((await findPlaylist(trx, id)) ? 'playlist-changed' : 'not-found');
          const arranged = arrange(draft, items);
          if (!arranged.ok) throw new ApiFailure(arranged.reason === 'empty' ? 'playlist-empty' : 'bad-request', [{ path: 'items', reason: arranged.reason }]);
          const saved = await saveRevision(trx, id, revision, arranged.draft, { by: who, at: now(), keeper: caller.id });
          if (saved === undefined) throw new ApiFailure('playlist-changed');
          const order = (list: readonly { id: string; enabled: boolean }[]) => list.map(({ id: item, enabled }) => ({ id: item, enabled }));
          await audit({ who, what: 'playlist.arrange', subject: id, before: order(draft.items), after: order(items) }, trx);
        });
        console('playlists');
        return requiredView(db, id);
      },
    );

    app.put(
      apiPaths.playlistFile(':id'),
      {
        bodyLimit: maxFileBytes,
        config: { access: { role: 'editor', within: 'own-unit' } },
        schema: {
          summary: 'Replace a playlist by an authored JSON file',
          tags: ['playlists'],
          params,
          querystring: z.object({ revision: z.coerce.number().int().min(0).optional() }),
          body: z.unknown(),
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
      apiPaths.findings(':id'),
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
        return itemFindings(db, playlist.id, playlist.revision, await channelsOfPlaylist(db, playlist.id));
      },
    );
  };
}
