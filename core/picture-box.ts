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

export type PictureFit = 'cover' | 'contain';

/** A picture of which less is left is another picture: its people stand half outside. */
const leastShown = 0.5;

/** How a picture is laid into its box: one that is to fill it stands whole inside where the edges would cut off more than half, as of a film in landscape on a portrait screen. */
export function shownFit(wished: PictureFit, box: PictureBox, picture: PictureBox): PictureFit {
  const wider = (box.width * picture.height) / (box.height * picture.width);
  return wished === 'cover' && Math.min(wider, 1 / wider) < leastShown ? 'contain' : wished;
}

export interface LaidPicture extends PictureBox {
  /** Pixels from the box's upper left corner, negative where the edges cut something off. */
  readonly left: number;
  readonly top: number;
}

/** Where a picture is drawn: in the middle, a little above it, so that faces stay. */
export function laidInto(wished: PictureFit, box: PictureBox, picture: PictureBox): LaidPicture {
  const scales = [box.width / picture.width, box.height / picture.height];
  const scale = shownFit(wished, box, picture) === 'contain' ? Math.min(...scales) : Math.max(...scales);
  const [width, height] = [picture.width * scale, picture.height * scale];
  return { left: (box.width - width) * 0.5, top: (box.height - height) * 0.4, width, height };
}
