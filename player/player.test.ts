import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { minPlanMs, planSchema } from '../core/plan.ts';
import { healthReportSchema } from '../core/health.ts';
import { sha256 } from './ed25519.ts';
import { openBench, openPage, rememberingLog, type Bench } from './testing/bench-player.ts';
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

describe('without a server', () => {
  test('plays the factory playlist within a second of its first start', async () => {
    const begun = performance.now();
    const page = openPage(await bench.start());
    expect(performance.now() - begun).toBeLessThan(1_000 * 5);
    const plan = planSchema.parse(page.plan);
    expect(plan.manifest).toBe('factory');
    expect((plan.turns.at(-1)?.end ?? 0) - Date.now()).toBeGreaterThan(minPlanMs);
    expect(plan.turns.some(({ item }) => plan.items[item]?.scene === 'install' && plan.items[item].code !== undefined)).toBe(true);
  });

  test('draws the card in code when the shipped playlists are gone', async () => {
    const page = openPage(await bench.start({ playlistsDir: join(bench.folder, 'none') }));
    expect(Object.values(page.plan?.items ?? {}).map(({ scene }) => scene)).toEqual(['message']);
  });

  test('keeps asking a server that is not there and plays on', async () => {
    await server.stop();
    const page = openPage(await bench.start({ enrol: server.token }));
    page.showNow();
    await server.start();
    server.publish(sampleManifest([messageItem('a')]));
    await until(() => expect(page.plan?.manifest).not.toBe('factory'));
  });

  test('says what is wrong with an enrolment token and plays on', async () => {
    const log = rememberingLog();
    const page = openPage(await bench.start({ enrol: 'ihanoi1.nonsense', log }));
    expect(page.plan?.manifest).toBe('factory');
    expect(log.lines.map(({ text }) => text)).toContain('the enrolment token cannot be used');
  });
});

describe('enrolled', () => {
  test('takes assignment, manifest and files, and plays them', async () => {
    const picture = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
    const files = [{ sha256: sha256(picture), bytes: picture.length, type: 'image/svg+xml' }];
    const hash = server.publish(sampleManifest([messageItem('a'), pictureItem('b', sha256(picture))], { files }), [picture]);
    const player = await bench.start({ enrol: server.token });
    const page = openPage(player);
    await until(() => expect(page.plan?.manifest).toBe(hash));
    expect(page.plan?.screen).toEqual({ name: 'Màn hình tiếp dân', number: 7, trial: true });
    expect(page.plan?.turns.every(({ planned }) => planned === undefined)).toBe(true);
    expect(page.plan?.media).toEqual({ [sha256(picture)]: `media/${sha256(picture)}` });
    expect(await readFile(player.mediaFile(sha256(picture))?.path ?? '')).toEqual(picture);
    expect(player.health().clock.trusted).toBe(true);
  });

  test('plays on after a restart without any server', async () => {
    const hash = server.publish(sampleManifest([messageItem('a')]));
    const first = await bench.start({ enrol: server.token });
    await until(() => expect(first.health().manifest.playing).toBe(hash));
    await first.stop();
    await server.stop();
    const page = openPage(await bench.start());
    expect(page.plan?.manifest).toBe(hash);
    await server.start();
  });

  test('shows a code and four words, and what it is paired with', async () => {
    const hash = server.publish(sampleManifest([messageItem('a')]));
    const page = openPage(await bench.start({ server: server.url }));
    await until(() => expect(page.pairing?.code).toBe('K7M2QX'));
    expect(page.pairing?.words).toHaveLength(4);
    expect(page.plan?.manifest).toBe('factory');
    server.bindWaiting();
    await until(() => expect(page.plan?.manifest).toBe(hash));
    expect(page.pairing).toBeNull();
  });

  test('takes nothing from another server at the same address', async () => {
    const other = await startSmallServer();
    other.publish(sampleManifest([messageItem('a')]));
    const log = rememberingLog();
    const page = openPage(await bench.start({ enrol: server.tokenAt(other.url), log }));
    await until(() => expect(log.lines.map(({ text }) => text)).toContain('this server is not the one that the enrolment token names'));
    expect([page.plan?.manifest, page.pairing]).toEqual(['factory', null]);
    await other.stop();
  });

  test('forgets the former server when it is enrolled with another one, and keeps its key', async () => {
    server.publish(sampleManifest([messageItem('a')], { version: 9 }));
    const first = await bench.start({ enrol: server.token });
    await until(() => expect(first.health().manifest.accepted).toBe(9));
    await first.stop();
    const other = await startSmallServer();
    const hash = other.publish(sampleManifest([messageItem('b')]));
    const player = await bench.start({ enrol: other.token });
    await until(() => expect(player.health().manifest).toEqual({ playing: hash, accepted: 1 }));
    await player.stop();
    await other.stop();
  });

  test('says on screen that it is revoked, and comes back', async () => {
    server.publish(sampleManifest([messageItem('a')]));
    const player = await bench.start({ enrol: server.token });
    const page = openPage(player);
    await until(() => expect(page.plan?.manifest).not.toBe('factory'));
    server.assign({ state: 'revoked' });
    await until(() => expect(page.isRevoked).toBe(true));
    expect(player.health().state).toBe('revoked');
    server.assign({ state: 'active' });
    await until(() => expect(page.isRevoked).toBe(false));
  });

  test('tells the shell about a new profile', async () => {
    const player = await bench.start({ enrol: server.token });
    const widths: number[] = [];
    player.onProfile(({ viewport }) => widths.push(viewport.width));
    const { profile } = player;
    await until(() => expect(server.health.length).toBeGreaterThan(0));
    server.assign({ profile: { ...profile, viewport: { ...profile.viewport, width: 960, height: 576 } } });
    await until(() => expect(widths).toEqual([960]));
  });
});

