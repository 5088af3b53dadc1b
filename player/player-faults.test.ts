// The player's folder, clock and disk broken for real; what then is on screen.
import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { machineClock, type MachineClock } from './machine-clock.ts';
import { openBench, openPage, type Bench } from './testing/bench-player.ts';
import { messageItem, sampleManifest } from './testing/samples.ts';
import { startSmallServer, type SmallServer } from './testing/small-server.ts';
import { until } from './testing/until.ts';

let bench: Bench;
let server: SmallServer;
let older: string;
let newer: string;

/** A player that has played two manifests, stopped; the server is gone. */
beforeEach(async () => {
  bench = await openBench();
  server = await startSmallServer();
  const player = await bench.start({ enrol: server.token });
  older = server.publish(sampleManifest([messageItem('old')]));
  await until(() => expect(player.health().manifest.playing).toBe(older));
  newer = server.publish(sampleManifest([messageItem('new')], { version: 2 }));
  await until(() => expect(player.health().manifest.playing).toBe(newer));
  await until(() => expect(player.health().clock.trusted).toBe(true));
  await player.stop();
  await server.stop();
});
afterEach(() => bench.clear());

const at = (...names: string[]) => join(bench.folder, ...names);
const playing = async (clock?: MachineClock) => openPage(await bench.start({ clock }), clock).plan?.manifest;
const tear = async (name: string) => truncate(at(name), Math.floor((await readFile(at(name))).length / 2));
const flip = async (path: string) => {
  const bytes = await readFile(path);
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  await writeFile(path, bytes);
};

describe('a torn or damaged folder', () => {
  test('plays the current manifest when one copy of the pointer is torn', async () => {
    await tear('playing.a.json');
    expect(await playing()).toBe(newer);
  });

  test('finds the newest manifest by itself when both copies of the pointer are lost', async () => {
    await tear('playing.a.json');
    await writeFile(at('playing.b.json'), 'nonsense');
    expect(await playing()).toBe(newer);
  });

  test('still has what it found when the server has given it a new assignment since', async () => {
    for (const copy of ['playing.a.json', 'playing.b.json']) await rm(at(copy));
    const player = await bench.start();
    await server.start();
    server.spoil.set(`/manifests/${newer}`, () => Buffer.from('gone'));
    server.assign({ name: 'Tên mới' });
    await until(() => expect(openPage(player).plan?.screen.name).toBe('Tên mới'));
    await player.stop();
    await server.stop();
    expect(await playing()).toBe(newer);
  });

  test('plays the previous manifest, and says why, when the current one is damaged', async () => {
    await flip(at('documents', `${newer}.json`));
    const player = await bench.start();
    expect(openPage(player).plan?.manifest).toBe(older);
    expect(player.health().manifest).toEqual({ playing: older, accepted: 2, reason: 'the current manifest on disk is damaged' });
  });

  test('plays the factory playlist when both manifests are damaged, and the current one again when the server is back', async () => {
    for (const hash of [older, newer]) await flip(at('documents', `${hash}.json`));
    const player = await bench.start();
    const page = openPage(player);
    expect(page.plan?.manifest).toBe('factory');
    await server.start();
    await until(() => expect(page.plan?.manifest).toBe(newer));
    expect(player.health().manifest.reason).toBeUndefined();
  });

  test('keeps its key when one copy is torn, and is known to the server', async () => {
    await tear('identity.b.json');
    await server.start();
    const page = openPage(await bench.start());
    await until(() => expect(server.health.at(-1)?.manifest.playing).toBe(newer));
    expect(page.pairing).toBeNull();
  });

  test('shows a code to pair with when the key is lost, and plays on', async () => {
    for (const copy of ['identity.a.json', 'identity.b.json']) await rm(at(copy));
    await server.start();
    const page = openPage(await bench.start({ server: server.url }));
    await until(() => expect(page.pairing?.code).toBe('K7M2QX'));
    expect(page.plan?.turns.length).toBeGreaterThan(0);
  });

  test('refuses an older manifest also when only the pointer knew it', async () => {
    for (const name of await readdir(bench.folder)) if (name.startsWith('playing')) await rm(at(name));
    await server.start();
    server.publish(sampleManifest([messageItem('replayed')], { version: 1 }));
    const player = await bench.start();
    await until(() => expect(player.health().manifest.reason).toMatch(/older than 2/));
    expect(player.health().manifest.playing).toBe(newer);
  });

  test('plays something when nothing can be written or read where its data should be', async () => {
    await writeFile(at('in-the-way'), '');
    const page = openPage(await bench.start({ dataDir: at('in-the-way', 'data') }));
    expect(page.plan?.manifest).toBe('factory');
    page.showNow();
  });

  test('plays on when every file of its folder is nonsense', async () => {
    await mkdir(at('journal', 'nonsense'), { recursive: true });
    for (const name of await readdir(bench.folder)) if (name.endsWith('.json')) await writeFile(at(name), '\0\0\0');
    expect(await playing()).toBe('factory');
  });
});

describe('a wrong clock', () => {
  const wrong = (now: number): MachineClock => {
    const shift = now - Date.now();
    return { ...machineClock, now: () => Date.now() + shift };
  };

  test('plays the current manifest from 1970, at the time it last trusted', async () => {
    const clock = wrong(0);
    const player = await bench.start({ clock });
    const page = openPage(player, clock);
    expect(page.plan?.manifest).toBe(newer);
    page.showNow();
    expect(player.health().at).toBeGreaterThan(Date.now() - 60_000);
    expect(player.health().clock.trusted).toBe(false);
  });

  test('plays the factory playlist in 2038, and the manifest again when the server says what time it is', async () => {
    const clock = wrong(Date.UTC(2038, 0, 20));
    const player = await bench.start({ clock });
    const page = openPage(player, clock);
    expect(page.plan?.manifest).toBe('factory');
    await server.start();
    await until(() => expect(page.plan?.manifest).toBe(newer));
    expect(page.showNow().item).toBe('new');
    expect(Math.abs(player.health().at - Date.now())).toBeLessThan(2_000);
  });

  test('shows nothing with dates while the clock is not trusted', async () => {
    await server.start();
    const player = await bench.start();
    const today = { startDate: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10) };
    const hash = server.publish(sampleManifest([messageItem('dated', { windows: [today] }), messageItem('always')], { version: 3 }));
    await until(() => expect(player.health().manifest.playing).toBe(hash));
    await player.stop();
    await server.stop();
    const clock = wrong(Date.UTC(1970, 0, 2));
    const page = openPage(await bench.start({ clock }), clock);
    expect(page.plan?.turns.every(({ item }) => item === 'always')).toBe(true);
    expect(page.plan?.turns.some(({ planned }) => planned?.reason === 'the clock is not trusted')).toBe(true);
  });

  test('plans anew at once when the clock jumps', async () => {
    let shift = 0;
    const clock: MachineClock = { ...machineClock, now: () => Date.now() + shift };
    const page = openPage(await bench.start({ clock }), clock);
    shift = 5 * 3_600_000;
    await until(() => expect(page.showNow()).toBeDefined());
  });

  test('gives way to the factory playlist after thirty days without the server', async () => {
    expect(await playing(wrong(Date.now() + 29 * 86_400_000))).toBe(newer);
    expect(await playing(wrong(Date.now() + 31 * 86_400_000))).toBe('factory');
  });
});
