// A server moves to another address: its boxes hear of it beforehand, signed, and follow without a visit.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { screenViewSchema, screenPaths } from '../core/screen-api.ts';
import { fastClock } from '../player/testing/fast-clock.ts';
import { openBench, type Bench } from '../player/testing/bench-player.ts';
import { freePort } from '../server/testing/free-port.ts';
import { signIn, startTestServer, type Staff, type TestServer } from '../server/testing/test-server.ts';

const clock = fastClock(10);
let server: TestServer;
let staff: Staff;
let bench: Bench;
beforeEach(async () => {
  await open(await startTestServer());
  bench = await openBench();
});
afterEach(async () => {
  await bench.clear();
  await server.end();
});

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 60_000, interval: 50 });
/** The same time for both, and somebody at the desk. */
const open = async (started: TestServer) => {
  server = started;
  Object.defineProperty(server.clock, 'now', { get: () => clock.now() });
  staff = await signIn(server);
};
const screen = async () => {
  const found = screenViewSchema
    .array()
    .parse((await staff.call('GET', screenPaths.screens)).body)
    .find(({ channel }) => channel === 'reception');
  if (!found) throw new Error('the screen is gone');
  return found;
};

test('boxes that were told of the new address find the server there, also after a restart', async () => {
  let player = await bench.start({ enrol: server.enrol.reception ?? '', clock });
  await until(async () => expect(player.health().manifest.playing).toBe((await screen()).manifest?.sha256));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // Announced while the old address still answers.
  await open(await server.again({ url }));
  const documents = join(bench.folder, 'documents');
  await until(() => expect(readdirSync(documents).some((name) => readFileSync(join(documents, name), 'utf8').includes(url))).toBe(true));

  await open(await server.again({ port, url }));
  await until(async () => expect((await screen()).connected).toBe(true));
  expect(player.health().manifest.playing).toBe((await screen()).manifest?.sha256);
  await player.stop();
  await until(async () => expect((await screen()).connected).toBe(false));
  player = await bench.start({ clock });
  await until(async () => expect((await screen()).connected).toBe(true));
});
