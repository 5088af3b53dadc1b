// Publishing: signs the next manifest of each channel. The state notice names it to screens, so that no publish signs anything a screen.
import { errors } from '../../core/errors.ts';
import { sceneNames } from '../../core/scenes.ts';
import { mediaOfPlaylist, type Playlist } from '../../core/playlist.ts';
import type { Campaign } from '../../core/campaign.ts';
import { soonerDays, untilLastDays, type LastDays } from '../../core/expiry.ts';
import { withOwnIds } from '../../core/layers.ts';
import { inPeriod } from '../../core/phases.ts';
import { maxManifestBytes, type Manifest } from '../../core/manifest.ts';
import type { Unit } from '../../core/units.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import { listChannels, setChannelManifest, type Channel } from '../channels/channel-store.ts';
import { nextNumber } from '../database/counter-store.ts';
import type { Queries } from '../database/open-database.ts';
import type { Keys } from '../keys/keys.ts';
import { lastDaysOf } from '../media/library-store.ts';
import { mediaByHash } from '../media/media-store.ts';
import { playlistOf } from '../playlists/draft.ts';
import { findPlaylist, markPublished, publishedDays, readRevision } from '../playlists/playlist-store.ts';
import { runningCanaries, settleCanary } from '../publishing/canary-store.ts';
import { endCanary, setCanary, type Screen } from '../screens/screen-store.ts';
import { unitsOfTree } from '../units/unit-store.ts';
import { approvalsNeeded } from './approvals-needed.ts';
import { putAwaited } from './awaited-store.ts';
import { addManifest, type CarriedRevision } from './manifest-store.ts';

export interface Published {
  readonly channel: string;
  readonly version: number;
  readonly sha256: string;
  /** So many approvers have to sign it before it comes into force; 0 when it is. */
  readonly awaits: number;
}

export interface Publisher {
  readonly keys: Keys;
  readonly by: string;
  readonly at: number;
}

/** Name of a channel's series of versions. Players refuse what is not above the highest that they have verified. */
export function versionSeries(channel: string): string {
  return `manifest:${channel}`;
}

/** Scenes that this build knows are all there were from protocol 1 on. */
export const manifestProtocol = 1;

/** A layer as it goes into a manifest: a revision of a playlist, and until when its files may be shown. */
interface Carried extends CarriedRevision {
  readonly share: number;
  readonly lastDays: LastDays;
}

/** What channels carry is read once for all of them. */
function reader(db: Queries, campaign: Campaign) {
  const known = new Map<string, Playlist>();
  return async ({ playlist, revision, lastDays }: Carried): Promise<Playlist> => {
    const read = known.get(playlist);
    if (read) return read;
    const draft = await readRevision(db, playlist, revision);
    if (!draft) throw new Error(`nothing to publish: playlist ${playlist}, revision ${revision}`);
    const made = inPeriod(untilLastDays(playlistOf(playlist, draft), lastDays), campaign);
    const unknown = made.items.find(({ scene }) => !(sceneNames as readonly string[]).includes(scene));
    if (unknown) throw new Error(`playlist ${playlist} has an item of the unknown scene ${unknown.scene}`);
    known.set(playlist, made);
    return made;
  };
}

async function issueManifest(
  db: Queries,
  { channel, onlyFor }: { readonly channel: string; readonly onlyFor: readonly string[] | undefined },
  carried: readonly Carried[],
  layers: Manifest['layers'],
  campaign: Campaign,
  units: Unit[],
  { keys, by, at }: Publisher,
): Promise<Published> {
  const wanted = [...new Set(layers.flatMap(({ playlist }) => mediaOfPlaylist(playlist)))];
  const files = await mediaByHash(db, wanted);
  if (files.length !== wanted.length) throw new Error(`channel ${channel} names media that the server does not have`);
  const version = await nextNumber(db, versionSeries(channel));
  const manifest: Manifest = { channel, version, issuedAt: at, campaign, layers, files, units, minProtocol: manifestProtocol };
  const signed = keys.sign('manifest', manifest);
  if (Buffer.byteLength(signed.envelope.payload) > maxManifestBytes) throw new Error(`the manifest of ${channel} is larger than players take`);
  const revisions = carried.map(({ playlist, revision }) => ({ playlist, revision }));
  await addManifest(db, signed, { channel, version, layers: revisions, onlyFor, issuedAt: at, author: by });
  // What a few screens try needs no approver's signature: a try is refused where one is asked for.
  if (onlyFor !== undefined) return { channel, version, sha256: signed.sha256, awaits: 0 };
  const awaits = await approvalsNeeded(db, keys.root.document, channel);
  await putAwaited(db, channel, awaits > 0 ? signed.sha256 : null);
  if (awaits === 0) await setChannelManifest(db, channel, signed.sha256);
  return { channel, version, sha256: signed.sha256, awaits };
}

