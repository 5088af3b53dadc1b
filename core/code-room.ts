// How much of a screen its code may take, pixels a side of the card: on streets the name comes first, so the code gets less.
import { shapeOf, type Profile } from './profile.ts';

export function codeRoomPx(profile: Profile): number {
  const { width, height } = profile.viewport;
  switch (shapeOf(profile)) {
    case 'strip':
      return Math.min(height - 2 * Math.round(height * 0.04), Math.round(width * 0.4));
    case 'landscape':
      return Math.round(profile.audience === 'traffic' ? Math.min(width * 0.37, height * 0.62) : Math.min(width * 0.34, height * 0.54));
    case 'square':
      return Math.round(Math.min(width, height) * 0.46);
    case 'portrait':
      return Math.round(profile.kind === 'led' ? Math.min(width * 0.9, height * 0.45) : Math.min(width * 0.6, height * 0.36));
    case 'kiosk':
      return Math.round(Math.min(width * 0.58, height * 0.34));
  }
}
