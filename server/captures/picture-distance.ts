// How far two pictures are apart to an eye that looks for the motif: brightness, contrast, size and compression do not count.
import sharp from 'sharp';

/** Both are looked at in so many parts. */
const grid = { width: 32, height: 18 } as const;
/** Below this spread, 0 to 255, a picture is one even field, and only its colour tells. */
const evenSpread = 4;

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** How the stage lays a picture into it, with 50% and 40% of what does not fit cut off before. */
  readonly fit: 'cover' | 'contain';
}

/** A picture as the stage draws it over a whole screen. */
export async function drawnOver(picture: Uint8Array, { width, height, fit }: Frame): Promise<Buffer> {
  const image = sharp(picture, { limitInputPixels: 100_000_000 }).flatten({ background: '#000000' });
  if (fit === 'contain') return image.resize({ width, height, fit: 'contain', background: '#000000' }).png().toBuffer();
  const { width: w, height: h } = await image.metadata();
  const scale = Math.max(width / w, height / h);
  const [full, tall] = [Math.max(width, Math.round(w * scale)), Math.max(height, Math.round(h * scale))];
  const left = Math.floor((full - width) * 0.5);
  const top = Math.floor((tall - height) * 0.4);
  return image.resize({ width: full, height: tall, fit: 'fill' }).extract({ left, top, width, height }).png().toBuffer();
}

async function partsOf(picture: Uint8Array): Promise<number[]> {
  const { data } = await sharp(picture)
    .removeAlpha()
    .resize({ ...grid, fit: 'fill', kernel: 'cubic' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [...data];
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @returns 0 for the same motif, about 1 for one that has nothing to do with it, 2 for its negative */
export async function pictureDistance(a: Uint8Array, b: Uint8Array): Promise<number> {
  const [one, other] = await Promise.all([partsOf(a), partsOf(b)]);
  const [meanOne, meanOther] = [mean(one), mean(other)];
  let [both, ofOne, ofOther] = [0, 0, 0];
  for (const [index, value] of one.entries()) {
    const [x, y] = [value - meanOne, (other[index] ?? 0) - meanOther];
    both += x * y;
    ofOne += x * x;
    ofOther += y * y;
  }
  const spreads = [ofOne, ofOther].map((sum) => Math.sqrt(sum / one.length));
  if (spreads.every((spread) => spread < evenSpread)) return Math.abs(meanOne - meanOther) / 255;
  return 1 - both / Math.max(Number.EPSILON, Math.sqrt(ofOne * ofOther));
}

/** What of a photograph a picture was to fill, from the upper left corner, as parts of its width and height. */
export interface Part {
  readonly across: number;
  readonly down: number;
}

/** How far what a screen showed is from a picture that was to fill it, or the part beside its caption. */
export async function distanceFromPlan(shown: Uint8Array, picture: Uint8Array, fit: Frame['fit'], { across, down }: Part): Promise<number> {
  const whole = await sharp(shown).metadata();
  const [width, height] = [Math.max(1, Math.round(whole.width * across)), Math.max(1, Math.round(whole.height * down))];
  const part = across === 1 && down === 1 ? shown : await sharp(shown).extract({ left: 0, top: 0, width, height }).png().toBuffer();
  return pictureDistance(part, await drawnOver(picture, { width, height, fit }));
}
