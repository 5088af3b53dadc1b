// Pictures of a screen held against what should have been on, from the upload of a picture to the report.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { mediaEntrySchema, uploadSchema } from '../../core/media-api.ts';
import { playlistViewSchema } from '../../core/playlist-api.ts';
import { screenViewSchema } from '../../core/screen-api.ts';
import { displayReportSchema, reportPaths } from '../../core/report-api.ts';
import { pictureBox } from '../../core/picture-box.ts';
import { captureHeader } from '../../core/protocol.ts';
import { screenPresets } from '../../core/screen-presets.ts';
import { sha256, signPayload } from '../keys/ed25519.ts';
import { listChannels } from '../channels/channel-store.ts';
import { bindKey, listScreens } from '../screens/screen-store.ts';
import { product } from '../product.ts';
import { finishUpload } from '../testing/finish-upload.ts';
import { connect, newBox, report, type TestPlayer } from '../testing/test-player.ts';
import { signedInPerson, type TestPerson } from '../testing/test-people.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { otherFrom } from './check-capture.ts';
import { distanceFromPlan, drawnOver, pictureDistance } from './picture-distance.ts';

let server: TestServer;
let staff: TestPerson;
let screen: string;
let player: TestPlayer;
const box = newBox();
const noon = Date.parse('2024-11-20T12:00:00+07:00');
const frame = { width: 1_920, height: 1_080 };

/** A motif of coloured fields. */
const motif = (colours: readonly string[], width = 1_200, height = 900) =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${colours[0]}"/><circle cx="${width * 0.3}" cy="${height * 0.4}" r="${height * 0.25}" fill="${colours[1]}"/><rect x="${width * 0.6}" y="${height * 0.5}" width="${width * 0.3}" height="${height * 0.4}" fill="${colours[2]}"/></svg>`,
    ),
  )
    .png()
    .toBuffer();
