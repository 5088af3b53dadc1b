// The library from upload to screen, against the real server: what is taken, what is refused, who uses it.
import { request } from 'node:http';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { playlistViewSchema } from '../../core/playlist-api.ts';
import { manifestSchema } from '../../core/manifest.ts';
import { mediaEntrySchema, uploadSchema, type MediaEntry } from '../../core/media-api.ts';
import { sha256 } from '../keys/ed25519.ts';
import { findChannel } from '../channels/channel-store.ts';
import { readRevision, saveRevision } from '../playlists/playlist-store.ts';
import { finishUpload } from '../testing/finish-upload.ts';
import { signedInPerson, type TestPerson } from '../testing/test-people.ts';
import { staffOf, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';
import { mediaPath } from './media-files.ts';

let server: TestServer;
let lan: TestPerson;
let minh: TestPerson;
beforeAll(async () => {
  server = await startTestServer();
  [lan, minh] = [await signedInPerson(server, 'approver'), await signedInPerson(server, 'editor')];
});
afterAll(() => server.end());

const plain = (width: number, height: number, background: string) => sharp({ create: { width, height, channels: 3, background } });
const announce = async (by: Staff, bytes: Uint8Array, name: string) =>
  uploadSchema.parse((await by.call('POST', '/api/media/uploads', { name, bytes: bytes.length, modifiedAt: 1 })).body);
const headersOf = (by: Staff) => ({ host: new URL(server.url).host, origin: server.url, cookie: by.cookie, 'content-type': 'application/octet-stream' });
const send = (by: Staff, id: string, offset: number, part: Uint8Array) =>
  server.app.inject({ method: 'PUT', url: `/api/media/uploads/${id}?offset=${offset}`, headers: headersOf(by), payload: Buffer.from(part) });
async function upload(by: Staff, bytes: Uint8Array, name = 'ảnh.png') {
  const { id } = await announce(by, bytes, name);
  if (bytes.length > 0) expect((await send(by, id, 0, bytes)).statusCode).toBe(200);
  return finishUpload(by, id);
}
async function taken(by: Staff, bytes: Uint8Array, name?: string): Promise<MediaEntry> {
  const answer = await upload(by, bytes, name);
  expect([200, 201], answer.text).toContain(answer.status);
  return mediaEntrySchema.parse(answer.body);
}
const list = async (by: Staff = lan) => mediaEntrySchema.array().parse((await by.call('GET', '/api/media')).body);
const bytesOf = async (hash: string) => (await server.app.inject(`/media/${hash}`)).rawPayload;

describe('a picture', () => {
  it('reaches a screen: uploaded, named by an item, in the manifest with its size, and served byte for byte', async () => {
    const entry = await taken(lan, await plain(640, 360, '#0a6b4b').png().toBuffer(), 'Cầu Long Biên.png');
    expect(entry).toMatchObject({ kind: 'picture', type: 'image/png', width: 640, height: 360, name: 'Cầu Long Biên', by: lan.name, alt: null, uses: [] });

    const { db, now } = server.context;
    const { revision } = playlistViewSchema.parse((await lan.call('GET', '/api/playlists/reception')).body);
    const draft = await readRevision(db, 'reception', revision);
    if (!draft) throw new Error('the playlist is empty');
    const [first] = draft.items;
    if (!first) throw new Error('the playlist has no item');
    const props = { media: entry.sha256, alt: { vi: 'Cầu Long Biên' }, fit: 'cover' };
    const item = { ...first, scene: 'picture', props, seconds: 15 };
    await saveRevision(db, 'reception', revision, { ...draft, items: [item, ...draft.items.slice(1)] }, { by: lan.name, at: now(), keeper: lan.id });
    const published = await lan.call('POST', '/api/playlists/reception/publish', { revision: revision + 1 });
    expect(published.status, published.text).toBe(200);

    const channel = await findChannel(db, 'reception');
    const envelope = (await server.app.inject(`/manifests/${channel?.manifest?.sha256}`)).json<{ payload: string }>();
    const { files } = manifestSchema.parse(JSON.parse(envelope.payload));
    const file = files.find(({ sha256: hash }) => hash === entry.sha256);
    const served = await bytesOf(entry.sha256);
    expect(file).toEqual({ sha256: entry.sha256, bytes: served.length, type: 'image/png' });
    expect(sha256(served)).toBe(entry.sha256);

    const [seen] = (await list()).filter(({ sha256: hash }) => hash === entry.sha256);
    expect(seen?.uses.map(({ what, id }) => `${what} ${id}`)).toEqual(['playlist reception', 'channel reception']);
    const refused = await lan.call('DELETE', `/api/media/${entry.sha256}`);
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'media-in-use', details: { uses: seen?.uses } } } });
    for (const { name } of seen?.uses ?? []) expect(refused.text).toContain(`“${name}”`);

    // Taken out and published again it may leave the library; its bytes stay, because a manifest that is kept names them.
    await saveRevision(db, 'reception', revision + 1, draft, { by: lan.name, at: now(), keeper: lan.id });
    expect((await lan.call('DELETE', `/api/media/${entry.sha256}`)).status, 'still on the screens').toBe(409);
    expect((await lan.call('POST', '/api/playlists/reception/publish', { revision: revision + 2 })).status).toBe(200);
    expect((await lan.call('DELETE', `/api/media/${entry.sha256}`)).status).toBe(204);
    expect((await list()).map(({ sha256: hash }) => hash)).not.toContain(entry.sha256);
    expect(await bytesOf(entry.sha256)).toEqual(served);
  });

  it('that was never used leaves with its bytes', async () => {
    const entry = await taken(minh, await plain(64, 64, 'navy').png().toBuffer());
    const path = join(server.context.filesDir, mediaPath(entry.sha256));
    expect(existsSync(path)).toBe(true);
    expect((await minh.call('DELETE', `/api/media/${entry.sha256}`)).status).toBe(204);
    expect([existsSync(path), (await server.app.inject(`/media/${entry.sha256}`)).statusCode]).toEqual([false, 404]);
    expect((await minh.call('DELETE', `/api/media/${entry.sha256}`)).status).toBe(404);
  });

  it('is described in Vietnamese at least, and remembers what it was called before', async () => {
    const entry = await taken(lan, await plain(64, 48, 'gold').png().toBuffer());
    const put = (body: object) => lan.call('PUT', `/api/media/${entry.sha256}`, body);
    expect((await put({ name: 'Hồ Gươm', alt: { en: 'A lake' }, expiresOn: null })).status).toBe(400);
    expect((await put({ name: 'Hồ Gươm', alt: { vi: 'Hồ Gươm' }, expiresOn: '2026-02-30' })).status).toBe(400);
    const words = { name: 'Hồ Gươm', alt: { vi: 'Tháp Rùa giữa hồ', en: 'The tower in the lake' }, expiresOn: '2026-12-31' };
    expect((await put(words)).body).toMatchObject(words);
    const log = await server.context.db.selectFrom('audit').select(['what', 'who', 'before']).where('subject', '=', entry.sha256).execute();
    expect(log.map(({ what, who }) => [what, who])).toEqual([
      ['media.add', lan.name],
      ['media.describe', lan.name],
    ]);
    expect(log[1]?.before).toContain(entry.name);
  });

  it('is put into a folder as it comes in, and into another by whoever may change it', async () => {
    const bytes = await plain(64, 64, '#334455').png().toBuffer();
    const announced = { name: 'thu-muc.png', bytes: bytes.length, modifiedAt: 1, folder: ' Tết / 2025/ ' };
    const { id } = uploadSchema.parse((await lan.call('POST', '/api/media/uploads', announced)).body);
    await send(lan, id, 0, bytes);
    const entry = mediaEntrySchema.parse((await finishUpload(lan, id)).body);
    expect(entry.folder).toBe('Tết/2025');
    const facts = { name: 'Hoa', alt: { vi: 'Hoa đào' }, expiresOn: null };
    expect((await lan.call('PUT', `/api/media/${entry.sha256}`, facts)).body).toMatchObject({ folder: 'Tết/2025' });
    expect((await lan.call('PUT', `/api/media/${entry.sha256}`, { ...facts, folder: '' })).body).toMatchObject({ folder: '' });
    expect((await list()).find(({ sha256: hash }) => hash === entry.sha256)?.folder).toBe('');
  });

  it('sent again, or by two people at once, is one entry', async () => {
    const bytes = await plain(90, 90, 'teal').png().toBuffer();
    const answers = await Promise.all([upload(lan, bytes), upload(minh, bytes)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201]);
    expect((await upload(minh, bytes, 'tên khác.png')).status).toBe(200);
    const hashes = new Set(answers.map(({ body }) => mediaEntrySchema.parse(body).sha256));
    expect(hashes.size).toBe(1);
    expect((await list()).filter(({ sha256: hash }) => hashes.has(hash))).toHaveLength(1);
  });
});