describe('refuses, reports, and plays the last good one', () => {
  const started = async (items = [messageItem('a')]) => {
    const good = server.publish(sampleManifest(items, { version: 5 }));
    const player = await bench.start({ enrol: server.token });
    await until(() => expect(player.health().manifest.playing).toBe(good));
    return { player, good };
  };

  test('a manifest with one byte changed on its way, and takes it when it comes whole', async () => {
    const { player, good } = await started();
    const next = sampleManifest([messageItem('b')], { version: 6 });
    const hash = sha256(server.content.sign('manifest', next).payload);
    server.spoil.set(`/manifests/${hash}`, (bytes) => Buffer.from(bytes.toString('utf8').replace('Mục b', 'Mục c')));
    server.publish(next);
    await until(() => expect(player.health().manifest.reason).toMatch(/hash does not hold/));
    expect(player.health().manifest.playing).toBe(good);
    server.spoil.clear();
    await until(() => expect(player.health().manifest).toEqual({ playing: hash, accepted: 6 }));
  });

  test('a manifest with one byte changed under a matching hash', async () => {
    const { player, good } = await started();
    const { payload, signatures } = server.content.sign('manifest', sampleManifest([messageItem('b')], { version: 6 }));
    server.offer({ payload: payload.replace('Mục b', 'Mục c'), signatures });
    await until(() => expect(player.health().manifest.reason).toMatch(/bad-signature/));
    expect(player.health().manifest).toMatchObject({ playing: good, accepted: 5 });
    // The same offer again is known: nothing is fetched for it.
    const [offered] = server.asked.filter((path) => path.startsWith('/manifests/')).slice(-1);
    server.disconnectAll();
    await until(() => expect(server.health.at(-1)?.manifest.reason).toMatch(/bad-signature/));
    server.assign({ name: 'Tên mới' });
    await until(() => expect(openPage(player).plan?.screen.name).toBe('Tên mới'));
    expect(server.asked.filter((path) => path === offered)).toHaveLength(1);
  });

  test('an older manifest', async () => {
    const { player, good } = await started();
    server.publish(sampleManifest([messageItem('old')], { version: 4 }));
    await until(() => expect(player.health().manifest.reason).toMatch(/version 4 is older than 5/));
    expect(player.health().manifest.playing).toBe(good);
  });

  test('the manifest of another channel', async () => {
    const { player, good } = await started();
    server.publish(sampleManifest([messageItem('b')], { version: 9, channel: 'street' }));
    await until(() => expect(player.health().manifest.reason).toMatch(/channel street/));
    expect(player.health().manifest).toMatchObject({ playing: good, accepted: 5 });
  });

  test('a file that is not what its hash says, and shows nothing of that manifest before all is there', async () => {
    const { player, good } = await started();
    const picture = Buffer.from('picture');
    const hash = sha256(picture);
    server.spoil.set(`/media/${hash}`, () => Buffer.from('pictura'));
    const next = server.publish(sampleManifest([pictureItem('b', hash)], { version: 6, files: [{ sha256: hash, bytes: 7, type: 'image/png' }] }), [picture]);
    await until(() => expect(player.health().manifest.reason).toMatch(/not what its hash says/));
    expect(player.health().manifest).toMatchObject({ playing: good, accepted: 6 });
    server.spoil.clear();
    await until(() => expect(player.health().manifest).toEqual({ playing: next, accepted: 6 }));
  });

  test('a sample snapshot on a screen that is no trial screen', async () => {
    server.assign({ trial: false });
    const { player } = await started([messageItem('a'), scoreboardItem('s')]);
    const page = openPage(player);
    server.pushSnapshot(sampleSnapshot(1, { sample: true }));
    server.pushSnapshot(sampleSnapshot(2, { asOf: Date.now() }));
    await until(() => expect(page.board?.snapshot.number).toBe(2));
    expect(page.board?.previous).toBeNull();
  });
});

