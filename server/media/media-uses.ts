// Who uses each media file: playlists by their latest revision, channels by the manifest in force.
import type { MediaUse } from '../../core/media-api.ts';
import type { Queries } from '../database/open-database.ts';
import { namedInChannels, namedInPlaylists } from './media-use-store.ts';

/** Hashes that a document names: each stands in it as 64 hexadecimal characters. */
const hashesIn = (document: string) => new Set(document.match(/[0-9a-f]{64}/g));

export type MediaUses = (sha256: string) => MediaUse[];

export async function mediaUses(db: Queries): Promise<MediaUses> {
  const users = [
    ...(await namedInPlaylists(db)).map((row) => ({ what: 'playlist' as const, ...row })),
    ...(await namedInChannels(db)).map((row) => ({ what: 'channel' as const, ...row })),
  ].map(({ document, ...use }) => ({ use, hashes: hashesIn(document) }));
  return (sha256) => users.flatMap(({ use, hashes }) => (hashes.has(sha256) ? [use] : []));
}
