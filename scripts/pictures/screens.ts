// The screens that pictures are made for.
import type { Profile } from '../../core/profile.ts';
import { wallCanvas } from '../../core/wall.ts';

const led = { kind: 'led', audience: 'traffic', touch: false, sound: false } as const;

function profile(width: number, height: number, rest: Omit<Profile, 'viewport'>): Profile {
  return { ...rest, viewport: { x: 0, y: 0, width, height } };
}

export const screens = {
  street: { playlist: 'street', profile: profile(960, 576, { ...led, pitchMm: 10, distanceM: { near: 15, far: 60 } }) },
  reception: {
    playlist: 'reception',
    profile: profile(1920, 1080, { kind: 'lcd', audience: 'indoor', touch: false, sound: false, pitchMm: 0.63, distanceM: { near: 2, far: 6 } }),
  },
  kiosk: {
    playlist: 'kiosk',
    profile: profile(1080, 1920, { kind: 'kiosk', audience: 'indoor', touch: true, sound: false, pitchMm: 0.28, distanceM: { near: 0.4, far: 0.8 } }),
  },
  strip: { playlist: 'street', profile: profile(1056, 288, { ...led, pitchMm: 10, distanceM: { near: 15, far: 40 } }) },
  pole: { playlist: 'street', profile: profile(192, 384, { ...led, pitchMm: 5, distanceM: { near: 5, far: 20 } }) },
} as const;

export type ScreenName = keyof typeof screens;
export const screenNames = Object.keys(screens) as ScreenName[];

const hall = { kind: 'led', audience: 'indoor', touch: false, sound: false, pitchMm: 2.5, distanceM: { near: 3, far: 10 } } as const;

/** Shapes that pictures are made of beside those of `screens`: a square, and LEDs in a hall. */
export const moreScreens = {
  square: {
    playlist: 'reception',
    profile: profile(1080, 1080, { kind: 'lcd', audience: 'indoor', touch: false, sound: false, pitchMm: 0.63, distanceM: { near: 2, far: 6 } }),
  },
  'tall-lcd': {
    playlist: 'reception',
    profile: profile(1080, 1920, { kind: 'lcd', audience: 'indoor', touch: false, sound: false, pitchMm: 0.63, distanceM: { near: 2, far: 6 } }),
  },
  'hall-strip': { playlist: 'street', profile: profile(1056, 288, hall) },
  'hall-pole': { playlist: 'street', profile: profile(192, 384, hall) },
} as const;

const half = (column: number): Profile => ({
  ...profile(960, 540, { kind: 'lcd', audience: 'indoor', touch: false, sound: false, pitchMm: 1.25, distanceM: { near: 2, far: 6 } }),
  wall: { columns: 2, rows: 1, column, row: 1, gapMm: 40 },
});

/** A wall of two, left and right, with 40 mm of frames between the pictures. */
export const wallScreens = [half(1), half(2)] as const;

/** A picture of a wall is put together of what each of its screens shows. */
const wall = { playlist: 'reception', profile: wallCanvas(wallScreens[0]).profile } as const;

export const pictureScreens = { ...screens, ...moreScreens, wall };
export type PictureScreen = keyof typeof pictureScreens;
