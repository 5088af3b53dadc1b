// A phone's camera in front of a screen: what it sees of a part of the picture from a distance and an angle, through a lens that blurs and a sensor that rustles. The same figures as the simulation in docs/legibility.md, at its worst angle.
import { PNG } from 'pngjs';
import sharp from 'sharp';
import { seeded } from './seeded.ts';

/** A scanning app looks at a preview of this width, with a lens of this width. */
const previewPx = 1_920;
const fieldOfViewDegrees = 65;
const yawDegrees = 30;
const blurPx = 0.6;
/** Standard deviation, of 255. */
const noise = 6;
/** Light of the room around the crop. */
const surround = 24;
/** Rays a pixel, each way: a sensor's cell gathers what falls on it. */
const rays = 3;

const radians = (degrees: number) => (degrees * Math.PI) / 180;

export interface Scene {
  readonly pitchMm: number;
  readonly distanceM: number;
  /** Part of the picture that is looked at, pixels. */
  readonly part: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
}

/** @returns a PNG as the phone sees it */
export async function photographed(picture: Buffer, { pitchMm, distanceM, part }: Scene): Promise<Buffer> {
  const { data, width, height } = PNG.sync.read(picture);
  const grey = (x: number, y: number) => {
    const [column, row] = [Math.floor(x), Math.floor(y)];
    if (column < 0 || row < 0 || column >= width || row >= height) return surround;
    const at = (row * width + column) * 4;
    return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
  };
  const [cos, sin] = [Math.cos(radians(yawDegrees)), Math.sin(radians(yawDegrees))];
  const focalPx = previewPx / 2 / Math.tan(radians(fieldOfViewDegrees) / 2);
  const distanceMm = distanceM * 1_000;
  const scale = (focalPx / distanceMm) * pitchMm;
  const [outWidth, outHeight] = [Math.ceil(part.width * scale * 1.3), Math.ceil(part.height * scale * 1.3)];
  const [middleX, middleY] = [part.left + part.width / 2, part.top + part.height / 2];
  const random = seeded(7);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  /** Where the ray through a point of the sensor meets the screen, which is turned about its upright axis. */
  const seen = (x: number, y: number) => {
    const [u, v] = [(x - outWidth / 2) / focalPx, (y - outHeight / 2) / focalPx];
    const across = (u * distanceMm) / (cos - u * sin);
    const away = distanceMm + across * sin;
    return grey(middleX + across / pitchMm, middleY + (v * away) / pitchMm);
  };
  const sharpImage = Buffer.alloc(outWidth * outHeight);
  for (let y = 0; y < outHeight; y++)
    for (let x = 0; x < outWidth; x++) {
      let sum = 0;
      for (let a = 0; a < rays; a++) for (let b = 0; b < rays; b++) sum += seen(x + (a + 0.5) / rays, y + (b + 0.5) / rays);
      sharpImage[y * outWidth + x] = Math.round(sum / rays ** 2);
    }
  const raw = { width: outWidth, height: outHeight, channels: 1 as const };
  const blurred = await sharp(sharpImage, { raw }).blur(blurPx).toColourspace('b-w').raw().toBuffer();
  for (let at = 0; at < blurred.length; at++) blurred[at] = Math.max(0, Math.min(255, Math.round((blurred[at] ?? 0) + gauss() * noise)));
  return sharp(blurred, { raw }).png().toBuffer();
}
