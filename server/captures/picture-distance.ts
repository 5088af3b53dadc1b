// How far two pictures are apart to an eye that looks for the motif: brightness, contrast, size and compression do not count.
import sharp, { type Region } from 'sharp';
import { laidInto, type PictureBox, type PictureFit } from '../../core/picture-box.ts';

/** Both are looked at in so many parts. */
const grid = { width: 32, height: 18 } as const;
/** Below this spread, 0 to 255, a picture is one even field, and only its colour tells. */
const evenSpread = 4;
/** Below this one a piece of a picture is too even to tell one motif from another. */
const motifSpread = 16;

export interface Frame extends PictureBox {
  readonly fit: PictureFit;
}

/** What of a picture the stage draws into a frame, and where. */
export async function drawnOver(picture: Uint8Array, { fit, ...box }: Frame): Promise<{ readonly picture: Buffer; readonly at: Region }> {
  const image = sharp(picture, { limitInputPixels: 100_000_000 }).flatten({ background: '#000000' });
  const laid = laidInto(fit, box, await image.metadata());
  const [width, height] = [Math.max(1, Math.round(laid.width)), Math.max(1, Math.round(laid.height))];
  const [left, top] = [Math.round(laid.left), Math.round(laid.top)];
  const at = { left: Math.max(0, left), top: Math.max(0, top), width: Math.min(width, box.width), height: Math.min(height, box.height) };
  const seen = { ...at, left: Math.min(width - at.width, Math.max(0, -left)), top: Math.min(height - at.height, Math.max(0, -top)) };
  return { picture: await image.resize({ width, height, fit: 'fill' }).extract(seen).png().toBuffer(), at };
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

/** How much its parts differ from each other, each colour by itself: an even blue has none. */
async function spreadOf(picture: Uint8Array): Promise<number> {
  const parts = await partsOf(picture);
  const middles = [0, 1, 2].map((colour) => mean(parts.filter((_, index) => index % 3 === colour)));
  return Math.sqrt(mean(parts.map((value, index) => (value - (middles[index % 3] ?? 0)) ** 2)));
}

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

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where a picture lies on a screen, pixels of it. */
interface Laid {
  readonly screen: Size;
  /** What the picture fills, of the screen or of the whole wall that it is a part of. */
  readonly box: Size;
  /** Where the screen's part begins in it. */
  readonly x: number;
  readonly y: number;
}

/** What of the picture the screen shows, from its upper left corner; nothing where only words stand on it. */
export function seenPart({ screen, box, x, y }: Laid): Size {
  return { width: Math.max(0, Math.min(screen.width, box.width - x)), height: Math.max(0, Math.min(screen.height, box.height - y)) };
}

async function cut(picture: Uint8Array, left: number, top: number, { width, height }: Size): Promise<Buffer> {
  return sharp(picture).extract({ left, top, width, height }).png().toBuffer();
}

/**
 * How far what a screen showed is from a picture that was to fill it, the part beside its caption, or the wall of which it is a part.
 * @returns undefined where that part of the picture has no motif to know it by, such as a piece of sky
 */
export async function distanceFromPlan(shown: Uint8Array, picture: Uint8Array, fit: Frame['fit'], laid: Laid): Promise<number | undefined> {
  const { screen, box, x, y } = laid;
  const photograph = await sharp(shown).metadata();
  const [across, down] = [photograph.width / screen.width, photograph.height / screen.height];
  const whole = { width: Math.max(1, Math.round(box.width * across)), height: Math.max(1, Math.round(box.height * down)) };
  const [left, top] = [Math.min(whole.width - 1, Math.round(x * across)), Math.min(whole.height - 1, Math.round(y * down))];
  const seen = { width: Math.min(photograph.width, whole.width - left), height: Math.min(photograph.height, whole.height - top) };
  const drawn = await drawnOver(picture, { ...whole, fit });
  // What the screen shows of the drawn picture, on the whole that it is a part of.
  const from = { left: Math.max(left, drawn.at.left), top: Math.max(top, drawn.at.top) };
  const width = Math.min(left + seen.width, drawn.at.left + drawn.at.width) - from.left;
  const height = Math.min(top + seen.height, drawn.at.top + drawn.at.height) - from.top;
  if (width < 1 || height < 1) return undefined;
  const planned = await cut(drawn.picture, from.left - drawn.at.left, from.top - drawn.at.top, { width, height });
  const isPiece = seen.width < whole.width || seen.height < whole.height;
  if (isPiece && (await spreadOf(planned)) < motifSpread) return undefined;
  return pictureDistance(await cut(shown, from.left - left, from.top - top, { width, height }), planned);
}
