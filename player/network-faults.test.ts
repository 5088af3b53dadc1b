// The line to the server is broken or lies: the screen plays on, and takes up its server again by itself when the line is well.
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from './ed25519.ts';
import { openBench, openPage, rememberingLog, type Bench } from './testing/bench-player.ts';
import { broken, startFront, through, unvouched, type Front } from './testing/broken-line.ts';
import { fastClock } from './testing/fast-clock.ts';
import { messageItem, pictureItem, sampleManifest } from './testing/samples.ts';
import { startSmallServer, type SmallServer } from './testing/small-server.ts';
import { until } from './testing/until.ts';

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

/** Ends with the test. */
async function front(): Promise<Front> {
  const started = await startFront();
  ends.push(() => started.stop());
  return started;
}

describe.each(Object.entries(broken))('fault 35: a server that %s', (_, serve) => {
  test('is left, the campaign plays on, and the server is taken up when it is well', { timeout: 60_000 }, async () => {
    const line = await front();
    line.answer(through(server.url));
    const log = rememberingLog();
    const player = await bench.start({ enrol: server.tokenAt(`http://127.0.0.1:${line.port}`), clock, log });
    const page = openPage(player, clock);
    const first = server.publish(sampleManifest([messageItem('a')]));
    await until(() => expect(page.plan?.manifest).toBe(first));

    const from = log.lines.length;
    line.answer(serve);
    const lost = () => log.lines.slice(from).filter(({ text }) => text === 'the server is out of reach').length;
    await until(() => expect(lost()).toBeGreaterThanOrEqual(2));
    expect(page.showNow().item).toBe('a');

    line.answer(through(server.url));
    const second = server.publish(sampleManifest([messageItem('b')], { version: 2 }));
    await until(() => expect(page.plan?.manifest).toBe(second));
  });
});

test('fault 41: a certificate that nobody vouches for is refused, and the screen plays on', { timeout: 60_000 }, async () => {
  const line = await front();
  line.answer(unvouched);
  const log = rememberingLog();
  const page = openPage(await bench.start({ server: `https://127.0.0.1:${line.port}`, clock, log }), clock);
  await until(() => expect(log.lines.filter(({ text }) => text === 'the server is out of reach').length).toBeGreaterThanOrEqual(2));
  expect([page.plan?.manifest, page.pairing]).toEqual(['factory', null]);
});

test('fault 38: a name that leads to another server brings nothing of it onto the screen', { timeout: 60_000 }, async () => {
  const line = await front();
  line.answer(through(server.url));
  const player = await bench.start({ enrol: server.tokenAt(`http://127.0.0.1:${line.port}`), clock });
  const page = openPage(player, clock);
  const own = server.publish(sampleManifest([messageItem('a')]));
  await until(() => expect(page.plan?.manifest).toBe(own));
  const stranger = await startSmallServer({ now: clock.now });
  ends.push(() => stranger.stop());
  stranger.publish(sampleManifest([messageItem('forged')], { version: 9 }));
  line.answer(through(stranger.url));
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
