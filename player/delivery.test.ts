// What a player fetches and when: a campaign is spread over time, what is urgent is not; only what is missing comes over the line; what plays or may play again stays.
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256 } from './ed25519.ts';
import { openBench, openPage, type Bench } from './testing/bench-player.ts';
import { fakeClock } from './testing/fake-clock.ts';
import { messageItem, pictureItem, sampleManifest, sampleSnapshot, scoreboardItem } from './testing/samples.ts';
import { startSmallServer, type SmallServer } from './testing/small-server.ts';
import { until } from './testing/until.ts';

let bench: Bench;
let server: SmallServer;
beforeEach(async () => {
  bench = await openBench();
  server = await startSmallServer();
});
afterEach(async () => {
  await bench.clear();
  await server.stop();
});

const drawing = (name: string, bytes = 200) => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><title>${name}</title></svg>`.padEnd(bytes, ' '));
const publish = (version: number, pictures: readonly Buffer[]) =>
  server.publish(
    sampleManifest([...pictures.map((bytes, index) => pictureItem(`picture-${index}`, sha256(bytes))), messageItem('words')], {
      version,
      files: pictures.map((bytes) => ({ sha256: sha256(bytes), bytes: bytes.length, type: 'image/svg+xml' })),
    }),
    pictures,
  );
const timesAsked = (bytes: Buffer) => server.asked.filter((path) => path === `/media/${sha256(bytes)}`).length;

test('waits some part of the time that its server spreads a campaign over, but not with orders and figures', async () => {
  const clock = fakeClock(Date.now());
  const player = await bench.start({ enrol: server.token, clock });
  const page = openPage(player, clock);
  const first = server.publish(sampleManifest([scoreboardItem('board'), messageItem('words')]));
  await until(() => expect(player.health().manifest.playing).toBe(first));
  server.jitterMs = 3_600_000;
  const hash = publish(2, [drawing('one')]);
  server.order({ number: 1, issuedAt: clock.now(), kind: 'stop', target: {} });
  server.pushSnapshot(sampleSnapshot(1, { asOf: clock.now() }));
  await until(() => expect([page.cover?.state, page.board?.snapshot.number]).toEqual(['stopped', 1]));
  expect(server.asked).not.toContain(`/manifests/${hash}`);
  server.jitterMs = 10_000;
  const next = publish(3, [drawing('one')]);
  await until(() => {
    clock.pass(1_000);
    expect(player.health().manifest.playing).toBe(next);
  });
});

test('fetches of a new campaign only the files that it does not have', async () => {
  const player = await bench.start({ enrol: server.token });
  const [gone, kept, added] = ['gone', 'kept', 'added'].map((name) => drawing(name)) as [Buffer, Buffer, Buffer];
  const first = publish(1, [gone, kept]);
  await until(() => expect(player.health().manifest.playing).toBe(first));
  const second = publish(2, [kept, added]);
  await until(() => expect(player.health().manifest.playing).toBe(second));
  expect([gone, kept, added].map(timesAsked)).toEqual([1, 1, 1]);
});

test('keeps the files of the campaign before, however small its budget, and those of older ones only while there is room', async () => {
  const size = 60_000;
  const player = await bench.start({ enrol: server.token, budgetBytes: size + 1_000 });
  const pictures = ['one', 'two', 'three', 'four'].map((name) => drawing(name, size));
  for (const [index, bytes] of pictures.entries()) {
    const hash = publish(index + 1, [bytes]);
    await until(() => expect(player.health().manifest.playing).toBe(hash));
  }
  await until(() => expect(pictures.map((bytes) => existsSync(join(bench.folder, 'files', sha256(bytes))))).toEqual([false, false, true, true]));
});

test('tells how it is every 30 s, though nothing changes', async () => {
  const clock = fakeClock(Date.now());
  const player = await bench.start({ enrol: server.token, clock });
  openPage(player, clock);
  await until(() => expect(server.health.length).toBeGreaterThan(0));
  for (let turn = 0; turn < 3; turn += 1) {
    // Whatever was under way is told of first.
    clock.pass(5_000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const told = server.health.length;
    clock.pass(30_000);
    await until(() => expect(server.health.length).toBeGreaterThan(told));
  }
});
