// Real connections on loopback against a real server.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { pairingText, pairingWords } from '../../core/pairing-words.ts';
import { openFirstRoot, signersFor } from '../../core/root-document.ts';
import { assignmentSchema, manifestSchema } from '../../core/manifest.ts';
import { timeStatementSchema } from '../../core/protocol.ts';
import { snapshotSchema } from '../../core/snapshot.ts';
import { openEnvelope } from '../../core/signed.ts';
import { sha256, signPayload, verify } from '../keys/ed25519.ts';
import { screenViewSchema } from '../../core/screen-api.ts';
import { connect, newBox, report } from '../testing/test-player.ts';
import { giveSecondFactors } from '../testing/test-people.ts';
import { signIn, staffOf, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let staff: Staff;

beforeAll(async () => {
  server = await startTestServer();
  staff = await signIn(server);
  await giveSecondFactors(server);
});
afterAll(() => server.end());

const screens = async () => screenViewSchema.array().parse((await staff.call('GET', '/api/screens')).body);
const screenOn = async (channel: string) => {
  const found = (await screens()).find((screen) => screen.trial && screen.channel === channel);
  if (!found) throw new Error(`no screen on ${channel}`);
  return found;
};
const document = async (path: string) => (await server.app.inject(path)).json<unknown>();

async function newRealScreen(channel: string): Promise<{ id: string; token: string }> {
  const { profile } = await screenOn('reception');
  const created = screenViewSchema.parse((await staff.call('POST', '/api/screens', { name: 'Phòng tiếp công dân', channel, profile })).body);
  const { body } = await staff.call('POST', `/api/screens/${created.id}/enrolment`);
  return { id: created.id, token: (body as { token: string }).token };
}

describe('a box that enrols', () => {
  it('becomes its screen and is told root, time, state and figures, all signed', async () => {
    const token = server.enrol.reception ?? '';
    const player = connect(server.url, newBox(), { enrol: token });
    await player.prove();
    const welcome = await player.next('welcome');
    const first = openFirstRoot(welcome.root, verify);
    if (!first.ok) throw new Error(first.detail);
    const root = first.document;

    const time = openEnvelope(await player.next('time'), 'time', timeStatementSchema, signersFor(root, 'time', 'indoor'), verify);
    expect(time).toMatchObject({ ok: true, document: { nonce: player.nonce, time: server.clock.now } });

    const state = await player.next('state');
    expect(state.root).toEqual({ number: 1, sha256: sha256(welcome.root.payload) });
    const assignment = openEnvelope(
      await document(`/assignments/${state.assignment}`),
      'assignment',
      assignmentSchema,
      signersFor(root, 'assignment', 'indoor'),
      verify,
    );
    expect(assignment).toMatchObject({
      ok: true,
      document: { screen: welcome.screen, number: welcome.number, channel: 'reception', trial: true, servers: [server.url] },
    });
    const manifest = openEnvelope(await document(`/manifests/${state.manifest}`), 'manifest', manifestSchema, signersFor(root, 'manifest', 'indoor'), verify);
    if (!manifest.ok) throw new Error(manifest.detail);
    expect(manifest.document.channel).toBe('reception');
    for (const file of manifest.document.files) {
      const media = await server.app.inject(`/media/${file.sha256}`);
      expect(sha256(media.rawPayload)).toBe(file.sha256);
      expect(media.headers).toMatchObject({ 'content-type': file.type, 'cache-control': 'public, max-age=31536000, immutable' });
      const part = await server.app.inject({ url: `/media/${file.sha256}`, headers: { range: 'bytes=5-9' } });
      expect([part.statusCode, part.headers['content-range'], part.rawPayload]).toEqual([206, `bytes 5-9/${file.bytes}`, media.rawPayload.subarray(5, 10)]);
    }
    const push = await player.next('snapshot');
    const current = openEnvelope(push.current, 'snapshot', snapshotSchema, signersFor(root, 'snapshot', 'indoor'), verify);
    expect(current).toMatchObject({ ok: true, document: { number: 2, sample: true } });
    expect(state.snapshot).toEqual({ number: 2, sha256: sha256(push.current.payload) });
    expect(await document(`/snapshots/${state.snapshot?.sha256}`)).toEqual(push.current);

    const again = connect(server.url, newBox(), { enrol: token });
    await again.prove();
    expect((await again.next('refused')).refusal).toBe('bad-token');
    await again.disconnected();
    player.close();
  });

  it('is known by its key from then on, and a second connection takes over from the first', async () => {
    const box = newBox();
    const first = connect(server.url, box, { enrol: server.enrol.kiosk ?? '' });
    await first.prove();
    const { screen } = await first.next('welcome');
    const second = connect(server.url, box);
    await second.prove();
    expect((await second.next('welcome')).screen).toBe(screen);
    expect((await first.next('refused')).refusal).toBe('superseded');
    await first.disconnected();
    expect((await screenOn('kiosk')).connected).toBe(true);
    second.close();
  });
});

describe('a box that is paired', () => {
  it('shows a code, the same words as the console, and is welcomed when the code is typed', async () => {
    const { id } = await newRealScreen('reception');
    const player = connect(server.url);
    await player.prove();
    const { code, root } = await player.next('pairing');
    await player.next('time');
    const words = pairingWords(sha256(pairingText(sha256(root.payload), player.box.publicKey)));
    const typed = ` ${code.toLowerCase().slice(0, 3)} ${code.slice(3)} `;
    expect(await staff.call('POST', '/api/screens/pair', { code: typed, screen: id, confirm: false })).toMatchObject({ status: 200, body: { words } });
    expect(player.names()).not.toContain('welcome');
    expect(await staff.call('POST', '/api/screens/pair', { code, screen: id })).toMatchObject({ status: 200, body: { words } });
    expect((await player.next('welcome')).screen).toBe(id);
    expect(await staff.call('POST', '/api/screens/pair', { code, screen: id })).toMatchObject({
      status: 404,
      body: { error: { code: 'pairing-code-unknown' } },
    });
    player.close();
  });

  it('that has gone away leaves no code behind', async () => {
    const { id } = await newRealScreen('reception');
    const player = connect(server.url);
    await player.prove();
    const { code } = await player.next('pairing');
    player.close();
    const pair = () => staff.call('POST', '/api/screens/pair', { code, screen: id, confirm: false });
    await expect.poll(async () => (await pair()).status).toBe(404);
  });

  it('is never sent made-up figures on a real screen, neither by state nor by push', async () => {
    const { token } = await newRealScreen('reception');
    const player = connect(server.url, newBox(), { enrol: token });
    await player.prove();
    expect((await player.next('state')).snapshot).toBeNull();
    const push = { current: server.context.keys.sign('snapshot', {}).envelope, previous: null };
    server.context.players.pushSnapshot(push, true);
    server.context.players.stateChanged(['reception']);
    expect((await player.next('state')).snapshot).toBeNull();
    expect(player.names()).not.toContain('snapshot');
    server.context.players.pushSnapshot(push, false);
    expect(await player.next('snapshot')).toEqual(push);
    player.close();
  });
});

describe('a stranger', () => {
  /** Waits less for a proof, and still longer than a busy machine needs for one. */
  let hasty: TestServer;
  beforeAll(async () => {
    hasty = await startTestServer({ proofTimeoutMs: 2_000 });
  });
  afterAll(() => hasty.end());

  const refused = async (send: (player: ReturnType<typeof connect>) => Promise<void> | void) => {
    const player = connect(server.url);
    await send(player);
    const { refusal } = await player.next('refused');
    await player.disconnected();
    return refusal;
  };
  const emit =
    (name: string, ...payloads: unknown[]) =>
    async (player: ReturnType<typeof connect>) => {
      await player.next('challenge');
      player.socket.emit(name, ...payloads);
    };

  it('cannot come in by polling, only by a WebSocket', async () => {
    const answer = await fetch(new URL('/socket.io/?EIO=4&transport=polling', server.url));
    expect([answer.status, (await answer.text()).includes('sid')]).toEqual([400, false]);
  });

  it.each([
    ['nothing at all', 'prove', []],
    ['an empty object', 'prove', [{}]],
    ['null', 'prove', [null]],
    ['text', 'prove', ['hello']],
    ['bytes', 'prove', [Buffer.from([1, 2, 3])]],
    ['two payloads', 'prove', [{}, {}]],
    ['an event that there is not', 'register', [{ name: 'x' }]],
    ['the name of a built-in property', 'constructor', [{}]],
    ['health before the proof', 'health', [report(1, 'factory', 'x')]],
  ])('that sends %s is refused by name', async (_what, name, payloads) => {
    expect(await refused(emit(name, ...payloads))).toBe('bad-message');
  });

  it('that speaks another protocol number is told so, whatever else it sends', async () => {
    expect(await refused(emit('prove', { protocol: 2, hello: 'from the future' }))).toBe('protocol');
    expect(await refused(emit('prove', { protocol: 0 }))).toBe('protocol');
  });

  it('that signs with another key, or answers another challenge, is refused', async () => {
    expect(await refused((player) => player.prove({ publicKey: newBox().publicKey }))).toBe('bad-proof');
    expect(
      await refused(async (player) => {
        const proof = signPayload('prove', JSON.stringify({ server: player.nonce, player: player.nonce }), player.box.privateKey);
        await player.prove({ proof });
      }),
    ).toBe('bad-proof');
  });

  it('that never proves itself is sent away in time', async () => {
    const player = connect(hasty.url);
    expect(await player.next('refused')).toMatchObject({ refusal: 'bad-proof' });
    await player.disconnected();
  });

  it('that floods is refused', async () => {
    expect(
      await refused(async (player) => {
        await player.prove();
        await player.next('pairing');
        for (let i = 0; i < 100; i++) player.socket.emit('time', { nonce: player.nonce });
      }),
    ).toBe('bad-message');
  });

  it.concurrent.each([
    ['an empty frame', ''],
    ['a frame of noise', '\u0000\u0001\u0002'],
    ['a packet of no namespace', '40'],
    ['a broken event', '42/player,["prove"'],
    ['an event before the connect', '42/player,["prove",{}]'],
    ['a binary event without its bytes', '451-/player,["prove",{"_placeholder":true,"num":0}]'],
    ['bytes out of nowhere', Buffer.from([4, 0, 255])],
    ['more than a message may hold', 'x'.repeat(70_000)],
  ])('that speaks websocket and sends %s leaves the server unharmed', async (_what, frame) => {
    const socket = new WebSocket(`${hasty.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    await new Promise((resolve, reject) => socket.once('message', resolve).once('error', reject));
    socket.send('40/player,');
    socket.send(frame);
    await new Promise((resolve) => socket.once('close', resolve));
    expect((await hasty.app.inject('/healthz')).statusCode).toBe(200);
    const player = connect(hasty.url);
    await player.prove();
    await player.next('pairing');
    player.close();
  });
});

it('sends no more at once than a player takes: larger figures are named, and fetched', async () => {
  const { token } = await newRealScreen('reception');
  const player = connect(server.url, newBox(), { enrol: token });
  await player.prove();
  await player.next('state');
  server.context.players.pushSnapshot({ current: server.context.keys.sign('snapshot', { long: 'x'.repeat(70_000) }).envelope, previous: null }, false);
  await player.next('state');
  expect(player.names()).not.toContain('snapshot');
  player.close();
});

describe('a server restored from an old backup', () => {
  it('issues manifest, assignment and snapshot above what a player has verified', async () => {
    const player = connect(server.url, newBox(), { enrol: server.enrol.street ?? '', accepted: { manifest: 40, assignment: 30, snapshot: 20 } });
    await player.prove();
    const state = await player.next('state');
    const read = async (path: string) =>
      JSON.parse(((await document(path)) as { payload: string }).payload) as { version: number; manifest: { version: number } };
    expect((await read(`/manifests/${state.manifest}`)).version).toBe(41);
    const assignment = await read(`/assignments/${state.assignment}`);
    expect(assignment.version).toBeGreaterThan(30);
    expect(assignment.manifest.version).toBe(41);
    const counter = await server.context.db.selectFrom('counters').select('value').where('name', '=', 'snapshot').executeTakeFirst();
    expect(counter?.value).toBe(20);
    player.close();
  });

  it('does not believe a number that no server ever issued', async () => {
    const { token } = await newRealScreen('reception');
    const player = connect(server.url, newBox(), { enrol: token, accepted: { manifest: Number.MAX_SAFE_INTEGER } });
    await player.prove();
    await player.next('state');
    expect((await screenOn('reception')).manifest?.version).toBeLessThan(100);
    player.close();
  });
});

it('keeps what a screen last reported, also over a restart of the server', async () => {
  const { id, token } = await newRealScreen('kiosk');
  const player = connect(server.url, newBox(), { enrol: token });
  await player.prove();
  const state = await player.next('state');
  player.socket.emit('health', report(server.clock.now, state.manifest ?? '', 'install'));
  player.socket.emit('time', { nonce: player.nonce });
  await player.next('time');
  await player.next('time');
  const find = async () => (await screens()).find((screen) => screen.id === id);
  expect(await find()).toMatchObject({ connected: true, health: { state: 'playing' } });
  const { number } = (await find()) ?? {};
  expect((await server.app.inject('/metrics')).body).toContain(`ihanoi_screen_page_heap_bytes{screen="${number}"} 1`);
  server = await server.again();
  staff = staffOf(server, staff.cookie);
  await player.disconnected();
  expect(await find()).toMatchObject({ connected: false, condition: 'lost', health: { state: 'playing' } });
});
