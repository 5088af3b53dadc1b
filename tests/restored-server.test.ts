// A server that is older than its players, because yesterday's backup was restored by the commands: noticed, never obeyed, and made good by the server itself.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { playlistViewSchema, publishedSchema } from '../core/playlist-api.ts';
import { screenViewSchema } from '../core/screen-api.ts';
import { sentItems } from '../core/playlist-draft.ts';
import type { Player } from '../player/player.ts';
import { openBench, openPage, type Bench } from '../player/testing/bench-player.ts';
import { dropTestDatabase, testDatabase } from '../server/testing/test-database.ts';
import { signIn, startTestServer, type Staff, type TestServer } from '../server/testing/test-server.ts';
import { fastClock } from '../player/testing/fast-clock.ts';
import { root } from './support/children.ts';

const clock = fastClock(10);
let server: TestServer;
let staff: Staff;
let bench: Bench;
let player: Player;
let backups: string;

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 60_000, interval: 50 });
const again = async () => {
  server = await server.again();
  // The same time for both, and it goes on.
  Object.defineProperty(server.clock, 'now', { get: () => clock.now() });
  staff = await signIn(server);
};

async function publish() {
  const { items, revision } = playlistViewSchema.parse((await staff.call('GET', '/api/playlists/reception')).body);
  const wanted = sentItems(items).reverse();
  const saved = playlistViewSchema.parse((await staff.call('PUT', '/api/playlists/reception', { revision, items: wanted })).body);
  const answer = await staff.call('POST', '/api/playlists/reception/publish', { revision: saved.revision });
  const [published] = publishedSchema.parse(answer.body).channels;
  if (!published) throw new Error(answer.text);
  return published;
}
const screen = async () => {
  const all = screenViewSchema.array().parse((await staff.call('GET', '/api/screens')).body);
  const found = all.find(({ channel }) => channel === 'reception');
  if (!found) throw new Error('the screen is gone');
  return found;
};
/** As operators do it, by the command line. */
async function command(...words: readonly string[]): Promise<void> {
  const env = { ...process.env, ...(server.database === undefined ? {} : { DATABASE_URL: server.database }) };
  await promisify(execFile)(process.execPath, [join(root, 'server', 'main.ts'), ...words], { env });
}
/** The machine is lost with all that it held; the backup comes back into an empty folder, and an empty database where that is elsewhere. */
const restore = async () => {
  const { folder, database } = server;
  await server.stop();
  rmSync(folder, { recursive: true });
  if (database !== undefined) await dropTestDatabase(database);
  await testDatabase(folder);
  await command('restore', '--from', join(backups, 'yesterday'), '--data', folder);
};

beforeEach(async () => {
  server = await startTestServer();
  Object.defineProperty(server.clock, 'now', { get: () => clock.now() });
  staff = await signIn(server);
  bench = await openBench();
  player = await bench.start({ enrol: server.enrol.reception ?? '', clock });
  const first = await publish();
  await until(() => expect(player.health().manifest.playing).toBe(first.sha256));
  backups = mkdtempSync(join(tmpdir(), 'ihanoi backup '));
  // Beside the running server, to which the box is connected.
  await command('backup', '--data', server.folder, '--to', join(backups, 'yesterday'));
});
afterEach(async () => {
  await bench.clear();
  await server.end();
  rmSync(backups, { recursive: true, force: true });
});

test('fault 44: issues above what its players have verified, and they play what it holds', async () => {
  await publish();
  const latest = await publish();
  await until(() => expect(player.health().manifest.playing).toBe(latest.sha256));
  await restore();
  const page = openPage(player, clock);
  page.showNow();
  await again();
  // What the database that came back knows of the box is old: first the box has to be heard.
  await until(async () => expect((await screen()).manifest?.version).toBe(latest.version + 1));
  await until(async () => expect((await screen()).health?.manifest.playing).toBe((await screen()).manifest?.sha256));
  const { manifest, health } = await screen();
  expect(manifest?.version).toBe(latest.version + 1);
  expect(health?.manifest.accepted).toBe(latest.version + 1);
  expect(health?.warnings?.some(({ code }) => code === 'old-offered')).toBe(false);
  expect(page.plan?.manifest).toBe(manifest?.sha256);
});

test('fault 44: is not obeyed where it has published under a number that its players know otherwise, and puts it right', async () => {
  const known = await publish();
  await until(() => expect(player.health().manifest.playing).toBe(known.sha256));
  const before = player.health().manifest.accepted;
  await restore();
  await player.stop();
  await again();
  const double = await publish();
  expect(double.version).toBe(known.version);
  expect(double.sha256).not.toBe(known.sha256);
  player = await bench.start({ clock });
  await until(async () => expect((await screen()).manifest?.version).toBe(before + 1));
  await until(async () => expect(player.health().manifest.playing).toBe((await screen()).manifest?.sha256));
  expect(player.health().manifest.reason).toBeUndefined();
});

test('fault 82: a content key that was lost is replaced without a visit, also when the backup knows nothing of it', async () => {
  await server.stop();
  rmSync(join(server.folder, 'keys', 'content.pem'));
  await again();
  expect(server.context.keys.root.document.number).toBe(2);
  const later = await publish();
  await until(() => expect(player.health().manifest.playing).toBe(later.sha256));
  const key = () => readFileSync(join(server.folder, 'keys', 'content.pem'), 'utf8');
  const replaced = key();
  await restore();
  expect(key()).not.toBe(replaced);
  await again();
  await until(() => expect(server.context.keys.root.document.number).toBe(3));
  await until(async () => expect(player.health().manifest.playing).toBe((await screen()).manifest?.sha256));
  await player.stop();
  player = await bench.start({ clock });
  await until(async () => expect((await screen()).connected).toBe(true));
  const pinned = JSON.parse(/"payload":("(?:[^"\\]|\\.)*")/.exec(readFileSync(join(bench.folder, 'identity.a.json'), 'utf8'))?.[1] ?? '""') as string;
  expect(JSON.parse(pinned)).toMatchObject({ number: 3 });
});

test('fault 17: two boxes with one key are told to the people at the desk, and both play on', async () => {
  const clone = await openBench();
  try {
    await player.stop();
    cpSync(bench.folder, clone.folder, { recursive: true });
    player = await bench.start({ clock });
    const pages = [openPage(player, clock), openPage(await clone.start({ clock }), clock)];
    await until(async () => expect((await screen()).warnings.map(({ code }) => code)).toContain('two-players'));
    for (const page of pages) expect(page.plan?.manifest).toBe((await screen()).manifest?.sha256);
    const entries = await server.context.db.selectFrom('audit').select('what').where('what', '=', 'screen.two-players').execute();
    expect(entries).toHaveLength(1);
  } finally {
    await clone.clear();
  }
});
