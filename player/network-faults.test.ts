// The line to the server is broken or lies: the screen plays on, and takes up its server again by itself when the line is well.
import { createServer as createHttp, type IncomingMessage } from 'node:http';
import { createServer as createTls } from 'node:https';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { enrolmentPrefix } from '../core/protocol.ts';
import { sha256 } from './ed25519.ts';
import { openBench, openPage, rememberingLog, type Bench } from './testing/bench-player.ts';
import { fastClock } from './testing/fast-clock.ts';
import { messageItem, pictureItem, sampleManifest } from './testing/samples.ts';
import { selfSignedCertificate, selfSignedKey } from './testing/self-signed.ts';
import { startSmallServer, type SmallServer } from './testing/small-server.ts';

const until = <T>(check: () => T) => vi.waitFor(check, { timeout: 25_000, interval: 20 });
const clock = fastClock(20);

let bench: Bench;
let server: SmallServer;
const ends: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  bench = await openBench();
  server = await startSmallServer({ now: clock.now });
});
afterEach(async () => {
  await bench.clear();
  await server.stop();
  for (const end of ends.splice(0)) await end();
});

/** Listens where the player's server should be; what stands behind can be changed. */
async function startFront(): Promise<{ port: number; answer(serve: (socket: Socket) => void): void }> {
  const sockets = new Set<Socket>();
  let serve: (socket: Socket) => void = (socket) => socket.destroy();
  const front: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    serve(socket);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  ends.push(async () => {
    sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => front.close(resolve));
  });
  return {
    port: (front.address() as AddressInfo).port,
    answer(next) {
      serve = next;
      sockets.forEach((socket) => socket.destroy());
    },
  };
}

const through = (to: string) => (socket: Socket) => {
  const far = connect(Number(new URL(to).port), '127.0.0.1');
  socket.pipe(far).pipe(socket);
  far.on('error', () => socket.destroy());
  socket.on('close', () => far.destroy());
};

/** What a broken server does with a connection. */
const upgradedBy = (upgrade: (incoming: IncomingMessage, socket: Duplex, head: Buffer) => void) => {
  const server = createHttp((_, response) => response.writeHead(500).end('Internal Server Error')).on('upgrade', upgrade);
  return (socket: Socket) => void server.emit('connection', socket);
};
const frames = new WebSocketServer({ noServer: true });
const withFrames = (speak: (send: (text: string | Buffer) => void) => void) =>
  upgradedBy((incoming, socket, head) => {
    frames.handleUpgrade(incoming, socket, head, (web) => {
      web.on('error', () => undefined);
      speak((text) => web.send(text));
    });
  });
const secure = createTls({ key: selfSignedKey, cert: selfSignedCertificate }, (_, response) => response.end());
const hello = '0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}';

const broken: [string, (socket: Socket) => void][] = [
  ['answers 500', upgradedBy((_, socket) => socket.end('HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n'))],
  ['answers 200 with the page of a captive portal', upgradedBy((_, socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n<html></html>'))],
  ['sends elsewhere', upgradedBy((_, socket) => socket.end('HTTP/1.1 302 Found\r\nlocation: http://portal.invalid/\r\n\r\n'))],
  ['answers garbage', (socket) => socket.end(Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 7) % 256)))],
  ['takes the connection and says nothing', () => undefined],
  ['closes at once', (socket) => socket.destroy()],
  ['speaks TLS where none is expected', (socket) => void secure.emit('connection', socket)],
  ['says hello and then garbage', withFrames((send) => [hello, 'garbage', '42/player,["welcome"', '\0\0'].forEach((text) => send(text)))],
  ['says hello and never more', withFrames((send) => send(hello))],
  ['welcomes nobody after the handshake', withFrames((send) => [hello, '40/player,{"sid":"b"}'].forEach((text) => send(text)))],
  ['says more than a message may hold', withFrames((send) => [hello, `42/player,["welcome","${'x'.repeat(70_000)}"]`].forEach((text) => send(text)))],
  [
    'says what was never asked',
    withFrames((send) =>
      [hello, '40/player,{"sid":"b"}', '42/player,["state",{"root":1}]', '42/player,["welcome",{"screen":"../.."}]'].forEach((text) => send(text)),
    ),
  ],
];

