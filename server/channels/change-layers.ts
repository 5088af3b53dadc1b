// The layers of a channel: what fits is given, what does not is refused with its numbers, and outdoors two people want it.
import { z } from 'zod';
import type { Basis } from '../../core/approval-api.ts';
import { admit, layerShareSchema, secondsOfShare, type Admission, type LayerShare } from '../../core/layers.ts';
import type { Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { ServerContext } from '../context.ts';
import type { Queries } from '../database/open-database.ts';
import { republish } from '../manifests/publish.ts';
import { findPlaylist } from '../playlists/playlist-store.ts';
import { outdoorScreens } from '../publishing/outdoors.ts';
import { requireApprovedPlaylist } from '../screens/approved-channel.ts';
import { screensOfChannels } from '../screens/screen-store.ts';
import { askSecond } from '../settings/ask-second.ts';
import { unitExists } from '../units/unit-path.ts';
import { findChannel, setChannelLayers, type Channel } from './channel-store.ts';
import { requireLegible } from './move-screens.ts';

type Publishing = Pick<ServerContext, 'keys' | 'now' | 'audit'>;

async function nameOf(db: Queries, playlist: string): Promise<string> {
  return (await findPlaylist(db, playlist))?.name ?? playlist;
}

/** Seconds as an office writes them: "2.160". */
const counted = (seconds: number, locale: string) => seconds.toLocaleString(locale);

async function doesNotFit(db: Queries, { asked, left, holders }: Admission & { ok: false }): Promise<ApiFailure> {
  const held: { playlist: string; name: string; seconds: number }[] = [];
  for (const { playlist, seconds } of holders) held.push({ playlist, name: await nameOf(db, playlist), seconds });
  const vi = held.map(({ name, seconds }) => `“${name}” ${counted(seconds, 'vi-VN')} giây`).join(', ');
  const en = held.map(({ name, seconds }) => `“${name}” ${counted(seconds, 'en-GB')} s`).join(', ');
  const advice = {
    vi: `Xin ${counted(asked, 'vi-VN')} giây mỗi giờ, còn ${counted(left, 'vi-VN')} giây. Đang giữ: ${vi || 'không ai'}.`,
    en: `Asked: ${counted(asked, 'en-GB')} s an hour; left: ${counted(left, 'en-GB')} s. Held: ${en || 'by nobody'}.`,
  };
  return new ApiFailure('air-time-full', { advice, asked, left, holders: held });
}

/** @throws ApiFailure for layers that name nothing, twice the same, or playlists of another kind of screen */
async function requireSound(db: Queries, { playlist }: Channel, layers: readonly LayerShare[]): Promise<void> {
  const [own] = layers;
  if (own?.playlist !== playlist || own.unit !== null) throw new ApiFailure('layers-own-first');
  if (new Set(layers.map((layer) => layer.playlist)).size < layers.length) throw new ApiFailure('layer-twice');
  const kind = (await findPlaylist(db, playlist))?.kind;
  for (const layer of layers) {
    const row = await findPlaylist(db, layer.playlist);
    if (!row) throw new ApiFailure('not-found');
    if (row.kind !== kind) throw new ApiFailure('layer-kind');
    if (layer.unit !== null && !(await unitExists(db, layer.unit))) throw new ApiFailure('unit-unknown', [{ path: 'layers', reason: layer.unit }]);
  }
}

/** What the screens of a channel would show is readable on each, and outdoors two have seen it. @throws ApiFailure */
async function requireShowable(db: Queries, channel: Channel, layers: readonly LayerShare[]): Promise<void> {
  const added = layers.filter(({ playlist }) => channel.layers.every((layer) => layer.playlist !== playlist));
  const screens = (await screensOfChannels(db, [channel.id])).filter(({ state }) => state === 'active');
  const isOutside = (await outdoorScreens(db, [channel])).length > 0;
  for (const { playlist } of added) {
    if (isOutside) await requireApprovedPlaylist(db, playlist);
    await requireLegible(db, playlist, screens);
  }
}

const documentSchema = z.object({ list: z.array(layerShareSchema), layers: z.record(z.string(), z.number()) });

/** Layers as two people compare them: seconds an hour by the name of each playlist. JSON text; equal texts mean the same. */
export async function layersText(db: Queries, list: readonly LayerShare[]): Promise<string> {
  const layers: Record<string, number> = {};
  for (const { playlist, share } of list) layers[await nameOf(db, playlist)] = secondsOfShare(share);
  return JSON.stringify({ list, layers } satisfies { list: readonly LayerShare[]; layers: Record<string, number> });
}

/** Gives a channel its layers and its screens what they carry. Runs inside a transaction. @throws ApiFailure */
export async function putLayers({ keys, now, audit }: Publishing, db: Queries, id: string, layers: readonly LayerShare[], who: string): Promise<void> {
  const channel = await findChannel(db, id);
  if (!channel) throw new ApiFailure('not-found');
  await requireSound(db, channel, layers);
  await requireShowable(db, channel, layers);
  await setChannelLayers(db, id, layers);
  await republish(db, [{ ...channel, layers }], { keys, by: who, at: now() });
  await audit({ who, what: 'channel.layers', subject: id, before: channel.layers, after: layers }, db);
}

export const layersOfText = (text: string): LayerShare[] => documentSchema.parse(JSON.parse(text)).list;

export interface WantedLayers {
  /** Those with which the edit began. */
  readonly began: readonly LayerShare[];
  readonly layers: readonly LayerShare[];
  readonly basis?: Basis | undefined;
}

/** Runs inside a transaction. @returns whether it waits for a second person @throws ApiFailure */
export async function changeLayers(context: Publishing, db: Queries, caller: Caller, id: string, { began, layers, basis }: WantedLayers): Promise<boolean> {
  const channel = await findChannel(db, id);
  if (!channel) throw new ApiFailure('not-found');
  const [texts, seen] = [{ before: await layersText(db, channel.layers), after: await layersText(db, layers) }, await layersText(db, began)];
  if (texts.before !== seen) throw new ApiFailure('settings-changed');
  if (texts.before === texts.after) return false;
  await requireSound(db, channel, layers);
  const admission = admit(channel.layers, layers);
  if (!admission.ok) throw await doesNotFit(db, admission);
  await requireShowable(db, channel, layers);
  if ((await outdoorScreens(db, [channel])).length === 0) {
    await putLayers(context, db, id, layers, caller.name);
    return false;
  }
  const change = await askSecond(db, caller, { kind: 'layers', subject: id, ...texts, loosens: false, basis }, context.now());
  await context.audit({ who: caller.name, what: 'channel.layers.ask', subject: id, before: channel.layers, after: { change, layers, basis } }, db);
  return true;
}
