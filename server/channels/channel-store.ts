// Channels: what a set of screens plays, and the manifest that is in force.
import { z } from 'zod';
import { layerShareSchema, type LayerShare } from '../../core/layers.ts';
import type { Queries } from '../database/open-database.ts';

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly playlist: string;
  /** How its air time is shared, its own playlist first. */
  readonly layers: readonly LayerShare[];
  readonly manifest: { readonly sha256: string; readonly version: number; readonly issuedAt: number } | null;
}

function channels(db: Queries) {
  return db
    .selectFrom('channels')
    .leftJoin('manifests', 'manifests.sha256', 'channels.manifest')
    .select(['channels.id', 'channels.name', 'channels.playlist', 'channels.layers', 'manifests.sha256', 'manifests.version', 'manifests.issued_at']);
}

type ChannelRow = Awaited<ReturnType<ReturnType<typeof channels>['execute']>>[number];

const layersSchema = z.array(layerShareSchema);

function toChannel({ id, name, playlist, layers, sha256, version, issued_at }: ChannelRow): Channel {
  return {
    ...{ id, name, playlist },
    layers: layers === null ? [{ playlist, share: 100, unit: null }] : layersSchema.parse(JSON.parse(layers)),
    manifest: sha256 === null || version === null || issued_at === null ? null : { sha256, version, issuedAt: issued_at },
  };
}

export async function listChannels(db: Queries): Promise<Channel[]> {
  return (await channels(db).orderBy('channels.id').execute()).map(toChannel);
}

export async function findChannel(db: Queries, id: string): Promise<Channel | undefined> {
  const row = await channels(db).where('channels.id', '=', id).executeTakeFirst();
  return row && toChannel(row);
}

/** Those of which it is a layer, or all of it. */
export async function channelsOfPlaylist(db: Queries, playlist: string): Promise<Channel[]> {
  return (await listChannels(db)).filter(({ layers }) => layers.some((layer) => layer.playlist === playlist));
}

export async function ensureChannel(db: Queries, id: string, name: string, playlist: string): Promise<void> {
  await db
    .insertInto('channels')
    .values({ id, name, playlist, manifest: null, layers: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function deleteChannel(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('awaited_manifests').where('channel', '=', id).execute();
  await db.deleteFrom('channels').where('id', '=', id).execute();
}

export async function setChannelLayers(db: Queries, id: string, layers: readonly LayerShare[]): Promise<void> {
  await db
    .updateTable('channels')
    .set({ layers: JSON.stringify(layers) })
    .where('id', '=', id)
    .execute();
}

export async function setChannelManifest(db: Queries, id: string, sha256: string): Promise<void> {
  await db.updateTable('channels').set({ manifest: sha256 }).where('id', '=', id).execute();
}