describe('what is on screen', () => {
  test('fills the slot of a scoreboard without figures, and shows it when they come', async () => {
    server.publish(sampleManifest([messageItem('a'), scoreboardItem('s')]));
    const page = openPage(await bench.start({ enrol: server.token }));
    await until(() =>
      expect(page.plan?.turns.find(({ planned }) => planned?.item === 's')).toMatchObject({ item: 'a', planned: { reason: 'there are no figures yet' } }),
    );
    server.pushSnapshot(sampleSnapshot(2, { asOf: Date.now() }), sampleSnapshot(1));
    await until(() => expect(page.plan?.turns.every(({ planned }) => planned === undefined)).toBe(true));
    expect([page.board?.snapshot.number, page.board?.previous?.number]).toEqual([2, 1]);
  });

  test('keeps an item off that the stage could not show, until its content changes', async () => {
    server.publish(sampleManifest([messageItem('a'), messageItem('b')]));
    const player = await bench.start({ enrol: server.token });
    const page = openPage(player);
    await until(() => expect(page.plan?.turns.some(({ item }) => item === 'b')).toBe(true));
    const turn = page.plan?.turns.find(({ item }) => item === 'b');
    page.say({ type: 'failed', turn: turn?.id ?? '', item: 'b', reason: 'the scene threw' });
    await until(() => expect(page.plan?.turns.every(({ item }) => item === 'a')).toBe(true));
    expect(player.health().quarantined).toMatchObject([{ item: 'b', reason: 'the scene threw' }]);
    server.publish(sampleManifest([messageItem('a'), messageItem('b', { props: { heading: { vi: 'Mới' } } })], { version: 2 }));
    await until(() => expect(page.plan?.turns.some(({ item, planned }) => item === 'b' && !planned)).toBe(true));
  });

  test('plans an item again that was only late, after 15 s, a minute and ten minutes, to the second', async () => {
    const clock = fakeClock(Date.now());
    const page = openPage(await bench.start({ clock }), clock);
    const turnsOf = (item: string) => page.plan?.turns.filter((turn) => turn.item === item) ?? [];
    const item = page.showNow().item;
    for (const waitMs of [15_000, 60_000, 600_000]) {
      page.say({ type: 'failed', turn: turnsOf(item)[0]?.id ?? '', item, reason: 'not ready two seconds after its start', late: true });
      expect(turnsOf(item)).toEqual([]);
      clock.pass(waitMs - 1_000);
      expect(turnsOf(item)).toEqual([]);
      clock.pass(1_000);
      expect(turnsOf(item)).not.toEqual([]);
    }
  });

  test('leaves out only the item whose scene it does not know', async () => {
    server.publish(sampleManifest([messageItem('a'), messageItem('x', { scene: 'hologram' })]));
    const page = openPage(await bench.start({ enrol: server.token }));
    await until(() => expect(page.plan?.turns.find(({ planned }) => planned)).toMatchObject({ item: 'a', planned: { item: 'x' } }));
  });

  test('fills hours without any item from the factory playlist', async () => {
    server.publish(sampleManifest([messageItem('a', { windows: [{ endDate: '2020-01-01' }] })]));
    const page = openPage(await bench.start({ enrol: server.token }));
    await until(() => expect(page.plan?.manifest).not.toBe('factory'));
    expect(page.plan?.turns.every(({ item }) => item.startsWith('factory:'))).toBe(true);
  });

  test('fetches a file again that was damaged on disk, and does not show it meanwhile', async () => {
    const picture = Buffer.from('picture');
    const hash = sha256(picture);
    server.publish(sampleManifest([messageItem('a'), pictureItem('p', hash)], { files: [{ sha256: hash, bytes: 7, type: 'image/png' }] }), [picture]);
    const first = await bench.start({ enrol: server.token });
    await until(() => expect(first.mediaFile(hash)).toBeDefined());
    await first.stop();
    await writeFile(join(bench.folder, 'files', hash), 'pictura');
    await server.stop();
    const player = await bench.start();
    const page = openPage(player);
    expect(page.plan?.turns.every(({ item }) => item === 'a')).toBe(true);
    expect(player.mediaFile(hash)).toBeUndefined();
    await server.start();
    await until(() => expect(page.plan?.turns.some(({ item }) => item === 'p')).toBe(true));
  });
});

