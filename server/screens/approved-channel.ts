// What a screen outdoors would show at once is what two people have seen.
import type { Profile } from '../../core/profile.ts';
import { ApiFailure } from '../api-failure.ts';
import { findChannel } from '../channels/channel-store.ts';
import type { Queries } from '../database/open-database.ts';
import { findPlaylist } from '../playlists/playlist-store.ts';
import { isApproved } from '../publishing/approval-store.ts';
import { isOutdoors } from '../publishing/outdoors.ts';

/** What of a playlist is published, two have seen. @throws ApiFailure */
export async function requireApprovedPlaylist(db: Queries, playlist: string): Promise<void> {
  const revision = (await findPlaylist(db, playlist))?.published_revision ?? null;
  if (revision !== null && !(await isApproved(db, playlist, revision))) throw new ApiFailure('channel-not-approved');
}

/** One person brings a screen outdoors; what it would show there at once, two have seen. @throws ApiFailure */
export async function requireApprovedChannel(db: Queries, channel: string, profile: Profile): Promise<void> {
  if (!isOutdoors({ profile, state: 'active' })) return;
  for (const { playlist } of (await findChannel(db, channel))?.layers ?? []) await requireApprovedPlaylist(db, playlist);
}
