// The documents that name media and are in use: the latest revision of each playlist, the manifest in force of each channel.
import type { Queries } from '../database/open-database.ts';

export interface NamingDocument {
  readonly id: string;
  readonly name: string;
  readonly document: string;
}

export async function namedInPlaylists(db: Queries): Promise<NamingDocument[]> {
  return db
    .selectFrom('playlists')
    .innerJoin('playlist_revisions', (join) =>
      join.onRef('playlist_revisions.playlist', '=', 'playlists.id').onRef('playlist_revisions.revision', '=', 'playlists.revision'),
    )
    .select(['playlists.id', 'playlists.name', 'playlist_revisions.document'])
    .where('playlists.removed_at', 'is', null)
    .orderBy('playlists.id')
    .execute();
}

export async function namedInChannels(db: Queries): Promise<NamingDocument[]> {
  return db
    .selectFrom('channels')
    .innerJoin('manifests', 'manifests.sha256', 'channels.manifest')
    .select(['channels.id', 'channels.name', 'manifests.envelope as document'])
    .orderBy('channels.id')
    .execute();
}