const bridge = () => motif(['#0a6b4b', '#ffc845', '#8f1620']);
const other = () =>
  sharp({ create: { ...frame, channels: 3, background: '#102040' } })
    .composite([
      { input: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1920" height="1080"><rect y="700" width="1920" height="380" fill="#fff"/></svg>') },
    ])
    .png()
    .toBuffer();

beforeAll(async () => {
  server = await startTestServer({ now: noon });
  staff = await signedInPerson(server, 'admin');
  const { db, now } = server.context;
  screen = (await listScreens(db)).find(({ channel }) => channel === 'reception')?.id ?? '';
  await bindKey(db, screen, box.publicKey, now());
  const bytes = await bridge();
  const { id } = uploadSchema.parse((await staff.call('POST', '/api/media/uploads', { name: 'cau.png', bytes: bytes.length, modifiedAt: 1 })).body);
  const headers = { host: new URL(server.url).host, origin: server.url, cookie: staff.cookie, 'content-type': 'application/octet-stream' };
  await server.app.inject({ method: 'PUT', url: `/api/media/uploads/${id}?offset=0`, headers, payload: bytes });
  const entry = mediaEntrySchema.parse((await finishUpload(staff, id)).body);
  const { revision } = playlistViewSchema.parse((await staff.call('GET', '/api/playlists/reception')).body);
  const picture = { name: 'Cầu', scene: 'picture', seconds: 600, windows: [] };
  const props = { media: entry.sha256, alt: { vi: 'Cầu' } };
  const items = [
    { ...picture, id: 'cau', props },
    { ...picture, id: 'cau-chu', props: { ...props, caption: { vi: 'Cầu Long Biên' } } },
  ];
  expect((await staff.call('PUT', '/api/playlists/reception', { revision, items })).status).toBe(200);
  const published = await staff.call('POST', '/api/playlists/reception/publish', { revision: revision + 1 });
  expect(published.status, published.text).toBe(200);
  player = connect(server.url, box);
  await player.prove();
  const { manifest } = await player.next('state');
  const playing = async () =>
    screenViewSchema
      .array()
      .parse((await staff.call('GET', '/api/screens')).body)
      .some(({ health }) => health?.manifest.playing === manifest);
  await vi.waitFor(
    async () => {
      // Before the welcome is through nobody listens.
      player.socket.emit('health', report(now(), manifest ?? '', 'cau'));
      expect(await playing()).toBe(true);
    },
    { timeout: 20_000, interval: 200 },
  );
});
afterAll(async () => {
  player.close();
  await server.end();
});

async function send(picture: Buffer, takenAt: number): Promise<void> {
  server.clock.now = takenAt;
  const jpeg = await sharp(picture)
    .resize({ ...frame, fit: 'fill' })
    .jpeg({ quality: 50 })
    .toBuffer();
  const envelope = signPayload('capture', JSON.stringify({ screen, takenAt, sha256: sha256(jpeg), request: randomUUID() }), box.privateKey);
  const headers = { 'content-type': 'image/jpeg', [captureHeader]: Buffer.from(JSON.stringify(envelope)).toString('base64url') };
  expect((await server.app.inject({ method: 'POST', url: '/player/captures', headers, payload: jpeg })).statusCode).toBe(204);
}
const checks = () => server.context.db.selectFrom('capture_checks').select(['taken_at', 'same', 'distance']).orderBy('taken_at').execute();
const shown = async () => (await drawnOver(await bridge(), { ...frame, fit: 'cover' })).picture;
const minute = 60_000;

describe('a picture of a screen', () => {
  it('is as it should be when it shows the picture that is on, dimmed and compressed too', async () => {
    await send(await shown(), noon + minute);
    await send(
      await sharp(await shown())
        .linear(0.35, 4)
        .png()
        .toBuffer(),
      noon + 2 * minute,
    );
    await expect.poll(async () => (await checks()).map(({ same }) => same)).toEqual([1, 1]);
  });

  it('is not when it shows another, or nothing', async () => {
    await send(await other(), noon + 3 * minute);
    await send(
      await sharp({ create: { ...frame, channels: 3, background: '#000000' } })
        .png()
        .toBuffer(),
      noon + 4 * minute,
    );
    await expect.poll(async () => (await checks()).map(({ same }) => same)).toEqual([1, 1, 0, 0]);
  });

  it('is looked at beside its caption, and not where the words stand', async () => {
    const { height } = pictureBox(presetOf('reception'), true);
    const [width, band] = [frame.width, Math.round(frame.height - height)];
    const captioned = async (picture: Buffer, words: string) =>
      sharp(picture)
        .resize({ width, height: frame.height - band, fit: 'fill' })
        .extend({ bottom: band, background: words })
        .png()
        .toBuffer();
    const { picture: above } = await drawnOver(await bridge(), { width, height: frame.height - band, fit: 'cover' });
    await send(await captioned(above, '#8f1620'), noon + 15 * minute);
    await send(await captioned(above, '#ffffff'), noon + 16 * minute);
    await send(await captioned(await other(), '#8f1620'), noon + 17 * minute);
    await expect.poll(async () => (await checks()).map(({ same }) => same)).toEqual([1, 1, 0, 0, 1, 1, 0]);
  });

  it('proves nothing beside a change of turns, or over an order', async () => {
    await send(await other(), noon + 10 * minute + 1_000);
    server.clock.now = noon + 20 * minute;
    const stop = await staff.call('POST', '/api/orders/stops', { target: { screens: [screen] }, reason: 'Thử' });
    const { number } = z.object({ number: z.int() }).parse(stop.body);
    await send(await other(), noon + 21 * minute);
    // In order behind the three above.
    server.clock.now += minute / 2;
    expect((await staff.call('POST', `/api/orders/${number}/end`, { reason: 'Thử xong' })).status).toBe(200);
    await send(await shown(), noon + 22 * minute);
    await expect.poll(async () => (await checks()).map(({ same }) => same)).toEqual([1, 1, 0, 0, 1, 1, 0, 1]);
  });

  it('proves nothing while its box is still fetching what should be on', async () => {
    player.socket.emit('health', report(server.clock.now, 'a'.repeat(64), 'cau'));
    const isFetching = async () =>
      screenViewSchema
        .array()
        .parse((await staff.call('GET', '/api/screens')).body)
        .some(({ health }) => health?.manifest.playing === 'a'.repeat(64));
    await expect.poll(isFetching).toBe(true);
    await send(await other(), noon + 23 * minute);
    await server.app.inject('/healthz');
    expect((await checks()).map(({ same }) => same)).toEqual([1, 1, 0, 0, 1, 1, 0, 1]);
  });

  it('is counted for its screen in the report', async () => {
    const told = displayReportSchema.parse((await staff.call('GET', `${reportPaths.display}?from=2024-11-20&to=2024-11-20`)).body);
    expect(told.screens.find(({ id }) => id === screen)?.pictures).toEqual({ same: 5, other: 3 });
  });
});

describe('a picture of a screen that is part of a wall', () => {
  const wall = { columns: 2, rows: 1, column: 2, row: 1, gapMm: 0 };
  const across = { width: 2 * frame.width, height: frame.height };
  /** A screen's part of the picture as it lies on the whole wall. */
  const half = async (left: number) => {
    const { picture, at } = await drawnOver(await bridge(), { ...across, fit: 'cover' });
    const whole = sharp({ create: { ...across, channels: 3, background: '#000000' } }).composite([{ input: picture, left: at.left, top: at.top }]);
    return sharp(await whole.png().toBuffer())
      .extract({ left, top: 0, ...frame })
      .png()
      .toBuffer();
  };

  it('is held against its own part of the whole picture', async () => {
    const { db } = server.context;
    const profile = (await listScreens(db)).find(({ id }) => id === screen)?.profile;
    await db
      .updateTable('screens')
      .set({ profile: JSON.stringify({ ...profile, wall }) })
      .where('id', '=', screen)
      .execute();
    const playing = (await listChannels(db)).find(({ id }) => id === 'reception')?.manifest?.sha256 ?? '';
    player.socket.emit('health', report(server.clock.now, playing, 'cau'));
    await expect.poll(async () => (await staff.call('GET', '/api/screens')).text.includes(`"playing":"${playing}"`)).toBe(true);
    const before = (await checks()).length;
    await send(await half(frame.width), noon + 41 * minute);
    await send(await half(0), noon + 42 * minute);
    await expect.poll(async () => (await checks()).slice(before).map(({ same }) => same)).toEqual([1, 0]);
  });

  it('tells nothing where its part is a piece of sky', async () => {
    const sky = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="3840" height="1080"><rect width="100%" height="100%" fill="#9cf"/><rect width="1900" height="500" fill="#152"/></svg>',
    );
    const part = (x: number) => distanceFromPlan(sky, sky, 'cover', { screen: frame, box: across, x, y: 0 });
    expect(await part(frame.width)).toBeUndefined();
    expect(await part(0)).toBeTypeOf('number');
  });
});

