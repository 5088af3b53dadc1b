// Manifests that wait for approvers' signatures: at most one of a channel, the newest.
import type { Queries } from '../database/open-database.ts';

export interface Awaited {
  readonly channel: string;
  readonly channelName: string;
  readonly playlist: string;
  readonly sha256: string;
  readonly version: number;
  readonly revision: number;
  readonly issuedAt: number;
  readonly author: string;
  readonly envelope: string;
}

/** @param sha256 null when nothing of the channel waits any more */
export async function putAwaited(db: Queries, channel: string, sha256: string | null): Promise<void> {
  await db.deleteFrom('awaited_manifests').where('channel', '=', channel).execute();
  if (sha256 !== null) await db.insertInto('awaited_manifests').values({ channel, sha256 }).execute();
}

const awaited = (db: Queries) =>
  db
    .selectFrom('awaited_manifests')
    .innerJoin('manifests', 'manifests.sha256', 'awaited_manifests.sha256')
    .innerJoin('channels', 'channels.id', 'awaited_manifests.channel')
    .select(['channels.id as channel', 'channels.name as channelName', 'channels.playlist', 'manifests.sha256', 'manifests.version', 'manifests.revision'])
    .select(['manifests.issued_at as issuedAt', 'manifests.author', 'manifests.envelope'])
    .orderBy('manifests.issued_at');

export function listAwaited(db: Queries): Promise<Awaited[]> {
  return awaited(db).execute();
}

export function findAwaited(db: Queries, sha256: string): Promise<Awaited | undefined> {
  return awaited(db).where('manifests.sha256', '=', sha256).executeTakeFirst();
}

export function awaitedOfChannels(db: Queries, channels: readonly string[]): Promise<Awaited[]> {
  return awaited(db).where('channels.id', 'in', channels).execute();
}
