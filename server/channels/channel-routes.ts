// Channels for staff: what there is, new ones, the rules that give screens theirs, and the channel of one screen.
import { z } from 'zod';
import { changedScreenSchema } from '../../core/screen-api.ts';
import {
  channelPaths,
  channelSchema,
  channelsViewSchema,
  layeredSchema,
  copiedChannelsSchema,
  copyChannelsSchema,
  newChannelSchema,
  putLayersSchema,
  putRulesSchema,
  ruledSchema,
  screenChannelSchema,
  type ChannelsView,
  type ChannelView,
} from '../../core/channel-api.ts';
import type { ChannelRule } from '../../core/channel-rules.ts';
import { slugSchema } from '../../core/primitives.ts';
import type { LayerShare } from '../../core/layers.ts';
import { foldName, fullName } from '../../core/units.ts';
import { sentenceCase } from '../../core/vietnamese.ts';
import { callerOf, isAtLeast, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { missingSignatures } from '../manifests/missing-signatures.ts';
import { requireDuty } from '../people/duty.ts';
import type { LivePlayers } from '../players/players.ts';
import { findPlaylist } from '../playlists/playlist-store.ts';
import { requireBasisFile } from '../publishing/basis-store.ts';
import { findScreen, listScreens } from '../screens/screen-store.ts';
import { screenViews } from '../screens/screen-view.ts';
import { askSecond } from '../settings/ask-second.ts';
import { askedViews } from '../settings/change-routes.ts';
import { unitExists } from '../units/unit-path.ts';
import { unitByCode } from '../units/unit-store.ts';
import { changeLayers } from './change-layers.ts';
import { channelKinds, readRules, writeRules } from './channel-rules-store.ts';
import { listChannels } from './channel-store.ts';
import { copyChannels } from './copy-channels.ts';
import { dropChannel, makeChannel } from './keep-channels.ts';
import { moveByRules, moveScreen } from './move-screens.ts';
import { movesOutdoors, rulesText, standingRules } from './rules-document.ts';

const tags = ['channels'];

/** @throws ApiFailure for rules that name nothing, or of which one could never hold */
async function requireSound(db: Queries, rules: readonly ChannelRule[]): Promise<void> {
  const kinds = await channelKinds(db);
  const seen = new Set<string>();
  for (const { of, subject, channel } of rules) {
    const kind = kinds.get(channel);
    if (kind === undefined) throw new ApiFailure('channel-unknown');
    if (of === 'unit' && !(await unitExists(db, subject))) throw new ApiFailure('unit-unknown', [{ path: 'rules', reason: subject }]);
    const key = `${of} ${of === 'tag' ? foldName(subject) : subject} ${kind}`;
    if (seen.has(key)) throw new ApiFailure('rule-twice');
    seen.add(key);
  }
}

async function layerViews(db: Queries, layers: readonly LayerShare[]): Promise<ChannelView['layers']> {
  const views: ChannelView['layers'] = [];
  for (const layer of layers) {
    const unit = layer.unit === null ? undefined : await unitByCode(db, layer.unit);
    views.push({
      ...layer,
      name: (await findPlaylist(db, layer.playlist))?.name ?? layer.playlist,
      unitName: unit ? sentenceCase(fullName(unit)) : layer.unit,
    });
  }
  return views;
}

export function channelRoutes(players: LivePlayers): Routes {
  return (app, context) => {
    const { db, keys, now, audit, players: notifyPlayers, console: tellConsoles } = context;
    const screenView = screenViews(context, players);

    const view = async (caller: Caller): Promise<ChannelsView> => {
      const { rules, revision } = await readRules(db);
      const screens = await listScreens(db);
      const channels: ChannelView[] = [];
      const missing = missingSignatures(db, keys.root.document);
      const awaits = async (sha256: string | null): Promise<ChannelView['awaits']> => ({
        traffic: await missing(sha256, 'traffic'),
        public: await missing(sha256, 'public'),
        indoor: await missing(sha256, 'indoor'),
      });
      const waiting = await askedViews(context, caller);
      for (const { id, name, playlist, layers, manifest } of await listChannels(db)) {
        const row = await findPlaylist(db, playlist);
        channels.push({
          ...{ id, name, version: manifest?.version ?? null, awaits: await awaits(manifest?.sha256 ?? null), layers: await layerViews(db, layers) },
          asked: waiting.find(({ kind, subject }) => kind === 'layers' && subject.id === id) ?? null,
          playlist: { id: playlist, name: row?.name ?? playlist, kind: row?.kind ?? '' },
          screens: screens.filter(({ channel }) => channel === id).length,
          ruled: rules.some(({ channel }) => channel === id),
        });
      }
      const asked = waiting.find(({ kind }) => kind === 'rules') ?? null;
      return { channels, rules, revision, asked, mayChange: isAtLeast(caller.role, 'admin') && caller.unit === undefined };
    };
    const channelView = async (caller: Caller, id: string): Promise<ChannelView> => {
      const found = (await view(caller)).channels.find((channel) => channel.id === id);
      if (!found) throw new Error(`channel ${id} is gone`);
      return found;
    };
    const tell = () => {
      notifyPlayers.stateChanged();
      tellConsoles('screens');
      tellConsoles('settings');
    };

    app.get(
      channelPaths.channels,
      {
        config: { access: { role: 'viewer' } },
        schema: { summary: 'All channels and the rules that give them to screens', tags, response: { 200: channelsViewSchema } },
      },
      (request) => view(callerOf(request)),
    );

    app.post(
      channelPaths.channels,
      {
        config: { access: { role: 'admin', within: 'city' } },
        schema: { summary: 'A new channel for a playlist; no screen plays it yet', tags, body: newChannelSchema, response: { 201: channelSchema } },
      },
      async (request, reply) => {
        const caller = callerOf(request);
        const id = await makeChannel(context, caller, request.body);
        tellConsoles('screens');
        return reply.code(201).send(await channelView(caller, id));
      },
    );

    app.post(
      channelPaths.copies,
      {
        config: { access: { role: 'admin', within: 'city' } },
        schema: {
          summary: 'Copy channels with their playlists, items, hours and phases as drafts for another campaign; no screen plays them yet',
          tags,
          body: copyChannelsSchema,
          response: { 201: copiedChannelsSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request);
        const made = await copyChannels(context, caller, request.body);
        tellConsoles('screens');
        tellConsoles('playlists');
        return reply.code(201).send({ view: await view(caller), made });
      },
    );

    app.delete(
      channelPaths.channel(':id'),
      {
        config: { access: { role: 'admin', within: 'city' } },
        schema: { summary: 'Delete a channel that no screen plays and no rule names', tags, params: z.object({ id: slugSchema }), response: { 204: z.null() } },
      },
      async (request, reply) => {
        await dropChannel(context, callerOf(request), request.params.id);
        tellConsoles('screens');
        return reply.code(204).send(null);
      },
    );

    app.put(
      channelPaths.layers(':id'),
      {
        config: { access: { role: 'admin', within: 'city' } },
        schema: {
          summary:
            'How the air time of a channel is shared. What does not fit is refused with its numbers; for screens outdoors it waits for a second administrator',
          tags,
          params: z.object({ id: slugSchema }),
          body: putLayersSchema,
          response: { 200: layeredSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request);
        const { id } = request.params;
        const waiting = await transact(db, async (trx) => {
          await requireBasisFile(trx, request.body.basis);
          return changeLayers(context, trx, caller, id, request.body);
        });
        tell();
        tellConsoles('playlists');
        return { channel: await channelView(caller, id), waiting };
      },
    );

    app.put(
      channelPaths.rules,
      {
        config: { access: { role: 'admin', within: 'city' } },
        schema: {
          summary: 'Which tags and units play which channel, in this order; with another channel on a screen outdoors it waits for a second administrator',
          tags,
          body: putRulesSchema,
          response: { 200: ruledSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request);
        const { revision, rules, basis } = request.body;
        const outcome = await transact(db, async (trx) => {
          const before = await readRules(trx);
          if (before.revision !== revision) throw new ApiFailure('settings-changed', { revision: before.revision });
          await requireSound(trx, rules);
          await requireBasisFile(trx, basis);
          const texts = { before: await standingRules(trx), after: await rulesText(trx, rules) };
          if (movesOutdoors(texts.before, texts.after)) {
            const asked = await askSecond(trx, caller, { kind: 'rules', subject: 'rules', ...texts, loosens: false, basis }, now());
            await audit({ who: caller.name, what: 'rules.change.ask', subject: 'rules', before: before.rules, after: { change: asked, rules, basis } }, trx);
            return { moved: 0, waiting: true };
          }
          await writeRules(trx, rules);
          await audit({ who: caller.name, what: 'rules.change', subject: 'rules', before: before.rules, after: { rules, basis } }, trx);
          return { moved: await moveByRules(context, trx, rules, caller.name), waiting: false };
        });
        tell();
        return { ...outcome, view: await view(caller) };
      },
    );

    app.put(
      channelPaths.ofScreen(':id'),
      {
        config: { access: { role: 'admin', within: 'own-unit' } },
        schema: {
          summary: 'The channel of one screen, or none of its own: then the rules decide. Outdoors it waits for a second administrator',
          tags,
          params: z.object({ id: z.uuid() }),
          body: screenChannelSchema,
          response: { 200: changedScreenSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request);
        const { id } = request.params;
        const { channel, basis } = request.body;
        const outcome = await transact(db, async (trx) => {
          const screen = await findScreen(trx, id);
          if (!screen) throw new ApiFailure('not-found');
          await requireDuty(trx, caller, [screen.unit]);
          await requireBasisFile(trx, basis);
          return moveScreen(context, trx, caller, screen, channel, basis);
        });
        tell();
        const screen = await screenView.one(id);
        if (!screen) throw new Error(`screen ${id} is gone`);
        return { screen, waiting: outcome === 'waiting' };
      },
    );
  };
}