it('two pictures are as far apart as their motifs', async () => {
  const one = await shown();
  expect(await pictureDistance(one, await sharp(one).jpeg({ quality: 30 }).toBuffer())).toBeLessThan(0.02);
  expect(await pictureDistance(one, await sharp(one).resize(480, 270).toBuffer())).toBeLessThan(0.02);
  expect(await pictureDistance(one, await sharp(one).negate({ alpha: false }).toBuffer())).toBeGreaterThan(1.5);
  expect(await pictureDistance(one, await sharp(one).flop().toBuffer())).toBeGreaterThan(0.25);
});

const presetOf = (id: string) => screenPresets.find((preset) => preset.id === id)?.profile ?? screenPresets[0].profile;

it.each([
  ['reception', ''],
  ['reception-portrait', '-portrait'],
  ['kiosk', '-portrait'],
  ['crossing', '-street'],
  ['strip', '-street'],
])('what the stage drew beside its caption on a %s is the picture that it was given, and not another of the same street', async (preset, cut) => {
  const profile = presetOf(preset);
  const { width, height } = profile.viewport;
  const golden = readFileSync(join(product, 'tests', 'goldens', `picture-${width}x${height}-vi.webp`));
  const box = pictureBox(profile, true);
  const laid = { screen: { width, height }, box, x: 0, y: 0 };
  const distance = async (name: string) => distanceFromPlan(golden, readFileSync(join(product, 'assets', 'pictures', `${name}${cut}.svg`)), 'cover', laid);
  expect(await distance('report')).toBeLessThan(otherFrom / 2);
  expect(await distance('answer')).toBeGreaterThan(otherFrom);
  expect(await distance('news')).toBeGreaterThan(otherFrom);
});

it.each(['contain', 'cover'] as const)('a picture in landscape stands whole on a kiosk, asked to %s, and only where it stands it is looked at', async (fit) => {
  const { width, height } = presetOf('kiosk').viewport;
  const drawn = await sharp(await bridge())
    .resize({ width })
    .toBuffer();
  const { height: tall } = await sharp(drawn).metadata();
  const photograph = await sharp({ create: { width, height, channels: 3, background: '#7c1119' } })
    .composite([{ input: drawn, left: 0, top: Math.round((height - tall) * 0.4) }])
    .png()
    .toBuffer();
  const all = { screen: { width, height }, box: { width, height }, x: 0, y: 0 };
  expect(await distanceFromPlan(photograph, await bridge(), fit, all)).toBeLessThan(otherFrom / 2);
  expect(await distanceFromPlan(photograph, await other(), fit, all)).toBeGreaterThan(otherFrom);
});
