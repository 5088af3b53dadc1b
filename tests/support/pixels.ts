// What a person would see: codes read back from pictures, and pictures compared.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

// The reader's own loader fetches over the network; the file beside it is the same.
const wasmBinary = new Uint8Array(readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')))).buffer;
prepareZXingModule({ overrides: { wasmBinary } });

/** Texts of the QR codes in a PNG or JPEG. */
export async function codesIn(picture: Uint8Array): Promise<string[]> {
  const results = await readBarcodes(new Uint8Array(picture), { formats: ['QRCode'], tryHarder: true });
  return results.filter(({ isValid }) => isValid).map(({ text }) => text);
}

/** Share of pixels (0 to 1) that differ visibly between two PNGs of one size. */
export function differingShare(a: Buffer, b: Buffer): number {
  const [one, two] = [PNG.sync.read(a), PNG.sync.read(b)];
  if (one.width !== two.width || one.height !== two.height) throw new Error('pictures of different sizes');
  let differing = 0;
  for (let at = 0; at < one.data.length; at += 4) {
    const distance = [0, 1, 2].reduce((sum, channel) => sum + Math.abs((one.data[at + channel] ?? 0) - (two.data[at + channel] ?? 0)), 0);
    if (distance > 48) differing++;
  }
  return differing / (one.width * one.height);
}

/** Pixels of a PNG but for the last four by four: there a still says that it lives, by a shade that nobody sees (docs/decisions/0010-watching-the-picture.md). */
export function pixelsOfStill(png: Buffer): Buffer {
  const { data, width, height } = PNG.sync.read(png);
  for (let row = height - 4; row < height; row++) data.fill(0, 4 * ((row + 1) * width - 4), 4 * (row + 1) * width);
  return data;
}

export function sizeOf(png: Buffer): { width: number; height: number } {
  const { width, height } = PNG.sync.read(png);
  return { width, height };
}

/** Share of pixels that are not the same as the top left one: 0 is an empty picture. */
export function drawnShare(png: Buffer): number {
  const { data, width, height } = PNG.sync.read(png);
  let drawn = 0;
  for (let at = 4; at < data.length; at += 4) if (data[at] !== data[0] || data[at + 1] !== data[1] || data[at + 2] !== data[2]) drawn++;
  return drawn / (width * height);
}
