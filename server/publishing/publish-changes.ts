// What a publish would change against what was published last, in words.
import type { PublishChange } from '../../core/approval-api.ts';
import { changesToPublish, toldChange } from '../../core/playlist-changes.ts';
import type { Queries } from '../database/open-database.ts';
import { playlistOf } from '../playlists/draft.ts';
import { readRevision, type PlaylistRow } from '../playlists/playlist-store.ts';

export async function publishChanges(db: Queries, { id, revision, published_revision }: PlaylistRow): Promise<PublishChange[]> {
  const draft = await readRevision(db, id, revision);
  const published = published_revision === null ? undefined : await readRevision(db, id, published_revision);
  return changesToPublish(published ? playlistOf(id, published).items : [], draft?.items ?? []).map(toldChange);
}
