import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Player } from './player.ts';
import { machineClock } from './machine-clock.ts';
import { maxTries, steadyMs } from './proving.ts';
import { openBench, openPage, type Bench, type TestPage } from './testing/bench-player.ts';
import { messageItem, sampleManifest } from './testing/samples.ts';
import { startSmallServer, type SmallServer } from './testing/small-server.ts';
import { until } from './testing/until.ts';

/** A picture is steady at once. */
const soon = { ...machineClock, after: (ms: number, run: () => void) => machineClock.after(ms === steadyMs ? 1 : ms, run) };

let bench: Bench;
let server: SmallServer;
let player: Player;
let old: string;
const plays = (hash: string) => until(() => expect(player.health().manifest.playing).toBe(hash));
/** The first manifest plays and is proven. */
beforeEach(async () => {
  bench = await openBench();
  server = await startSmallServer();
  player = await bench.start({ enrol: server.token, clock: soon });
  old = server.publish(sampleManifest([messageItem('old')]));
  await plays(old);
  openPage(player).showNow();
});
afterEach(async () => {
  await bench.clear();
  await server.stop();
});

const publishNew = async (items = ['a', 'b', 'c', 'd']) => {
  const hash = server.publish(
    sampleManifest(
      items.map((id) => messageItem(id)),
      { version: 2 },
    ),
  );
  await plays(hash);
  return hash;
};
/** The pointer on disk says that the current manifest has had a steady picture. */
const proven = (hash: string) =>
  until(() => {
    const pointer = readFileSync(join(bench.folder, 'playing.b.json'), 'utf8');
    expect([pointer.includes(`"manifest":"${hash}"`), pointer.includes('"unproven":null')]).toEqual([true, true]);
  });
const failNow = (page: TestPage) => {
  const turn = page.plan?.turns.find(({ end }) => end > Date.now());
  page.say({ type: 'failed', turn: turn?.id ?? '', item: turn?.item ?? '', reason: 'no picture' });
  return turn?.item ?? '';
};
/** Fails what is planned for now, until something else is planned. */
const failItems = async (page: TestPage, count: number) => {
  for (let failed = 0; failed < count; failed++) {
    const item = failNow(page);
    await until(() => expect(page.plan?.turns.find(({ end }) => end > Date.now())?.item).not.toBe(item));
  }
};

describe('three items in a row', () => {
  test('take a new manifest back: the one before plays, the server is told why, and the new one is not tried again', async () => {
    const page = openPage(player, soon);
    const bad = await publishNew();
    await failItems(page, 3);
    await plays(old);
    const reason = '3 items in a row cannot be shown, the last one: no picture';
    await until(() => expect(server.health.at(-1)?.manifest).toEqual({ playing: old, accepted: 2, reason }));

    // Offered again, over restarts too, it is refused; what plays is the manifest before.
    await player.stop();
    player = await bench.start();
    expect(openPage(player).plan?.manifest).toBe(old);
    await until(() => expect(player.health().manifest).toEqual({ playing: old, accepted: 2, reason }));
    await until(() => expect(server.health.at(-1)?.manifest.playing).toBe(old));
    server.disconnectAll();
    expect(server.asked.filter((path) => path === `/manifests/${bad}`)).toHaveLength(1);

    const next = server.publish(sampleManifest([messageItem('mended')], { version: 3 }));
    await plays(next);
    expect(player.health().manifest).toEqual({ playing: next, accepted: 3 });
  });

  test('are forgotten when one of its items is seen between them', async () => {
    const page = openPage(player, soon);
    const hash = await publishNew();
    await failItems(page, 2);
    page.showNow();
    await failItems(page, 1);
    expect(player.health().manifest.playing).toBe(hash);
  });

  test('are quarantined one by one when the manifest was proven in an earlier run', async () => {
    const hash = await publishNew();
    openPage(player, soon).showNow();
    await proven(hash);
    await player.stop();
    player = await bench.start({ clock: soon });
    await failItems(openPage(player, soon), 3);
    expect(player.health().manifest.playing).toBe(hash);
    expect(player.health().quarantined.length).toBeGreaterThanOrEqual(3);
  });

  test('are all it needs to fail when it has no more than one', async () => {
    const page = openPage(player, soon);
    await publishNew(['only']);
    failNow(page);
    await plays(old);
  });
});

describe('a box that falls', () => {
  /** The player ends before any picture was steady. */
  const fall = async () => {
    await player.stop();
    player = await bench.start();
    openPage(player).showNow();
  };

  test('fault 6: takes a new manifest back after so many starts without a steady picture', async () => {
    const bad = await publishNew();
    await server.stop();
    for (let tries = 1; tries < maxTries; tries++) {
      await fall();
      expect(player.health().manifest.playing).toBe(bad);
    }
    await fall();
    expect(player.health().manifest).toEqual({ playing: old, accepted: 2, reason: `no steady picture in ${maxTries} tries` });
    await server.start();
    await until(() => expect(server.health.at(-1)?.manifest.playing).toBe(old));
  });

  test('keeps a manifest that has had a steady picture, however often it falls later', async () => {
    const hash = await publishNew();
    openPage(player, soon).showNow();
    await proven(hash);
    for (let starts = 0; starts < maxTries + 2; starts++) await fall();
    expect(player.health().manifest.playing).toBe(hash);
  });

  test('takes a new manifest back that brings the page down again and again', async () => {
    await publishNew();
    for (let falls = 0; falls < maxTries; falls++) openPage(player).detach();
    await plays(old);
  });

  test('plays the factory playlist when there is no manifest before', async () => {
    await bench.clear();
    bench = await openBench();
    await server.stop();
    server = await startSmallServer();
    player = await bench.start({ enrol: server.token });
    const hash = server.publish(sampleManifest([messageItem('first')]));
    await plays(hash);
    for (let falls = 0; falls < maxTries; falls++) openPage(player).detach();
    await plays('factory');
  });
});
