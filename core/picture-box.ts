// The part of a screen that a picture or video takes, from the upper left corner: all of it, or what a caption leaves. The stage draws it so, and whoever looks at a photograph of a screen knows where to look.
import { isFlat, shapeOf, type Profile } from './profile.ts';
import { scaleFor } from './type-scale.ts';

export interface PictureBox {
  /** Pixels of the viewport. */
  readonly width: number;
  readonly height: number;
}

/** A strip gives its caption a column beside the picture, 1.15 times as wide as that. */
const besideShare = 1 / 2.15;

/** Height of the band below the picture. */
function bandPx(profile: Profile): number {
  const { height } = profile.viewport;
  const shape = shapeOf(profile);
  if (isFlat(profile) && shape === 'portrait') return height * 0.52;
  if (isFlat(profile) && shape === 'landscape') return scaleFor(profile).least * 2.9;
  return height * (shape === 'portrait' || shape === 'kiosk' ? 0.13 : 0.17);
}

export function pictureBox(profile: Profile, isCaptioned: boolean): PictureBox {
  const { width, height } = profile.viewport;
  if (!isCaptioned) return { width, height };
  if (shapeOf(profile) === 'strip') return { width: width * besideShare, height };
  return { width, height: Math.max(0, height - bandPx(profile)) };
}
