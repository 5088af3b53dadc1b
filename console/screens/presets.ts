// Sensible beginnings for a new screen: what usually hangs there, and from where people look.
import type { Profile } from '../../core/profile.ts';
import type { PlainKey } from '../messages.ts';

export interface Preset {
  readonly id: string;
  readonly name: PlainKey;
  /** Channel that such a screen usually plays, where the server has it. */
  readonly channel: string;
  readonly profile: Profile;
}

function preset(
  id: string,
  name: PlainKey,
  channel: string,
  [width, height]: readonly [number, number],
  rest: Omit<Profile, 'viewport' | 'touch' | 'sound'>,
  touch = false,
): Preset {
  return { id, name, channel, profile: { viewport: { x: 0, y: 0, width, height }, touch, sound: false, ...rest } };
}

export const presets: readonly [Preset, ...Preset[]] = [
  preset('crossing', 'preset.crossing', 'street', [960, 576], {
    kind: 'led',
    pitchMm: 10,
    distanceM: { near: 15, far: 60 },
    audience: 'traffic',
    dimmedBy: 'picture',
  }),
  preset('strip', 'preset.strip', 'street', [1056, 288], {
    kind: 'led',
    pitchMm: 10,
    distanceM: { near: 15, far: 60 },
    audience: 'traffic',
    dimmedBy: 'picture',
  }),
  preset('pole', 'preset.pole', 'street', [192, 384], { kind: 'led', pitchMm: 5, distanceM: { near: 8, far: 30 }, audience: 'traffic', dimmedBy: 'picture' }),
  preset('building', 'preset.building', 'street', [1920, 1080], {
    kind: 'led',
    pitchMm: 5,
    distanceM: { near: 8, far: 30 },
    audience: 'public',
    dimmedBy: 'picture',
  }),
  preset('reception', 'preset.reception', 'reception', [1920, 1080], { kind: 'lcd', pitchMm: 0.63, distanceM: { near: 2, far: 6 }, audience: 'indoor' }),
  preset('reception-portrait', 'preset.receptionPortrait', 'reception', [1080, 1920], {
    kind: 'lcd',
    pitchMm: 0.63,
    distanceM: { near: 2, far: 6 },
    audience: 'indoor',
  }),
  preset('kiosk', 'preset.kiosk', 'kiosk', [1080, 1920], { kind: 'kiosk', pitchMm: 0.28, distanceM: { near: 0.4, far: 0.8 }, audience: 'indoor' }, true),
];
