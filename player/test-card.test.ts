// The test card of a running player: over the programme when asked for, under whatever is ordered, on record, and gone by itself.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestCard, testCardMs } from './test-card.ts';
import { openBench, openPage, type Bench } from './testing/bench-player.ts';
import { fakeClock } from './testing/fake-clock.ts';
import { messageItem, sampleManifest } from './testing/samples.ts';
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

test('lies over the programme, is reported and recorded in place of the slot, and gives way to a stop', async () => {
  const hash = server.publish(sampleManifest([messageItem('a')]));
  const player = await bench.start({ enrol: server.token });
  await until(() => expect(player.health().manifest.playing).toBe(hash));
  expect(await server.askCommand('test-card')).toMatchObject({ outcome: 'failed', reason: 'no page is attached' });

  const page = openPage(player);
  await until(() => expect(page.plan?.manifest).toBe(hash));
  page.showNow();
  expect(await server.askCommand('test-card')).toMatchObject({ outcome: 'done' });
  expect(page.cover).toMatchObject({ state: 'test', item: 'test-card', number: 7, name: 'Màn hình tiếp dân' });
  page.showCover();
  expect(player.health()).toMatchObject({ state: 'test', shows: { item: 'test-card', scene: 'test' } });
  await until(() =>
    expect(server.plays).toContainEqual(
      expect.objectContaining({ kind: 'open', item: 'a', scene: 'test', substitute: { item: 'test-card', reason: 'covered by test-card' } }),
    ),
  );

  server.order({ kind: 'stop', number: 1, issuedAt: Date.now(), target: {} });
  await until(() => expect(page.cover?.state).toBe('stopped'));
  expect(await server.askCommand('test-card')).toMatchObject({ outcome: 'failed', reason: 'something was ordered that lies over the programme' });
  expect(page.cover?.state).toBe('stopped');
});

test('goes by itself after two minutes; asked for again, these begin anew', () => {
  const clock = fakeClock(1_000);
  const card = openTestCard({ clock, serverClock: { now: () => clock.now() } });
  expect(card.cover).toBeNull();
  card.begin({ number: 7, name: '' });
  clock.pass(testCardMs - 1);
  expect(card.cover).toMatchObject({ remainingMs: 1 });
  card.begin({ number: 7, name: '' });
  clock.pass(testCardMs - 1_000);
  expect(card.cover).toMatchObject({ endsAt: clock.now() + 1_000, remainingMs: 1_000 });
  clock.pass(1_000);
  expect(card.cover).toBeNull();
});
