// Which variant of the stage's colours suits a screen at an instant: what light falls on it, and what its own light does to the street.
import { hanoi, sunElevation } from './sun.ts';
import type { Profile } from './profile.ts';

/** `led-night`: no large pure white, for LEDs bloom and dazzle. `daylight`: raised grounds, for sun on the glass swallows dark tones. */
export const palettes = ['usual', 'led-night', 'daylight', 'dark-room'] as const;
export type Palette = (typeof palettes)[number];

/** Street lights are on by then. */
const duskDegrees = 0;

export function paletteAt(profile: Profile, instant: number): Palette {
  const { audience, kind, dimmedBy, surroundings = 'usual' } = profile;
  const isDay = sunElevation(instant, hanoi) > duskDegrees;
  if (audience === 'indoor') {
    if (surroundings === 'dark') return 'dark-room';
    return surroundings === 'bright' && isDay ? 'daylight' : 'usual';
  }
  // Where the stage dims its whole picture, dimmed colours would be dimmed twice.
  if (kind === 'led') return isDay || dimmedBy === 'picture' ? 'usual' : 'led-night';
  return isDay ? 'daylight' : 'usual';
}
