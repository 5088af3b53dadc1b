// The trial: one screen of each kind with its channel, so that a first start has something to show.
import type { Profile } from '../../core/profile.ts';
import { ensureChannel } from '../channels/channel-store.ts';
import type { Queries } from '../database/open-database.ts';
import { makeEnrolment } from '../screens/enrolment.ts';
import { addScreen, listScreens } from '../screens/screen-store.ts';
import { findPlaylist } from '../playlists/playlist-store.ts';

const trialChannels = ['street', 'reception', 'kiosk'] as const;
export type TrialChannel = (typeof trialChannels)[number];

interface TrialScreen {
  readonly channel: string;
  readonly name: string;
  readonly place: string;
  readonly profile: Profile;
}

const viewport = (width: number, height: number) => ({ x: 0, y: 0, width, height });

const screens: Readonly<Record<TrialChannel, TrialScreen>> = {
  street: {
    channel: 'Màn hình LED ngoài đường',
    name: 'LED nút giao (chạy thử)',
    place: 'Nút giao mẫu',
    profile: { kind: 'led', pitchMm: 10, viewport: viewport(960, 576), distanceM: { near: 15, far: 60 }, audience: 'traffic', touch: false, sound: false },
  },
  reception: {
    channel: 'Màn hình phòng tiếp công dân',
    name: 'LCD phòng tiếp công dân (chạy thử)',
    place: 'Phòng tiếp công dân mẫu',
    profile: { kind: 'lcd', pitchMm: 0.63, viewport: viewport(1920, 1080), distanceM: { near: 2, far: 6 }, audience: 'indoor', touch: false, sound: false },
  },
  kiosk: {
    channel: 'Kiosk nhà văn hóa',
    name: 'Kiosk nhà văn hóa (chạy thử)',
    place: 'Nhà văn hóa mẫu',
    profile: {
      kind: 'kiosk',
      pitchMm: 0.28,
      viewport: viewport(1080, 1920),
      distanceM: { near: 0.4, far: 0.8 },
      audience: 'indoor',
      touch: true,
      sound: false,
    },
  },
};

/** Each channel once there is its playlist. */
export async function seedChannels(db: Queries): Promise<void> {
  for (const id of trialChannels) if (await findPlaylist(db, id)) await ensureChannel(db, id, screens[id].channel, id);
}

/** A trial screen on each of the given channels. */
export async function seedTrialScreens(db: Queries, channels: readonly string[], now: number): Promise<void> {
  const present = new Set((await listScreens(db)).filter(({ trial }) => trial).map(({ channel }) => channel));
  for (const channel of trialChannels) {
    if (present.has(channel) || !channels.includes(channel)) continue;
    const { name, place, profile } = screens[channel];
    await addScreen(db, { name, place, profile, channel, trial: true }, now);
  }
}

/** An enrolment token for each trial screen that no box has taken yet. */
export async function enrolTrialScreens(db: Queries, server: string, root: string, now: number): Promise<Record<TrialChannel, string | null>> {
  const tokens: Record<TrialChannel, string | null> = { street: null, reception: null, kiosk: null };
  for (const screen of await listScreens(db)) {
    const channel = trialChannels.find((id) => id === screen.channel);
    if (screen.trial && screen.publicKey === null && channel) tokens[channel] = (await makeEnrolment(db, screen.id, server, root, now)).token;
  }
  return tokens;
}