describe('reports', () => {
  test('records plays while the server is away and hands them in once it is back', async () => {
    const first = await bench.start({ enrol: server.token });
    await until(() => expect(server.health.length).toBeGreaterThan(0));
    await first.stop();
    await server.stop();
    const player = await bench.start();
    const page = openPage(player);
    const turn = page.showNow();
    await until(() => expect(player.health().journal).toMatchObject({ last: 1, pending: 1 }));
    await server.start();
    await until(() => expect(server.plays).toMatchObject([{ kind: 'open', manifest: 'factory', item: turn.item, plannedStart: turn.start }]));
    await until(() => expect(player.health().journal.pending).toBe(0));
  });

  test('tells the server what it shows', async () => {
    const hash = server.publish(sampleManifest([messageItem('a', { seconds: 3_600 })]));
    const player = await bench.start({ enrol: server.token });
    const page = openPage(player);
    await until(() => expect(page.plan?.manifest).toBe(hash));
    expect(player.health().state).toBe('booting');
    const turn = page.showNow();
    await until(() => expect(server.health.at(-1)?.shows).toMatchObject({ item: 'a', scene: 'message', turn: turn.id, manifest: hash }));
    expect(healthReportSchema.parse(server.health.at(-1)).shouldShow).toEqual({ item: 'a', turn: turn.id });
  });

  test('does not count a turn that was never planned', async () => {
    const player = await bench.start();
    openPage(player).say({ type: 'shown', turn: 'invented', item: 'a', at: Date.now() });
    expect(player.health().shows).toBeNull();
    expect(player.health().journal.last).toBe(0);
  });

  test('sends a picture of the window when it is asked', async () => {
    const player = await bench.start({ enrol: server.token });
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
    player.useShell({ name: 'test 1', capture: async () => jpeg, glimpse: async () => jpeg, reload: async () => undefined, mend: () => undefined });
    await until(() => expect(server.health.length).toBeGreaterThan(0));
    const id = server.askCapture();
    await until(() => expect(server.captures).toHaveLength(1));
    const [capture] = server.captures;
    expect(capture?.jpeg).toEqual(jpeg);
    const envelope = JSON.parse(Buffer.from(capture?.header ?? '', 'base64url').toString('utf8')) as { payload: string };
    expect(JSON.parse(envelope.payload)).toMatchObject({ screen: server.screen, sha256: sha256(jpeg), request: id });
  });

  test('tells of the first picture once, also to who asks late', async () => {
    const player = await bench.start();
    const heard: string[] = [];
    player.onFirstPicture(() => heard.push('early'));
    const page = openPage(player);
    expect(heard).toEqual([]);
    page.showNow();
    player.onFirstPicture(() => heard.push('late'));
    page.showNow();
    expect(heard).toEqual(['early', 'late']);
  });
});
