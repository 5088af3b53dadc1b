// Pictures and other files as people really send them: each is taken as it should be, or refused with the reason that says what to do.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mediaEntrySchema } from '../../core/media-api.ts';
import { mediaRefusals, type MediaRefusal } from '../../core/media-refusals.ts';
import { libraryFiles, type LibraryFiles } from '../testing/library-files.ts';
import { signedInPerson, type TestPerson } from '../testing/test-people.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let lan: TestPerson;
let library: LibraryFiles;
beforeAll(async () => {
  server = await startTestServer();
  lan = await signedInPerson(server, 'editor');
  library = libraryFiles(server, lan);
});
afterAll(() => server.end());

const count = async () => mediaEntrySchema.array().parse((await lan.call('GET', '/api/media')).body).length;

const plain = (width: number, height: number, background: string) => sharp({ create: { width, height, channels: 3, background } });
/** What no encoder makes small. */
const noisy = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'black', noise: { type: 'gaussian', mean: 128, sigma: 60 } } });
const text = (content: string) => Buffer.from(content, 'utf8');
const svg = (inside: string, before = '') =>
  text(`${before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 80 40">${inside}</svg>`);
const red = '<rect width="80" height="40" fill="#c00000"/>';

function crcOf(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
function chunk(type: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  crc.writeUInt32BE(crcOf(named));
  return Buffer.concat([length, named, crc]);
}
/** A whole, valid PNG of one grey, a few hundred bytes for as many pixels as it says. */
function flood(side: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const rows = deflateSync(Buffer.alloc(side * (Math.ceil(side / 8) + 1)), { level: 1 });
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}
async function movingPng(): Promise<Uint8Array> {
  const still = await plain(64, 64, 'red').png().toBuffer();
  const ends = 8 + 25;
  return Buffer.concat([still.subarray(0, ends), chunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0])), still.subarray(ends)]);
}
async function moving(): Promise<ReturnType<typeof sharp>> {
  const frames = await Promise.all(['red', 'blue'].map((colour) => plain(64, 64, colour).png().toBuffer()));
  return sharp(frames, { join: { animated: true } });
}

const bad: readonly (readonly [what: string, name: string, make: () => Uint8Array | Promise<Uint8Array>, reason: MediaRefusal])[] = [
  ['fault 18: a JPEG cut short', 'anh.jpg', async () => (await noisy(300, 200).jpeg().toBuffer()).subarray(0, 9_000), 'damaged'],
  ['a PNG cut short', 'anh.png', async () => (await plain(900, 600, 'teal').png().toBuffer()).subarray(0, 1_500), 'damaged'],
  ['fault 19: a flood of pixels', 'anh.png', () => flood(16_000), 'too-many-pixels'],
  ['fault 20: a ZIP named .jpg', 'anh.jpg', () => zipSync({ 'a.txt': text('a') }), 'not-media'],
  ['fault 20: a program named .jpg', 'anh.jpg', () => text('MZ\x90\0\x03\0\0\0'), 'not-media'],
  ['a page named .svg', 'hinh.svg', () => text('<!DOCTYPE html><html><body><svg></svg><script>alert(1)</script></body></html>'), 'not-media'],
  ['a PDF named .png', 'anh.png', () => text('%PDF-1.7\n'), 'not-media'],
  ['a TIFF', 'anh.tif', () => plain(64, 64, 'red').tiff().toBuffer(), 'other-format'],
  ['an iPhone’s HEIC', 'anh.heic', () => text('\0\0\0\x18ftypheic\0\0\0\0'), 'other-format'],
  ['an animated GIF', 'dong.gif', async () => (await moving()).gif().toBuffer(), 'animated'],
  ['an animated WebP', 'dong.webp', async () => (await moving()).webp().toBuffer(), 'animated'],
  ['an animated PNG', 'dong.png', movingPng, 'animated'],
  ['nothing at all', 'rong.jpg', () => new Uint8Array(), 'empty'],
  ['a picture of a few pixels', 'cham.png', () => plain(8, 8, 'red').png().toBuffer(), 'too-small'],
  ['an SVG with a script', 'a.svg', () => svg(`${red}<script>alert(1)</script>`), 'svg-unsafe'],
  ['an SVG that acts when it is loaded', 'a.svg', () => svg('<rect onload="alert(1)" width="9" height="9"/>'), 'svg-unsafe'],
  ['an SVG with a page inside', 'a.svg', () => svg('<foreignObject><p>a</p></foreignObject>'), 'svg-unsafe'],
  ['an SVG with a picture from elsewhere', 'a.svg', () => svg('<image xlink:href="https://x.example/a.png" width="9" height="9"/>'), 'svg-unsafe'],
  ['an SVG with a shape from elsewhere', 'a.svg', () => svg('<use xlink:href="https://x.example/a.svg#b"/>'), 'svg-unsafe'],
  ['an SVG with a style from elsewhere', 'a.svg', () => svg('<style>@import url(https://x.example/a.css);</style>'), 'svg-unsafe'],
  ['an SVG that fills from elsewhere', 'a.svg', () => svg('<rect width="9" height="9" fill="url(https://x.example/a#b)"/>'), 'svg-unsafe'],
  ['an SVG with entities', 'a.svg', () => svg('<desc>&a;</desc>', '<!DOCTYPE svg [<!ENTITY a "aaaa">]>'), 'svg-unsafe'],
  ['an SVG with words', 'a.svg', () => svg('<text x="1" y="9">Hà Nội</text>'), 'svg-text'],
  ['an SVG cut short', 'a.svg', () => svg(red).subarray(0, 140), 'damaged'],
];

