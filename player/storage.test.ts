// Media of a real player over time: bit rot, parts of two manifests and many manifests in a row.
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256 } from './ed25519.ts';
import { openBench, openPage, type Bench } from './testing/bench-player.ts';
import { messageItem, pictureItem, sampleManifest } from './testing/samples.ts';
import { startSmallServer, type SmallServer } from './testing/small-server.ts';
import { until } from './testing/until.ts';

const picture = (name: string) => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><title>${name}</title></svg>`);
const named = (bytes: Buffer) => ({ sha256: sha256(bytes), bytes: bytes.length, type: 'image/svg+xml' });

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

const publishPicture = (version: number) => {
  const bytes = picture(`picture ${version}`);
  const items = [pictureItem('picture', sha256(bytes)), messageItem('words')];
  return { bytes, hash: server.publish(sampleManifest(items, { version, files: [named(bytes)] }), [bytes]) };
};

test('fault 13: a bit that turns on the disk is found in the background, told, and mended from the server', async () => {
  const player = await bench.start({ enrol: server.token, patrol: { restMs: 20 } });
  const { bytes, hash } = publishPicture(1);
  await until(() => expect(player.health().manifest.playing).toBe(hash));
  const path = join(bench.folder, 'files', sha256(bytes));
  const page = openPage(player);
  expect(page.plan?.turns.some(({ item }) => item === 'picture')).toBe(true);
  const spoilt = Buffer.from(bytes);
  spoilt[20] = (spoilt[20] ?? 0) ^ 1;
  await writeFile(path, spoilt);
  await until(() => expect(player.health().warnings).toMatchObject([{ code: 'file-damaged', detail: `file ${sha256(bytes).slice(0, 12)}` }]));
  await until(async () => expect(await readFile(path)).toEqual(bytes));
  await until(() => expect(player.mediaFile(sha256(bytes))?.path).toBe(path));
});

test('fault 13: a file that is found damaged while its manifest is still being settled is fetched as well', async () => {
  // So many files of older manifests that looking through them takes a while, after the new manifest already plays.
  const files = join(bench.folder, 'files');
  mkdirSync(files, { recursive: true });
  for (let old = 0; old < 16_000; old += 1) writeFileSync(join(files, sha256(Buffer.from(`old ${old}`))), '');
  const player = await bench.start({ enrol: server.token, patrol: { restMs: 1 } });
  const { bytes, hash } = publishPicture(1);
  await until(() => expect(player.health().manifest.playing).toBe(hash));
  const path = join(files, sha256(bytes));
  writeFileSync(path, Buffer.alloc(bytes.length));
  await until(() => expect(player.health().warnings).toMatchObject([{ code: 'file-damaged' }]));
  await until(async () => expect(await readFile(path)).toEqual(bytes));
});

test('fault 13: without a server the damaged item is not shown, the others are', async () => {
  const player = await bench.start({ enrol: server.token, patrol: { restMs: 20 } });
  const { bytes, hash } = publishPicture(1);
  await until(() => expect(player.health().manifest.playing).toBe(hash));
  await server.stop();
  await writeFile(join(bench.folder, 'files', sha256(bytes)), Buffer.alloc(bytes.length));
  const page = openPage(player);
  await until(() => expect(page.plan?.turns.every(({ item }) => item === 'words')).toBe(true));
  expect(player.mediaFile(sha256(bytes))).toBeUndefined();
  expect(player.health().manifest.playing).toBe(hash);
});

test('fault 87: parts of two manifests are not taken for one', async () => {
  const player = await bench.start({ enrol: server.token });
  const { hash } = publishPicture(1);
  await until(() => expect(player.health().manifest.playing).toBe(hash));
  const one = server.content.sign('manifest', sampleManifest([messageItem('one')], { version: 2 }));
  const other = server.content.sign('manifest', sampleManifest([messageItem('other')], { version: 2 }));
  server.offer({ payload: one.payload, signatures: other.signatures });
  await until(() => expect(player.health().manifest.reason).toBeDefined());
  // A file of one under the name of the other.
  const [mine, theirs] = [picture('mine'), picture('theirs')];
  const mixed = server.publish(sampleManifest([pictureItem('mine', sha256(mine))], { version: 3, files: [named(mine)] }), [mine]);
  server.spoil.set(`/media/${sha256(mine)}`, () => theirs);
  await until(() => expect(player.health().manifest.reason).toMatch(/bytes in place of|not what its hash says|broke off/));
  expect(player.health().manifest.playing).toBe(hash);
  expect(player.health().manifest.playing).not.toBe(mixed);
});

test('fault 25: an empty playlist shows the slate, never nothing', async () => {
  const player = await bench.start({ enrol: server.token });
  const hash = server.publish(sampleManifest([]));
  await until(() => expect(player.health().manifest.playing).toBe(hash));
  const turns = openPage(player).plan?.turns ?? [];
  expect(turns.length).toBeGreaterThan(0);
  expect(turns.every(({ item }) => item.startsWith('factory:'))).toBe(true);
});

test('fault 24: a name is only a label, whatever it says', async () => {
  const player = await bench.start({ enrol: server.token });
  const bytes = picture('named');
  const odd = ['../../../etc/passwd', 'nul\u0000byte', 'ế'.repeat(90)];
  const items = odd.map((name, index) => ({ ...pictureItem(`item-${index}`, sha256(bytes)), name }));
  const hash = server.publish(sampleManifest(items, { files: [named(bytes)] }), [bytes]);
  await until(() => expect(player.health().manifest.playing).toBe(hash));
  expect(await readdir(join(bench.folder, 'files'))).toEqual([sha256(bytes)]);
});

const manifests = process.env['TEST_FULL'] === '1' ? 10_000 : 200;

test(
  `${manifests} manifests in a row leave no file, no handle and no memory behind`,
  async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const handles = () => readdirSync('/proc/self/fd').length;
    const player = await bench.start({ enrol: server.token, budgetBytes: 2_000 });
    await until(() => expect(player.health().disk?.budgetBytes).toBe(2_000));
    const take = async (version: number) => {
      const { hash } = publishPicture(version);
      await until(() => expect(player.health().manifest.playing).toBe(hash), 60_000);
    };
    const warm = Math.min(100, manifests / 2);
    for (let version = 1; version <= warm; version++) await take(version);
    collect();
    const [handlesBefore, heapBefore] = [handles(), process.memoryUsage().heapUsed];
    for (let version = warm + 1; version <= manifests; version++) await take(version);
    await player.stop();
    const sizes = (await readdir(join(bench.folder, 'files'))).map((name) => statSync(join(bench.folder, 'files', name)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(2_000);
    expect((await readdir(join(bench.folder, 'documents'))).length).toBeLessThanOrEqual(4);
    expect((await readdir(bench.folder)).filter((name) => name.startsWith('playing'))).toEqual(['playing.a.json', 'playing.b.json']);
    expect(handles()).toBeLessThanOrEqual(handlesBefore + 2);
    collect();
    // The small server keeps every document and picture that it ever published, about 3 kB each.
    const kept = (manifests - warm) * 8_000;
    expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(4 * 2 ** 20 + kept);
    const last = await bench.start();
    expect(last.health().manifest.accepted).toBe(manifests);
    expect(openPage(last).plan?.manifest).toBe(last.health().manifest.playing);
  },
  manifests * 2_000,
);
