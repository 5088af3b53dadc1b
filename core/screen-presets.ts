// Sensible beginnings for a new screen: what usually hangs there, and from where people look.
import type { Words } from './item-words.ts';
import type { Profile } from './profile.ts';

export interface ScreenPreset {
  readonly id: string;
  readonly words: Words;
  /** Channel that such a screen usually plays, where the server has it. */
  readonly channel: string;
  readonly profile: Profile;
}

function preset(
  id: string,
  words: Words,
  channel: string,
  [width, height]: readonly [number, number],
  rest: Omit<Profile, 'viewport' | 'touch' | 'sound'>,
  touch = false,
): ScreenPreset {
  return { id, words, channel, profile: { viewport: { x: 0, y: 0, width, height }, touch, sound: false, ...rest } };
}

const street = { kind: 'led', audience: 'traffic', dimmedBy: 'picture' } as const;
const indoors = { audience: 'indoor' } as const;

export const screenPresets: readonly [ScreenPreset, ...ScreenPreset[]] = [
  preset('crossing', { vi: 'LED ngã tư, P10', en: 'Crossing LED, P10' }, 'street', [960, 576], { ...street, pitchMm: 10, distanceM: { near: 15, far: 60 } }),
  preset('strip', { vi: 'LED dải ngang, P10', en: 'LED strip, P10' }, 'street', [1056, 288], { ...street, pitchMm: 10, distanceM: { near: 15, far: 60 } }),
  preset('pole', { vi: 'LED treo cột, P5', en: 'Pole banner LED, P5' }, 'street', [192, 384], { ...street, pitchMm: 5, distanceM: { near: 8, far: 30 } }),
  preset('building', { vi: 'LED tòa nhà, P5', en: 'Building LED, P5' }, 'street', [1920, 1080], {
    ...{ ...street, audience: 'public', pitchMm: 5 },
    distanceM: { near: 8, far: 30 },
  }),
  preset('reception', { vi: 'LCD sảnh, ngang', en: 'Reception LCD, landscape' }, 'reception', [1920, 1080], {
    ...{ ...indoors, kind: 'lcd', pitchMm: 0.63 },
    distanceM: { near: 2, far: 6 },
  }),
  preset('reception-portrait', { vi: 'LCD sảnh, dọc', en: 'Reception LCD, portrait' }, 'reception', [1080, 1920], {
    ...{ ...indoors, kind: 'lcd', pitchMm: 0.63 },
    distanceM: { near: 2, far: 6 },
  }),
  preset(
    'kiosk',
    { vi: 'Kiosk cảm ứng', en: 'Touch kiosk' },
    'kiosk',
    [1080, 1920],
    { ...indoors, kind: 'kiosk', pitchMm: 0.28, distanceM: { near: 0.4, far: 0.8 } },
    true,
  ),
];
