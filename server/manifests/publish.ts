// Publishing: signs the next manifest of each channel, and the assignments of its screens that name it.
import { sceneNames } from '../../core/scenes.ts';
import { mediaOfPlaylist, type Playlist } from '../../core/playlist.ts';
import type { Campaign } from '../../core/campaign.ts';
import { inPeriod } from '../../core/phases.ts';
import { maxManifestBytes, type Manifest } from '../../core/manifest.ts';
import type { Unit } from '../../core/units.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import { setChannelManifest, type Channel } from '../channels/channel-store.ts';
import { nextNumber } from '../database/counter-store.ts';
import type { Queries } from '../database/open-database.ts';
import type { Keys } from '../keys/keys.ts';
import { mediaByHash } from '../media/media-store.ts';
import { playlistOf } from '../playlists/draft.ts';
import { findPlaylist, markPublished, readRevision } from '../playlists/playlist-store.ts';
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
const minProtocol = 1;

async function issueManifest(
  db: Queries,
  channel: string,
  revision: number,
  whole: Playlist,
  campaign: Campaign,
  units: Unit[],
  { keys, by, at }: Publisher,
): Promise<Published> {
  const playlist = inPeriod(whole, campaign);
  const wanted = mediaOfPlaylist(playlist);
  const files = await mediaByHash(db, wanted);
  if (files.length !== wanted.length) throw new Error(`playlist ${playlist.id} names media that the server does not have`);
  const unknown = playlist.items.find(({ scene }) => !(sceneNames as readonly string[]).includes(scene));
  if (unknown) throw new Error(`playlist ${playlist.id} has an item of the unknown scene ${unknown.scene}`);
  const version = await nextNumber(db, versionSeries(channel));
  const manifest: Manifest = { channel, version, issuedAt: at, campaign, layers: [{ share: 100, playlist }], files, units, minProtocol };
  const signed = keys.sign('manifest', manifest);
  if (Buffer.byteLength(signed.envelope.payload) > maxManifestBytes) throw new Error(`the manifest of ${channel} is larger than players take`);
  await addManifest(db, signed, { channel, version, revision, issuedAt: at, author: by });
  await setChannelManifest(db, channel, signed.sha256);
  return { channel, version, sha256: signed.sha256 };
}

/** Publishes a revision of a playlist to channels that play it. Runs inside a transaction; the caller then tells the players. */
async function publishRevision(db: Queries, playlistId: string, revision: number, channels: readonly Channel[], publisher: Publisher): Promise<Published[]> {
  const draft = await readRevision(db, playlistId, revision);
  const campaign = await currentCampaign(db);
  if (!draft || !campaign) throw new Error(`nothing to publish: playlist ${playlistId}, revision ${revision}`);
  const units = await unitsOfTree(db, campaign.tree);
  const playlist = playlistOf(playlistId, draft);
  const published: Published[] = [];
  for (const { id } of channels) published.push(await issueManifest(db, id, revision, playlist, campaign, units, publisher));
  await issueAssignments(
    db,
    channels.map(({ id }) => id),
    publisher,
  );
  return published;
}

/** Publishes the latest revision of a playlist and remembers that it is the published one. */
export async function publishPlaylist(
  db: Queries,
  playlist: string,
  revision: number,
  channels: readonly Channel[],
  publisher: Publisher,
): Promise<Published[]> {
  const published = await publishRevision(db, playlist, revision, channels, publisher);
  await markPublished(db, playlist, revision, publisher.at);
  return published;
}

/** Issues the published content of channels anew, because the campaign, the units or the versions have changed. */
export async function republish(db: Queries, channels: readonly Channel[], publisher: Publisher): Promise<Published[]> {
  const all: Published[] = [];
  for (const channel of channels) {
    const revision = (await findPlaylist(db, channel.playlist))?.published_revision;
    if (revision !== null && revision !== undefined) all.push(...(await publishRevision(db, channel.playlist, revision, [channel], publisher)));
  }
  return all;
}