describe.each(broken)('fault 35: a server that %s', (_, serve) => {
  test('is left, the campaign plays on, and the server is taken up when it is well', { timeout: 60_000 }, async () => {
    const front = await startFront();
    const address = `http://127.0.0.1:${front.port}`;
    front.answer(through(server.url));
    const token = JSON.parse(Buffer.from(server.token.slice(enrolmentPrefix.length), 'base64url').toString('utf8')) as object;
    const enrol = enrolmentPrefix + Buffer.from(JSON.stringify({ ...token, server: address })).toString('base64url');
    const log = rememberingLog();
    const player = await bench.start({ enrol, clock, log });
    const page = openPage(player, clock);
    const first = server.publish(sampleManifest([messageItem('a')]));
    await until(() => expect(page.plan?.manifest).toBe(first));

    const from = log.lines.length;
    front.answer(serve);
    const lost = () => log.lines.slice(from).filter(({ text }) => text === 'the server is out of reach').length;
    await until(() => expect(lost()).toBeGreaterThanOrEqual(2));
    expect(page.showNow().item).toBe('a');

    front.answer(through(server.url));
    const second = server.publish(sampleManifest([messageItem('b')], { version: 2 }));
    await until(() => expect(page.plan?.manifest).toBe(second));
  });
});

test('fault 41: a certificate that nobody vouches for is refused, and the screen plays on', { timeout: 60_000 }, async () => {
  const front = await startFront();
  front.answer((socket) => void secure.emit('connection', socket));
  const log = rememberingLog();
  const page = openPage(await bench.start({ server: `https://127.0.0.1:${front.port}`, clock, log }), clock);
  await until(() => expect(log.lines.filter(({ text }) => text === 'the server is out of reach').length).toBeGreaterThanOrEqual(2));
  expect([page.plan?.manifest, page.pairing]).toEqual(['factory', null]);
});

test('fault 38: a name that leads to another server brings nothing of it onto the screen', { timeout: 60_000 }, async () => {
  const front = await startFront();
  front.answer(through(server.url));
  const token = JSON.parse(Buffer.from(server.token.slice(enrolmentPrefix.length), 'base64url').toString('utf8')) as object;
  const enrol = enrolmentPrefix + Buffer.from(JSON.stringify({ ...token, server: `http://127.0.0.1:${front.port}` })).toString('base64url');
  const player = await bench.start({ enrol, clock });
  const page = openPage(player, clock);
  const own = server.publish(sampleManifest([messageItem('a')]));
  await until(() => expect(page.plan?.manifest).toBe(own));
  const stranger = await startSmallServer({ now: clock.now });
  ends.push(() => stranger.stop());
  stranger.publish(sampleManifest([messageItem('forged')], { version: 9 }));
  front.answer(through(stranger.url));
  await until(() => expect(page.pairing).toBeNull());
  stranger.bindWaiting();
  await until(() => {
    stranger.bindWaiting();
    expect(player.health().warnings?.map(({ code }) => code)).toContain('root-refused');
  });
  expect([page.plan?.manifest, page.pairing]).toEqual([own, null]);
});

const hasIpv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ family, internal }) => family === 'IPv6' && internal));

test.skipIf(!hasIpv6)(`fault 42: a server that has an IPv6 address only${hasIpv6 ? '' : ' (no IPv6 loopback)'}`, async () => {
  const six = await startSmallServer({ host: '::1', now: clock.now });
  ends.push(() => six.stop());
  const page = openPage(await bench.start({ enrol: six.token, clock }), clock);
  const file = Buffer.from('a picture');
  const files = [{ sha256: sha256(file), bytes: file.length, type: 'image/png' }];
  const hash = six.publish(sampleManifest([pictureItem('a', sha256(file))], { files }), [file]);
  await until(() => expect(page.plan?.manifest).toBe(hash));
});
