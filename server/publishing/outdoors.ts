// The screens for which one person is not enough, and the hash of exactly what they would get.
import type { Channel } from '../channels/channel-store.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Queries } from '../database/open-database.ts';
import { sha256 } from '../keys/ed25519.ts';
import { lastDaysOfRevision } from '../manifests/publish.ts';
import { playlistOf } from '../playlists/draft.ts';
import { readRevision } from '../playlists/playlist-store.ts';
import { hasRealScreen, screensOfChannels, type Screen } from '../screens/screen-store.ts';
import { reachOf, type Reach } from './reach.ts';

export const isOutdoors = ({ state, profile }: Pick<Screen, 'state' | 'profile'>) => state === 'active' && profile.audience !== 'indoor';

/** Whether one person alone may not change what it draws. */
export async function needsTwo(db: Queries, screen: Pick<Screen, 'state' | 'profile' | 'trial'>): Promise<boolean> {
  return isOutdoors(screen) && (!screen.trial || (await hasRealScreen(db)));
}

export async function outdoorScreens(db: Queries, channels: readonly Channel[]): Promise<Screen[]> {
  const ids = channels.map(({ id }) => id);
  return outdoorAmong(db, await screensOfChannels(db, ids));
}

/** Words and pictures on a screen outdoors need two people. A trial's screens are left out until the first real screen has a box. */
export async function outdoorAmong<Some extends Pick<Screen, 'state' | 'profile' | 'trial'>>(db: Queries, all: readonly Some[]): Promise<Some[]> {
  const screens = all.filter(isOutdoors);
  const isTrialOver = screens.some(({ trial }) => trial) && (await hasRealScreen(db));
  return screens.filter(({ trial }) => !trial || isTrialOver);
}

/** SHA-256 over all that decides about pixels: the items that are on, the campaign, the channels, the screens outdoors. */
export async function contentDigest(db: Queries, playlist: string, revision: number, reach?: Reach): Promise<string> {
  const { channels, screens } = reach ?? (await reachOf(db, playlist));
  const draft = await readRevision(db, playlist, revision);
  const lastDays = await lastDaysOfRevision(db, playlist, revision);
  const content = {
    playlist: draft ? playlistOf(playlist, draft) : null,
    campaign: (await currentCampaign(db)) ?? null,
    channels: channels.map(({ id }) => id),
    // A licence that was extended shows more: its last day is approved with the content. None keeps the hashes of approvals that were asked for before there were any.
    ...(lastDays.size > 0 ? { lastDays: [...lastDays].sort(([a], [b]) => (a < b ? -1 : 1)) } : {}),
    screens: (await outdoorAmong(db, screens)).map(({ id, profile }) => ({ id, profile })),
  };
  return sha256(Buffer.from(`ihanoi/1/approval\n${JSON.stringify(content)}`));
}