describe('an upload', () => {
  it('cut in the middle goes on where it was, and the picture is whole', async () => {
    const noise = { width: 700, height: 700, channels: 3, background: 'black', noise: { type: 'gaussian', mean: 128, sigma: 40 } } as const;
    const bytes = await sharp({ create: noise }).png().toBuffer();
    expect(bytes.length).toBeGreaterThan(600_000);
    const { id } = await announce(lan, bytes, 'lớn.png');
    const half = Math.floor(bytes.length / 2);
    const headers = { ...headersOf(lan), 'content-length': bytes.length };
    const cut = request(`${server.url}/api/media/uploads/${id}?offset=0`, { method: 'PUT', headers });
    cut.on('error', () => undefined).write(bytes.subarray(0, half));
    const arrived = async () => uploadSchema.parse((await lan.call('GET', `/api/media/uploads/${id}`)).body).received;
    await expect.poll(arrived).toBe(half);
    cut.destroy();
    const resumed = await announce(lan, bytes, 'lớn.png');
    expect(resumed).toEqual({ id, bytes: bytes.length, received: half, watched: null, outcome: null });
    const wrong = await send(lan, id, resumed.received + 1, bytes.subarray(resumed.received + 1));
    expect(wrong.json()).toMatchObject({ error: { code: 'upload-elsewhere', details: { received: resumed.received } } });
    expect(await lan.call('POST', `/api/media/uploads/${id}/finish`)).toMatchObject({ status: 409, body: { error: { code: 'upload-elsewhere' } } });
    const rest = await send(lan, id, resumed.received, bytes.subarray(resumed.received));
    expect(rest.json()).toEqual({ id, bytes: bytes.length, received: bytes.length, watched: null, outcome: null });
    const answer = await finishUpload(lan, id);
    expect(answer.status, answer.text).toBe(201);
    expect((await lan.call('GET', `/api/media/uploads/${id}`)).body).toMatchObject({ received: bytes.length, outcome: { entry: answer.body } });
    expect((await minh.call('GET', `/api/media/uploads/${id}`)).status).toBe(404);
  });

  it('goes on by a new line while the old one hangs', async () => {
    const bytes = await plain(200, 200, 'indigo').png().toBuffer();
    const { id } = await announce(lan, bytes, 'treo.png');
    const hanging = request(`${server.url}/api/media/uploads/${id}?offset=0`, {
      method: 'PUT',
      headers: { ...headersOf(lan), 'content-length': bytes.length },
    });
    hanging.on('error', () => undefined).write(bytes.subarray(0, 50));
    const arrived = async () => uploadSchema.parse((await lan.call('GET', `/api/media/uploads/${id}`)).body).received;
    await expect.poll(arrived).toBe(50);
    expect((await send(lan, id, 50, bytes.subarray(50))).statusCode).toBe(200);
    expect((await finishUpload(lan, id)).status).toBe(201);
    hanging.destroy();
  });

  it('goes on after the server was started anew', async () => {
    const bytes = await plain(300, 300, 'maroon').png().toBuffer();
    const { id } = await announce(lan, bytes, 'qua đêm.png');
    await send(lan, id, 0, bytes.subarray(0, 100));
    server = await server.again();
    [lan, minh] = [
      { ...lan, ...staffOf(server, lan.cookie) },
      { ...minh, ...staffOf(server, minh.cookie) },
    ];
    expect(await announce(lan, bytes, 'qua đêm.png')).toEqual({ id, bytes: bytes.length, received: 100, watched: null, outcome: null });
    await send(lan, id, 100, bytes.subarray(100));
    expect((await finishUpload(lan, id)).status).toBe(201);
  });

  it('of more than was announced, or than is ever taken, is refused', async () => {
    const { id } = await announce(lan, new Uint8Array(10), 'a.png');
    expect((await send(lan, id, 0, new Uint8Array(11))).json()).toMatchObject({ error: { code: 'media-too-large' } });
    const huge = await lan.call('POST', '/api/media/uploads', { name: 'phim.mp4', bytes: 500 * 2 ** 20 + 1, modifiedAt: 1 });
    expect(huge).toMatchObject({ status: 413, body: { error: { code: 'media-too-large' } } });
  });

  it('is one’s own: another person finds, fills and ends nothing of it', async () => {
    const { id } = await announce(lan, new Uint8Array(10), 'của Lan.png');
    expect((await minh.call('GET', `/api/media/uploads/${id}`)).status).toBe(404);
    expect((await send(minh, id, 0, new Uint8Array(10))).statusCode).toBe(404);
    expect((await minh.call('POST', `/api/media/uploads/${id}/finish`)).status).toBe(404);
    expect((await minh.call('DELETE', `/api/media/uploads/${id}`)).status).toBe(404);
    expect((await lan.call('DELETE', `/api/media/uploads/${id}`)).status).toBe(204);
  });

  it('that rests for two days is forgotten with its bytes', async () => {
    const { id } = await announce(minh, new Uint8Array(10), 'bỏ dở.png');
    await send(minh, id, 0, new Uint8Array(5));
    const path = join(server.context.filesDir, 'incoming', id);
    expect(existsSync(path)).toBe(true);
    await server.context.db
      .updateTable('uploads')
      .set({ created_at: server.clock.now - 49 * 3_600_000 })
      .where('id', '=', id)
      .execute();
    await announce(minh, new Uint8Array(10), 'khác.png');
    expect([existsSync(path), (await minh.call('GET', `/api/media/uploads/${id}`)).status]).toEqual([false, 404]);
  });
});

it('keeps what belongs to another unit from being changed, and lets everybody look', async () => {
  const home = await signedInPerson(server, 'editor', { unit: 'c00004' });
  const away = await signedInPerson(server, 'admin', { unit: 'c00008' });
  const entry = await taken(home, await plain(50, 50, 'olive').png().toBuffer());
  expect([entry.unit, entry.mayChange]).toEqual(['c00004', true]);
  const seen = (await list(away)).find(({ sha256: hash }) => hash === entry.sha256);
  expect(seen?.mayChange).toBe(false);
  expect(await away.call('DELETE', `/api/media/${entry.sha256}`)).toMatchObject({ status: 403, body: { error: { code: 'outside-own-unit' } } });
  expect((await home.call('DELETE', `/api/media/${entry.sha256}`)).status).toBe(204);
});
