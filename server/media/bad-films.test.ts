// Films as people really send them: each is taken, turned into one that every screen plays, or refused with the reason that says what to do.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { uploadSchema } from '../../core/media-api.ts';
import type { MediaRefusal } from '../../core/media-refusals.ts';
import { finishUpload } from '../testing/finish-upload.ts';
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

const tools = ['ffmpeg', 'ffprobe'].every((tool) => spawnSync(tool, ['-version']).status === 0);
/** A film of two seconds, in memory. */
function film(
  options: readonly string[],
  ending: string,
  size = '320x180',
  seconds = 2,
  picture = `testsrc2=size=${size}:rate=10:duration=${seconds}`,
): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi film '));
  const path = join(folder, `film.${ending}`);
  try {
    const source = ['-f', 'lavfi', '-i', picture];
    const made = spawnSync('ffmpeg', ['-v', 'error', '-y', ...source, ...options, path], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(made.stderr);
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
/** As a telephone held upright does it: the same pictures, and a mark. */
function turned(bytes: Uint8Array): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi film '));
  const [path, out] = [join(folder, 'film.mp4'), join(folder, 'turned.mp4')];
  try {
    writeFileSync(path, bytes);
    const made = spawnSync('ffmpeg', ['-v', 'error', '-i', path, '-c', 'copy', '-metadata:s:v:0', 'rotate=90', out], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(made.stderr);
    return readFileSync(out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast'];
const plainH264 = [...h264, '-pix_fmt', 'yuv420p', '-movflags', '+faststart'];

// Films are turned behind all other work of a machine, so on a busy one they take their time.
describe.skipIf(!tools)('a video (with ffmpeg)', { timeout: 240_000 }, () => {
  it('that every screen plays is kept byte for byte, with its length and a still', async () => {
    const bytes = film(plainH264, 'mp4');
    const { entry, bytes: served } = await library.take(bytes, 'phim.mp4');
    expect(entry).toMatchObject({ kind: 'video', type: 'video/mp4', width: 320, height: 180, seconds: 2, bytes: bytes.length });
    expect(served.equals(bytes)).toBe(true);
    const still = await sharp((await server.app.inject(`/media/${entry.poster ?? ''}`)).rawPayload).metadata();
    expect([still.format, still.width, still.height]).toEqual(['jpeg', 320, 180]);
    expect((await lan.call('DELETE', `/api/media/${entry.sha256}`)).status).toBe(204);
    expect((await server.app.inject(`/media/${entry.poster ?? ''}`)).statusCode).toBe(404);
  });

  it('in WebM is taken too', async () => {
    const { entry } = await library.take(film(['-c:v', 'libvpx-vp9', '-pix_fmt', 'yuv420p', '-deadline', 'realtime', '-cpu-used', '8'], 'webm'), 'phim.webm');
    expect(entry.type).toBe('video/webm');
  });

  it('in AV1 is taken too', async () => {
    const { entry } = await library.take(film(['-c:v', 'libsvtav1', '-preset', '12', '-pix_fmt', 'yuv420p', '-svtav1-params', 'lp=1'], 'mp4'), 'phim.mp4');
    expect(entry.type).toBe('video/mp4');
  });

  it('fault 22: that flashes is refused with the time at which it begins, and one that blinks calmly is taken', async () => {
    const blinking = (perSecond: number, from: number) =>
      film(
        plainH264,
        'mp4',
        '320x180',
        5,
        `color=black:size=320x180:rate=30:duration=5,geq=lum='if(gte(T,${from})*gt(mod(T*${perSecond},1),0.5),235,16)':cb=128:cr=128`,
      );
    const answer = await library.upload(blinking(6, 2), 'nhay.mp4');
    expect(answer.status).toBe(422);
    const { details } = z
      .object({ error: z.object({ details: z.object({ reason: z.string(), at: z.number(), advice: z.object({ vi: z.string(), en: z.string() }) }) }) })
      .parse(answer.body).error;
    expect(details.reason).toBe('video-flashes');
    expect(details.at).toBeCloseTo(2, 0);
    expect(details.advice.vi).toMatch(/Đoạn nháy bắt đầu ở 0:0[12],\d\.$/);
    await library.take(blinking(2, 0), 'nhay cham.mp4');
  });

  it('holds up no picture while it is watched, and asked about twice is taken once', async () => {
    const id = await library.send(film(plainH264, 'mp4', '1280x720', 30), 'dai.mp4');
    const finishing = finishUpload(lan, id);
    const again = finishUpload(lan, id);
    const state = async () => uploadSchema.parse((await lan.call('GET', `/api/media/uploads/${id}`)).body);
    await expect.poll(async () => (await state()).watched ?? 0, { interval: 5, timeout: 20_000 }).toBeGreaterThan(0);
    await library.take(
      await sharp({ create: { width: 300, height: 200, channels: 3, background: '#123456' } })
        .png()
        .toBuffer(),
      'anh.png',
    );
    expect((await state()).outcome, 'the film is still being watched').toBeNull();
    const [first, second] = await Promise.all([finishing, again]);
    expect([first.status, second.body]).toEqual([201, first.body]);
    expect((await state()).outcome).toEqual({ entry: first.body });
    const stranger = await signedInPerson(server, 'editor');
    expect((await stranger.call('GET', `/api/media/uploads/${id}`)).status).toBe(404);
  });

  it('is there for whoever asks, at every moment until it is in the library', async () => {
    const id = await library.send(film(plainH264, 'mp4', '480x270', 3), 'ngan.mp4');
    let isTaken = false;
    const finishing = finishUpload(lan, id).finally(() => (isTaken = true));
    const seen = new Set<number>();
    const ask = async () => {
      while (!isTaken) {
        seen.add((await lan.call('GET', `/api/media/uploads/${id}`)).status);
        await turn();
      }
    };
    await Promise.all([ask(), ask()]);
    expect((await finishing).status).toBe(201);
    expect([...seen]).toEqual([200]);
  });

  const turnable: readonly (readonly [what: string, make: () => Uint8Array, size: readonly [number, number]])[] = [
    ['fault 21: HEVC', () => film(['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none'], 'mp4'), [320, 180]],
    ['fault 21: ten bits', () => film([...h264, '-pix_fmt', 'yuv420p10le'], 'mp4'), [320, 180]],
    ['fault 21: full colour (4:4:4)', () => film([...h264, '-pix_fmt', 'yuv444p'], 'mp4'), [320, 180]],
    ['fault 21: one that is only marked as turned', () => turned(film(plainH264, 'mp4')), [180, 320]],
    ['fault 21: one of half pictures (interlaced)', () => film([...plainH264, '-flags', '+ilme+ildct', '-x264opts', 'tff=1'], 'mp4'), [320, 180]],
    ['an old encoding in MP4', () => film(['-c:v', 'mpeg4'], 'mp4'), [320, 180]],
    ['fault 21: one larger than the largest screen', () => film(plainH264, 'mp4', '4096x200'), [1_920, 94]],
  ];
  it.each(turnable)('such as %s is turned into one that every screen plays, once', async (_what, make, [width, height]) => {
    const sent = make();
    const { entry, bytes } = await library.take(sent, 'phim.mp4');
    expect(entry).toMatchObject({ kind: 'video', type: 'video/mp4', width, height });
    expect(Math.abs((entry.seconds ?? 0) - 2)).toBeLessThan(0.3);
    expect(bytes.equals(Buffer.from(sent))).toBe(false);
    expect(await library.upload(sent, 'phim lan nua.mp4'), 'the same file is the same entry').toMatchObject({ status: 200, body: { sha256: entry.sha256 } });
    expect((await lan.call('DELETE', `/api/media/${entry.sha256}`)).status).toBe(204);
    expect(await readdir(join(server.folder, 'media', 'incoming'))).toEqual([]);
  });

  const odd: readonly (readonly [what: string, make: () => Uint8Array, reason: MediaRefusal])[] = [
    ['fault 18: one cut short', () => film(plainH264, 'mp4').subarray(0, 30_000), 'damaged'],
    [
      'fault 21: one of high dynamic range (PQ)',
      () => film([...plainH264, '-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc'], 'mp4'),
      'video-hdr',
    ],
    [
      'fault 21: one of high dynamic range (HLG)',
      () => film([...plainH264, '-color_primaries', 'bt2020', '-color_trc', 'arib-std-b67', '-colorspace', 'bt2020nc'], 'mp4'),
      'video-hdr',
    ],
    ['one of half a second', () => film(plainH264, 'mp4', '320x180', 0.5), 'video-length'],
    ['sound without a picture', () => film(['-f', 'lavfi', '-i', 'sine=duration=2', '-map', '1:a', '-c:a', 'aac'], 'mp4'), 'not-media'],
  ];
  it.each(odd)('such as %s is refused', async (_what, make, reason) => {
    const answer = await library.upload(make(), 'phim.mp4');
    expect(z.object({ error: z.object({ details: z.object({ reason: z.string() }) }) }).parse(answer.body).error.details.reason).toBe(reason);
  });
});