describe('a file that cannot be shown', () => {
  it.each(bad)('such as %s is refused', async (_what, name, make, reason) => {
    const before = await count();
    const answer = await library.upload(await make(), name);
    expect(answer).toMatchObject({ status: 422, body: { error: { code: 'media-refused', details: { reason, advice: mediaRefusals[reason] } } } });
    expect(await count()).toBe(before);
    expect(await readdir(join(server.context.filesDir, 'incoming')), 'nothing of it stays').toEqual([]);
  });
});

describe('a picture', () => {
  it('fault 21: that a telephone only marked as turned comes out upright, with nothing of the telephone left', async () => {
    const halves = await plain(40, 80, 'blue')
      .composite([{ input: await plain(40, 40, 'red').png().toBuffer(), top: 0, left: 0 }])
      .png()
      .toBuffer();
    // 6: turn a quarter to the right to see it upright. What is red at the top is red at the right then.
    const turned = await sharp(halves)
      .withExif({ IFD0: { Make: 'Điện thoại' }, IFD3: { GPSLatitude: '21/1 1/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 95 })
      .toBuffer();
    const { entry, bytes } = await library.take(turned, 'dung.jpg');
    expect([entry.width, entry.height, entry.type]).toEqual([80, 40, 'image/jpeg']);
    const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => [...data.subarray((y * 80 + x) * 3, (y * 80 + x) * 3 + 3)].map((value) => (value > 128 ? 1 : 0));
    expect([at(70, 20), at(10, 20)]).toEqual([
      [1, 0, 0],
      [0, 0, 1],
    ]);
    const metadata = await sharp(bytes).metadata();
    expect([metadata.exif, metadata.orientation, metadata.icc]).toEqual([undefined, undefined, undefined]);
  });

  it('for a printing press (CMYK) comes out in the colours of screens', async () => {
    const press = await plain(60, 60, '#e02020').toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer();
    expect((await sharp(press).metadata()).space).toBe('cmyk');
    const { bytes } = await library.take(press, 'in.jpg');
    expect((await sharp(bytes).metadata()).space).toBe('srgb');
    const { dominant } = await sharp(bytes).stats();
    expect(dominant.r).toBeGreaterThan(190);
    expect(Math.max(dominant.g, dominant.b)).toBeLessThan(90);
  });

  it('in a wide colour space (Display P3) keeps its look without its profile', async () => {
    const wide = await plain(60, 60, '#c81e1e').withIccProfile('p3').png().toBuffer();
    expect((await sharp(wide).metadata()).hasProfile).toBe(true);
    const { bytes } = await library.take(wide, 'p3.png');
    expect((await sharp(bytes).metadata()).hasProfile).toBe(false);
    const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    for (const [index, value] of [0xc8, 0x1e, 0x1e].entries()) expect(Math.abs((data[index] ?? 0) - value)).toBeLessThan(8);
  });

  it('larger than any screen is scaled to the largest one, and its thumbnail is small', async () => {
    const { entry } = await library.take(await plain(5_000, 1_000, 'green').jpeg().toBuffer(), 'rong.jpg');
    expect([entry.width, entry.height]).toEqual([3_840, 768]);
    const thumbnail = await sharp((await server.app.inject(`/media/${entry.thumbnail}`)).rawPayload).metadata();
    expect([thumbnail.format, thumbnail.width, thumbnail.height]).toEqual(['webp', 480, 96]);
  });

  it('without loss that would weigh too much for screens becomes WebP; one with clear parts keeps them', async () => {
    const heavy = await library.take(await noisy(1_500, 1_450).png({ compressionLevel: 1 }).toBuffer(), 'nang.png');
    expect(heavy.entry.type).toBe('image/webp');
    const clear = await library.take(
      await sharp({ create: { width: 50, height: 50, channels: 4, background: { r: 200, g: 0, b: 0, alpha: 0.5 } } })
        .png()
        .toBuffer(),
      'trong.png',
    );
    expect([clear.entry.type, (await sharp(clear.bytes).stats()).isOpaque]).toEqual(['image/png', false]);
  });

  it('of shapes (SVG) is drawn as large as the largest screen, by whatever program it was saved', async () => {
    const saved =
      '<?xml version="1.0" encoding="UTF-8"?>\n<!-- Inkscape -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n';
    const drawn = await library.take(
      svg(`<defs><linearGradient id="a"><stop stop-color="#c00000"/></linearGradient></defs><rect width="80" height="40" fill="url(#a)"/>`, saved),
      'bieu-tuong.svg',
    );
    expect([drawn.entry.type, drawn.entry.width, drawn.entry.height]).toEqual(['image/png', 3_840, 1_920]);
    expect((await sharp(drawn.bytes).stats()).dominant.r).toBeGreaterThan(180);
  });
});