/** What a playlist shows on the screens now. A licence that ends sooner holds from here on; one that was extended waits for a publish that people have seen. */
async function publishedOf(db: Queries, playlist: string): Promise<Omit<Carried, 'share'> | undefined> {
  const row = await findPlaylist(db, playlist);
  const revision = row?.published_revision ?? null;
  if (!row || revision === null) return undefined;
  return { playlist, revision, lastDays: soonerDays(publishedDays(row), await lastDaysOfRevision(db, playlist, revision)) };
}

/** Makes the content of channels: each layer as it is published, or as `fresh`. Layers that were never published are left out. */
async function contents(db: Queries, publisher: Publisher, fresh?: Omit<Carried, 'share'>) {
  const campaign = await currentCampaign(db);
  if (!campaign) throw new Error('nothing can be published without a campaign');
  const units = await unitsOfTree(db, campaign.tree);
  const read = reader(db, campaign);
  const standing = new Map<string, Omit<Carried, 'share'> | undefined>();
  if (fresh) standing.set(fresh.playlist, fresh);
  /** @param onlyFor ids of the screens for which alone it is @returns undefined where there is nothing to show */
  return async ({ id, layers }: Channel, onlyFor?: readonly string[]): Promise<Published | undefined> => {
    const carried: Carried[] = [];
    for (const { playlist, share } of layers) {
      if (!standing.has(playlist)) standing.set(playlist, await publishedOf(db, playlist));
      const found = standing.get(playlist);
      if (found) carried.push({ ...found, share });
    }
    if (carried.length === 0) return undefined;
    const shown: Manifest['layers'] = [];
    for (const each of carried) shown.push({ share: each.share, playlist: await read(each) });
    return issueManifest(db, { channel: id, onlyFor }, carried, withOwnIds(shown), campaign, units, publisher);
  };
}

/** What was tried on a few screens of these channels is over: they play what their channels do. @returns these channels and all that were tried with them */
async function overtakeCanaries(db: Queries, channels: readonly Channel[], { by, at }: Publisher): Promise<readonly Channel[]> {
  const ids = new Set(channels.map(({ id }) => id));
  const touched = (await runningCanaries(db)).filter((canary) => canary.channels.some((channel) => ids.has(channel)));
  const { vi, en } = errors['canary-overtaken'];
  for (const { id, channels: tried } of touched) {
    await settleCanary(db, id, { state: 'stopped', by, at, why: [{ vi, en }] });
    tried.forEach((channel) => ids.add(channel));
  }
  await endCanary(db, [...ids]);
  const others = touched.length === 0 ? [] : (await listChannels(db)).filter(({ id }) => ids.has(id) && channels.every((channel) => channel.id !== id));
  return [...channels, ...others];
}

/** Signs the next manifest of channels. Runs inside a transaction. */
async function issueChannels(db: Queries, channels: readonly Channel[], publisher: Publisher, fresh?: Omit<Carried, 'share'>): Promise<Published[]> {
  const issue = await contents(db, publisher, fresh);
  const published: Published[] = [];
  for (const channel of await overtakeCanaries(db, channels, publisher)) {
    const issued = await issue(channel);
    if (issued) published.push(issued);
  }
  return published;
}

/** Issues a revision of a playlist to a few screens of its channels first. Runs inside a transaction. */
export async function issueCanary(
  db: Queries,
  playlist: string,
  revision: number,
  channels: readonly Channel[],
  screens: readonly Screen[],
  publisher: Publisher,
): Promise<Published[]> {
  const issue = await contents(db, publisher, { playlist, revision, lastDays: await lastDaysOfRevision(db, playlist, revision) });
  const published: Published[] = [];
  for (const channel of channels) {
    const own = screens.filter((screen) => screen.channel === channel.id);
    const issued = await issue(
      channel,
      own.map(({ id }) => id),
    );
    if (!issued) continue;
    published.push(issued);
    await setCanary(
      db,
      own.map(({ id }) => id),
      issued.sha256,
    );
  }
  return published;
}

/** Until when the files of a revision may be shown, as the library says it now. */
export async function lastDaysOfRevision(db: Queries, playlist: string, revision: number): Promise<LastDays> {
  const draft = await readRevision(db, playlist, revision);
  return lastDaysOf(db, draft ? mediaOfPlaylist(playlistOf(playlist, draft)) : []);
}

/** Publishes the latest revision of a playlist to its channels, and remembers that it is the published one. The caller then tells the players. */
export async function publishPlaylist(
  db: Queries,
  playlist: string,
  revision: number,
  channels: readonly Channel[],
  publisher: Publisher,
): Promise<Published[]> {
  const lastDays = await lastDaysOfRevision(db, playlist, revision);
  const published = await issueChannels(db, channels, publisher, { playlist, revision, lastDays });
  await markPublished(db, playlist, revision, publisher.at, lastDays);
  return published;
}

/** Issues the published content of channels anew, because the campaign, the units, the layers or the versions have changed. */
export const republish = (db: Queries, channels: readonly Channel[], publisher: Publisher): Promise<Published[]> => issueChannels(db, channels, publisher);
