import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommandKind } from '../../core/protocol.ts';
import { logsHeader, maxLogBytes } from '../../core/protocol.ts';
import { sha256, signPayload } from '../keys/ed25519.ts';
import { connect, newBox, type Box, type TestPlayer } from '../testing/test-player.ts';
import { signIn, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let staff: Staff;
let player: TestPlayer;
let other: TestPlayer;
let screen: string;
const box = newBox();

beforeAll(async () => {
  server = await startTestServer();
  staff = await signIn(server);
  player = connect(server.url, box, { enrol: server.enrol.kiosk ?? '' });
  other = connect(server.url, newBox(), { enrol: server.enrol.street ?? '' });
  for (const each of [player, other]) await each.prove();
  screen = (await player.next('welcome')).screen;
  await other.next('welcome');
});
afterAll(async () => {
  for (const each of [player, other]) each.close();
  await server.end();
});

const ask = (kind: CommandKind, id: string = randomUUID()) => staff.call('POST', `/api/screens/${screen}/commands`, { id, kind });

it('hands a command to its screen, waits for the answer, and writes both into the audit log', async () => {
  const asked = ask('identify');
  const command = await player.next('command');
  expect(command).toMatchObject({ kind: 'identify', expiresAt: server.clock.now + 15_000 });
  // Another screen cannot answer for this one.
  other.socket.emit('commandAnswer', { id: command.id, outcome: 'failed', reason: 'forged' });
  player.socket.emit('commandAnswer', { id: command.id, outcome: 'done' });
  expect(await asked).toMatchObject({ status: 200, body: { id: command.id, kind: 'identify', outcome: 'done', reason: null } });
  // It has just connected, and what was asked after its welcome is no part of what it missed.
  expect(player.names()).not.toContain('command');
  const [entry] = await server.context.db.selectFrom('audit').selectAll().where('what', '=', 'screen.identify').execute();
  expect([entry?.subject, JSON.parse(entry?.after ?? '')]).toMatchObject([screen, { outcome: 'done' }]);
});

it('sends the same command once, however often it is asked for', async () => {
  const id = randomUUID();
  const asked = [ask('reload', id), ask('reload', id)];
  const command = await player.next('command');
  player.socket.emit('commandAnswer', { id: command.id, outcome: 'failed', reason: 'there is no window' });
  for (const each of asked) expect(await each).toMatchObject({ status: 200, body: { outcome: 'failed', reason: 'there is no window' } });
  expect(await ask('reload', id)).toMatchObject({ body: { outcome: 'failed' } });
  expect(player.names()).not.toContain('command');
});

it('asks a screen again that came back before it had answered', async () => {
  const asked = ask('identify');
  const first = await player.next('command');
  player.close();
  player = connect(server.url, box);
  await player.prove();
  const again = await player.next('command');
  expect(again).toEqual(first);
  player.socket.emit('commandAnswer', { id: again.id, outcome: 'done' });
  expect(await asked).toMatchObject({ body: { outcome: 'done' } });
});

it('says plainly that a screen which is not connected cannot be told, and that nothing else can be asked', async () => {
  const away = '00000000-0000-4000-8000-000000000000';
  expect((await staff.call('POST', `/api/screens/${away}/commands`, { id: randomUUID(), kind: 'reload' })).status).toBe(404);
  const screens = (await staff.call('GET', '/api/screens')).body as { id: string; connected: boolean }[];
  const lost = screens.find(({ connected }) => !connected);
  expect(await staff.call('POST', `/api/screens/${lost?.id}/commands`, { id: randomUUID(), kind: 'restart' })).toMatchObject({
    ...{ status: 409, body: { error: { code: 'screen-unreachable' } } },
  });
  expect((await staff.call('POST', `/api/screens/${screen}/commands`, { id: randomUUID(), kind: 'run', line: 'ls' })).status).toBe(400);
});

async function sendLog(text: string, request: string, { by = box, hash = sha256(text) }: { by?: Box; hash?: string } = {}) {
  const envelope = signPayload('logs', JSON.stringify({ screen, takenAt: server.clock.now, sha256: hash, request }), by.privateKey);
  const headers = { 'content-type': 'text/plain', [logsHeader]: Buffer.from(JSON.stringify(envelope)).toString('base64url') };
  const answer = await server.app.inject({ method: 'POST', url: '/player/logs', headers, payload: text });
  return answer.statusCode === 204 ? 204 : answer.json<{ error: { code: string } }>().error.code;
}

it('takes the log of a screen that was asked for it, and shows it to staff for an hour', async () => {
  const asked = ask('logs');
  const { id } = await player.next('command');
  const text = '{"msg":"màn hình"}\n';
  expect(await sendLog(text, id, { by: newBox() })).toBe('logs-refused');
  expect(await sendLog(text, id, { hash: sha256('other') })).toBe('logs-refused');
  expect(await sendLog(text, randomUUID())).toBe('logs-refused');
  expect(await sendLog('x'.repeat(maxLogBytes + 1), id)).toBe('too-large');
  expect((await staff.call('GET', `/api/screens/${screen}/logs`)).status).toBe(404);
  expect(await sendLog(text, id)).toBe(204);
  player.socket.emit('commandAnswer', { id, outcome: 'done' });
  expect(await asked).toMatchObject({ body: { outcome: 'done' } });
  expect(await staff.call('GET', `/api/screens/${screen}/logs`)).toMatchObject({ status: 200, text });
  server.clock.now += 3_600_001;
  expect((await staff.call('GET', `/api/screens/${screen}/logs`)).status).toBe(404);
});
