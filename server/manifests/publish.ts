// Publishing: signs the next manifest of each channel, and the assignments of its screens that name it.
import { sceneNames } from '../../core/scenes.ts';
import { mediaOfPlaylist, type Playlist } from '../../core/playlist.ts';
import type { Campaign } from '../../core/campaign.ts';
import { soonerDays, untilLastDays, type LastDays } from '../../core/expiry.ts';
import { inPeriod } from '../../core/phases.ts';
import { maxManifestBytes, type Manifest } from '../../core/manifest.ts';
import type { Unit } from '../../core/units.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import { setChannelManifest, type Channel } from '../channels/channel-store.ts';
import { nextNumber } from '../database/counter-store.ts';
import type { Queries } from '../database/open-database.ts';
import type { Keys } from '../keys/keys.ts';
import { lastDaysOf } from '../media/library-store.ts';
import { mediaByHash } from '../media/media-store.ts';
import { playlistOf } from '../playlists/draft.ts';
import { findPlaylist, markPublished, publishedDays, readRevision } from '../playlists/playlist-store.ts';
import { issueAssignments } from '../screens/issue-assignments.ts';
import { unitsOfTree } from '../units/unit-store.ts';
import { addManifest } from './manifest-store.ts';

export interface Published {
  readonly channel: string;
  readonly version: number;
  readonly sha256: string;
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

async function issueManifest(
  db: Queries,
  channel: string,
  revision: number,
  playlist: Playlist,
  campaign: Campaign,
  units: Unit[],
  { keys, by, at }: Publisher,
): Promise<Published> {
  const wanted = mediaOfPlaylist(playlist);
  const files = await mediaByHash(db, wanted);
  if (files.length !== wanted.length) throw new Error(`playlist ${playlist.id} names media that the server does not have`);
  const unknown = playlist.items.find(({ scene }) => !(sceneNames as readonly string[]).includes(scene));
  if (unknown) throw new Error(`playlist ${playlist.id} has an item of the unknown scene ${unknown.scene}`);
  const version = await nextNumber(db, versionSeries(channel));
  const manifest: Manifest = { channel, version, issuedAt: at, campaign, layers: [{ share: 100, playlist }], files, units, minProtocol: manifestProtocol };
  const signed = keys.sign('manifest', manifest);
  if (Buffer.byteLength(signed.envelope.payload) > maxManifestBytes) throw new Error(`the manifest of ${channel} is larger than players take`);
  await addManifest(db, signed, { channel, version, revision, issuedAt: at, author: by });
  await setChannelManifest(db, channel, signed.sha256);
  return { channel, version, sha256: signed.sha256 };
}

/** Publishes a revision of a playlist to channels that play it. Runs inside a transaction; the caller then tells the players. @param lastDays of its files */
async function publishRevision(
  db: Queries,
  playlistId: string,
  revision: number,
  lastDays: LastDays,
  channels: readonly Channel[],
  publisher: Publisher,
): Promise<Published[]> {
  const draft = await readRevision(db, playlistId, revision);
  const campaign = await currentCampaign(db);
  if (!draft || !campaign) throw new Error(`nothing to publish: playlist ${playlistId}, revision ${revision}`);
  const units = await unitsOfTree(db, campaign.tree);
  const playlist = inPeriod(untilLastDays(playlistOf(playlistId, draft), lastDays), campaign);
  const published: Published[] = [];
  for (const { id } of channels) published.push(await issueManifest(db, id, revision, playlist, campaign, units, publisher));
  await issueAssignments(
    db,
    channels.map(({ id }) => id),
    publisher,
  );
  return published;
}

/** Until when the files of a revision may be shown, as the library says it now. */
export async function lastDaysOfRevision(db: Queries, playlist: string, revision: number): Promise<LastDays> {
  const draft = await readRevision(db, playlist, revision);
  return lastDaysOf(db, draft ? mediaOfPlaylist(playlistOf(playlist, draft)) : []);
}

/** Publishes the latest revision of a playlist and remembers that it is the published one. */
export async function publishPlaylist(
  db: Queries,
  playlist: string,
  revision: number,
  channels: readonly Channel[],
  publisher: Publisher,
): Promise<Published[]> {
  const lastDays = await lastDaysOfRevision(db, playlist, revision);
  const published = await publishRevision(db, playlist, revision, lastDays, channels, publisher);
  await markPublished(db, playlist, revision, publisher.at, lastDays);
  return published;
}

/** Issues the published content of channels anew, because the campaign, the units or the versions have changed. */
export async function republish(db: Queries, channels: readonly Channel[], publisher: Publisher): Promise<Published[]> {
  const all: Published[] = [];
  for (const channel of channels) {
    const playlist = await findPlaylist(db, channel.playlist);
    const revision = playlist?.published_revision ?? null;
    if (playlist === undefined || revision === null) continue;
    // A licence that ends sooner holds from here on; one that was extended waits for a publish that people have seen.
    const lastDays = soonerDays(publishedDays(playlist), await lastDaysOfRevision(db, channel.playlist, revision));
    all.push(...(await publishRevision(db, channel.playlist, revision, lastDays, [channel], publisher)));
  }
  return all;
}
