import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { screenViewSchema } from '../../core/screen-api.ts';
import { captureHeader, maxCaptureBytes } from '../../core/protocol.ts';
import { sha256, signPayload } from '../keys/ed25519.ts';
import { connect, newBox, type Box, type TestPlayer } from '../testing/test-player.ts';
import { signIn, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let staff: Staff;
let player: TestPlayer;
let screen: string;
const box = newBox();

beforeAll(async () => {
  server = await startTestServer();
  staff = await signIn(server);
  player = connect(server.url, box, { enrol: server.enrol.kiosk ?? '' });
  await player.prove();
  screen = (await player.next('welcome')).screen;
});
afterAll(async () => {
  player.close();
  await server.end();
});

const jpeg = (bytes = 2_000) => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(bytes - 4)]);

async function send(picture: Buffer, { takenAt = server.clock.now, by = box, hash = sha256(picture) }: { takenAt?: number; by?: Box; hash?: string } = {}) {
  const envelope = signPayload('capture', JSON.stringify({ screen, takenAt, sha256: hash, request: randomUUID() }), by.privateKey);
  const headers = { 'content-type': 'image/jpeg', [captureHeader]: Buffer.from(JSON.stringify(envelope)).toString('base64url') };
  const answer = await server.app.inject({ method: 'POST', url: '/player/captures', headers, payload: picture });
  return answer.statusCode === 204 ? 204 : answer.json<{ error: { code: string } }>().error.code;
}

it('asks a connected screen for a picture, keeps the latest, and shows it to staff', async () => {
  expect((await staff.call('POST', `/api/screens/${screen}/capture`)).status).toBe(202);
  await player.next('capture');
  const first = jpeg();
  const second = jpeg();
  expect(await send(first)).toBe(204);
  expect(await send(second, { takenAt: server.clock.now + 1_000 })).toBe(204);
  // One that was delayed on its way does not replace a newer one.
  expect(await send(first)).toBe(204);
  const view = screenViewSchema
    .array()
    .parse((await staff.call('GET', '/api/screens')).body)
    .find(({ id }) => id === screen);
  expect(view?.capture?.takenAt).toBe(server.clock.now + 1_000);
  const shown = await server.app.inject({ url: view?.capture?.url ?? '', headers: { cookie: staff.cookie } });
  expect(shown.headers['content-type']).toBe('image/jpeg');
  expect(sha256(shown.rawPayload)).toBe(sha256(second));
});

it('refuses a picture that is not signed by the screen, is another one, is no JPEG, or is too large', async () => {
  expect(await send(jpeg(), { by: newBox() })).toBe('capture-refused');
  expect(await send(jpeg(), { hash: sha256('other') })).toBe('capture-refused');
  expect(await send(Buffer.from('<script>'))).toBe('capture-refused');
  expect(await send(jpeg(maxCaptureBytes + 1))).toBe('too-large');
  const bare = await server.app.inject({ method: 'POST', url: '/player/captures', headers: { 'content-type': 'image/jpeg' }, payload: jpeg() });
  expect(bare.statusCode).toBe(400);
});

it('says plainly that a screen which is not connected cannot be asked', async () => {
  const { body } = await staff.call('GET', '/api/screens');
  const away = screenViewSchema
    .array()
    .parse(body)
    .find(({ connected }) => !connected);
  expect(await staff.call('POST', `/api/screens/${away?.id}/capture`)).toMatchObject({ status: 409, body: { error: { code: 'screen-offline' } } });
  expect((await staff.call('GET', `/api/screens/${away?.id}/capture`)).status).toBe(404);
});
