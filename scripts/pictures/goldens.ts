// Golden pictures: small copies of shots that a person has looked at. A later shot is made as small and compared, so that letters may be smoothed in another way but nothing may move, vanish or change its colour.
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

export const goldenFolder = fileURLToPath(new URL('../../tests/goldens', import.meta.url));

/** Pixels along the longer side. */
const side = 320;
/** Of 255, the mean of three channels. */
const visible = 26;

/** As it is kept. */
export function goldenPicture(picture: Buffer): Promise<Buffer> {
  return sharp(picture).resize({ width: side, height: side, fit: 'inside', kernel: 'cubic' }).removeAlpha().webp({ quality: 80, effort: 6 }).toBuffer();
}

const pixels = (golden: Buffer) => sharp(golden).removeAlpha().raw().toBuffer({ resolveWithObject: true });

/** Share of the small picture's pixels, 0 to 1, that differ visibly from the golden one; 1 for another size. Both went the same way, so that its losses are no difference. */
export async function changedShare(picture: Buffer, golden: Buffer): Promise<number> {
  const [now, before] = await Promise.all([goldenPicture(picture).then(pixels), pixels(golden)]);
  if (now.info.width !== before.info.width || now.info.height !== before.info.height) return 1;
  let changed = 0;
  for (let at = 0; at < now.data.length; at += 3) {
    const difference = [0, 1, 2].reduce((sum, channel) => sum + Math.abs((now.data[at + channel] ?? 0) - (before.data[at + channel] ?? 0)), 0) / 3;
    if (difference > visible) changed++;
  }
  return changed / (now.data.length / 3);
}
