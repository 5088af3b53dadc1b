import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FromStage } from '../core/bridge.ts';
import { openBench, openPage, type Bench } from './testing/bench-player.ts';
import { fakeClock } from './testing/fake-clock.ts';
import { messageItem, sampleManifest } from './testing/samples.ts';
import { startSmallServer, type SmallServer } from './testing/small-server.ts';

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

test('fault 71: records no play while the output is smaller than the screen, and the standing turn from the moment on when it is not', async () => {
  const player = await bench.start({ enrol: server.token });
  const hash = server.publish(sampleManifest([messageItem('one', { seconds: 3_600 })]));
  await vi.waitFor(() => expect(player.health().manifest.playing).toBe(hash), { timeout: 25_000 });
  const page = openPage(player);
  const { id } = page.showNow();
  const beat = (width: number, height: number) => page.say({ type: 'beat', turn: id, frameAt: Date.now(), heapBytes: null, viewport: { width, height } });
  const entries = () => server.plays.map((entry) => (entry.kind === 'close' ? entry.reason : entry.kind));
  beat(800, 600);
  beat(800, 600);
  beat(1920, 1080);
  await vi.waitFor(() => expect(entries()).toEqual(['open', 'the output is smaller than the screen', 'open']), { timeout: 25_000 });
});

test('holds the screen for seen only while fresh frames show what should stand there, and nothing hides it', async () => {
  const clock = fakeClock(Date.now());
  const player = await bench.start({ clock });
  const page = openPage(player, clock);
  const viewport = { width: 1920, height: 1080 };
  const beat = (change: Partial<Extract<FromStage, { type: 'beat' }>>) =>
    page.say({ type: 'beat', turn: null, frameAt: clock.now(), heapBytes: null, viewport, ...change });
  /** The turn that is due was seen; five seconds later the page says something else. */
  const seenAfter = (change: Partial<Extract<FromStage, { type: 'beat' }>>) => {
    beat({ turn: page.showNow().id });
    expect(player.seenWithin(5_000)).toBe(true);
    clock.pass(5_001);
    beat({ turn: page.showNow().id, ...change });
    return player.seenWithin(5_000);
  };
  expect(player.seenWithin(5_000)).toBe(false);
  expect(seenAfter({})).toBe(true);
  expect(seenAfter({ unseen: '<div> lies over the stage' })).toBe(false);
  expect(seenAfter({ frameAt: clock.now() - 1 })).toBe(false);
  expect(seenAfter({ turn: 'of-another-day' })).toBe(false);
  expect(seenAfter({ turn: null })).toBe(false);
  // A turn that stands long after its end is no picture that should be there.
  const { id } = page.showNow();
  clock.pass(3_600_000);
  beat({ turn: id });
  expect(player.seenWithin(5_000)).toBe(false);
});

test('a screen out of service is seen by its card, also when it starts so, with a stop in force, and is dark outside its hours', async () => {
  const viewport = { width: 1920, height: 1080 };
  let player = await bench.start({ enrol: server.token });
  let page = openPage(player);
  server.order({ number: 1, issuedAt: Date.now(), kind: 'stop', target: {} });
  await vi.waitFor(() => expect(page.cover?.state).toBe('stopped'), { timeout: 25_000 });
  server.assign({ state: 'revoked' });
  await vi.waitFor(() => expect([page.isRevoked, page.cover]).toEqual([true, null]), { timeout: 25_000 });
  await vi.waitFor(() => expect(server.health.at(-1)).toMatchObject({ state: 'revoked', orders: [{ number: 1, obeyed: true }] }), { timeout: 25_000 });
  await player.stop();

  player = await bench.start();
  page = openPage(player);
  let pictures = 0;
  player.onFirstPicture(() => (pictures += 1));
  const beat = () => page.say({ type: 'beat', turn: null, frameAt: Date.now(), heapBytes: null, viewport });
  expect([page.isRevoked, page.cover, pictures]).toEqual([true, null, 0]);
  beat();
  beat();
  expect([pictures, player.seenWithin(5_000)]).toEqual([1, true]);

  await vi.waitFor(() => expect(server.health.at(-1)?.orders).toHaveLength(1), { timeout: 25_000 });
  const ends = (server.health.at(-1)?.orders ?? []).map((ref) => ({ number: ref.number, sha256: ref.sha256 }));
  server.order({ number: 2, issuedAt: Date.now(), kind: 'cancel', ends });
  server.assign({ hours: [{ endDate: '2020-01-01' }] });
  await vi.waitFor(() => expect(page.cover).toEqual({ state: 'off' }), { timeout: 25_000 });
  expect(player.health().state).toBe('revoked');
});
