// What a screen outdoors would show at once is what two people have seen.
import type { Profile } from '../../core/profile.ts';
import { ApiFailure } from '../api-failure.ts';
import { findChannel } from '../channels/channel-store.ts';
import type { Queries } from '../database/open-database.ts';
import { findPlaylist } from '../playlists/playlist-store.ts';
import { isApproved } from '../publishing/approval-store.ts';
import { isOutdoors } from '../publishing/outdoors.ts';

/** One person brings a screen outdoors; what it would show there at once, two have seen. @throws ApiFailure */
export async function requireApprovedChannel(db: Queries, channel: string, profile: Profile): Promise<void> {
  const playlist = (await findChannel(db, channel))?.playlist ?? channel;
  const revision = (await findPlaylist(db, playlist))?.published_revision ?? null;
  if (isOutdoors({ profile, state: 'active' }) && revision !== null && !(await isApproved(db, playlist, revision)))
    throw new ApiFailure('channel-not-approved');
}
