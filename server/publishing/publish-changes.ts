// What a publish would change against what was published last, in words and with a small picture of what each item shows.
import type { PublishChange } from '../../core/approval-api.ts';
import { contentOf, type Item } from '../../core/playlist.ts';
import { changesToPublish, toldChange } from '../../core/playlist-changes.ts';
import type { Queries } from '../database/open-database.ts';
import { findEntries } from '../media/library-store.ts';
import { playlistOf } from '../playlists/draft.ts';
import { readRevision, type PlaylistRow } from '../playlists/playlist-store.ts';

/** The file that an item shows, and the still that stands for it. */
function filesOf(item: Item): { readonly media: string; readonly still: string } | undefined {
  const content = contentOf(item);
  if (content?.scene === 'picture') return { media: content.props.media, still: content.props.media };
  return content?.scene === 'video' ? { media: content.props.media, still: content.props.poster } : undefined;
}

export async function publishChanges(db: Queries, { id, revision, published_revision }: PlaylistRow): Promise<PublishChange[]> {
  const draft = await readRevision(db, id, revision);
  const before = published_revision === null ? undefined : await readRevision(db, id, published_revision);
  const published = before ? playlistOf(id, before).items : [];
  const changes = changesToPublish(published, draft?.items ?? []).map(toldChange);
  const files = new Map([...published, ...(draft?.items ?? [])].flatMap((item) => [[item.id, filesOf(item)] as const]));
  const hashes = changes.flatMap(({ item }) => files.get(item)?.media ?? []);
  const thumbnails = new Map((await findEntries(db, hashes)).map(({ sha256, thumbnail }) => [sha256, thumbnail]));
  return changes.map((change) => {
    const shown = files.get(change.item);
    return shown ? { ...change, picture: thumbnails.get(shown.media) ?? shown.still } : change;
  });
}
