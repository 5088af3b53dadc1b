// Real server and real player with a line between them that loses, doubles, reorders and cuts: nothing wrong is shown meanwhile, and all is right soon after.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import pino from 'pino';
import { playlistViewSchema, publishedSchema } from '../core/playlist-api.ts';
import { screenViewSchema } from '../core/screen-api.ts';
import { sentItems } from '../core/playlist-draft.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { enrolmentPrefix } from '../core/protocol.ts';
import { signingKey } from '../player/ed25519.ts';
import { openBench, openPage, type Bench } from '../player/testing/bench-player.ts';
import { addSnapshot, currentSnapshots, pushOf } from '../server/scoreboard/snapshot-store.ts';
import { writeServers } from '../server/settings/server-addresses.ts';
import { startServer, type StartedServer } from '../server/start-server.ts';
import { signIn } from '../server/testing/test-server.ts';
import { startChaosProxy, calm, type Chaos, type ChaosProxy } from './support/chaos-proxy.ts';
import { fastClock } from '../player/testing/fast-clock.ts';
import { seeded } from './support/seeded.ts';

/** A minute of the product's time in this many seconds. */
const times = 12;
const seeds = process.env['TEST_FULL'] === '1' ? Array.from({ length: 12 }, (_, index) => 100 + index) : [101];
/** Thirty of a hundred messages and answers are lost. */
const storm: Chaos = { drop: 0.3, double: 0.2, delayMs: 150, cut: 0.03, lie: 0.25 };

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function setUp(seed: number) {
  const clock = fastClock(times);
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi chaos '));
  const proxy: ChaosProxy = await startChaosProxy(seed);
  const log = pino({ level: 'silent' });
  const server: StartedServer = await startServer({
    ...{ data: folder, port: 0, host: '127.0.0.1', tree: undefined, playlists: undefined, url: proxy.url, trial: true, log, now: () => clock.now() },
  });
  const address = server.app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  proxy.lead(`http://127.0.0.1:${address.port}`);
  await writeServers(server.context.db, [proxy.url]);
  const bench: Bench = await openBench();
  ends.push(
    () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
    () => proxy.stop(),
    () => server.stop(),
    () => bench.clear(),
  );
  return { clock, proxy, server, bench, staff: await signIn(server) };
}

test.each(seeds)('fault 39: converges after a line that drops, delays, doubles and reorders, and shows nothing wrong on it (seed %i)', async (seed) => {
  const { clock, proxy, server, bench, staff } = await setUp(seed);
  const random = seeded(seed + 1);
  const { db, keys, players } = server.context;
  const versions = new Map<string, number>();

  const publish = async () => {
    const before = playlistViewSchema.parse((await staff.call('GET', '/api/playlists/reception')).body);
    const items = sentItems(before.items)
      .map((item) => ({ ...item, enabled: random() < 0.7 }))
      .sort(() => random() - 0.5);
    const [first] = items;
    if (first) first.enabled = true;
    const { revision } = playlistViewSchema.parse((await staff.call('PUT', '/api/playlists/reception', { revision: before.revision, items })).body);
    const { channels } = publishedSchema.parse((await staff.call('POST', '/api/playlists/reception/publish', { revision })).body);
    for (const { sha256, version } of channels) versions.set(sha256, version);
    return channels[0]?.sha256 ?? '';
  };
  const numbers = new Map<number, Snapshot>();
  const figures = async () => {
    const now = await currentSnapshots(db, 'plan-311-2024', 'hanoi-districts', 'trial');
    if (!now) throw new Error('there are no figures');
    const { number: _number, issuedAt: _issuedAt, ...draft } = now.current.snapshot;
    const rows = draft.rows.map((row) => ({ ...row, count: row.count + Math.floor(random() * 100) }));
    const added = await addSnapshot(db, keys, { ...draft, rows }, clock.now(), { author: 'test' });
    numbers.set(added.snapshot.number, added.snapshot);
    players.pushSnapshot(pushOf({ current: added, previous: now.current }), true);
    return added.snapshot.number;
  };

  let wanted = await publish();
  const token = server.enrol.reception ?? '';
  const enrol = JSON.parse(Buffer.from(token.slice(enrolmentPrefix.length), 'base64url').toString('utf8')) as { server: string };
  expect(enrol.server).toBe(proxy.url);
  proxy.be(storm);
  const player = await bench.start({ enrol: token, clock });
  const page = openPage(player, clock);

  const wrong: string[] = [];
  const sound = new Set<string>();
  let [highestVersion, highestNumber, looks] = [0, 0, 0];
  /** What a passer-by would see now, held against what was ever published. */
  const look = () => {
    const { plan, board } = page;
    if (!plan) return;
    looks += 1;
    const turn = page.showNow();
    if (!(turn.item in plan.items)) wrong.push(`the turn shows ${turn.item}, which its plan does not carry`);
    if (plan.manifest !== 'factory') {
      const version = versions.get(plan.manifest);
      if (version === undefined) wrong.push(`${plan.manifest} was never published`);
      else if (version < highestVersion) wrong.push(`version ${version} plays after ${highestVersion}`);
      highestVersion = Math.max(highestVersion, version ?? 0);
    }
    const { media } = (plan.items[turn.item]?.props ?? {}) as { media?: string };
    if (media !== undefined && !sound.has(media)) {
      const file = player.mediaFile(media);
      const hash = file && createHash('sha256').update(readFileSync(file.path)).digest('hex');
      if (hash === media) sound.add(media);
      else wrong.push(`the file ${media} of ${turn.item} is not what its hash says`);
    }
    if (board && numbers.has(board.snapshot.number)) {
      const { number } = board.snapshot;
      if (number < highestNumber) wrong.push(`snapshot ${number} shows after ${highestNumber}`);
      if (JSON.stringify(board.snapshot) !== JSON.stringify(numbers.get(number))) wrong.push(`snapshot ${number} shows other figures`);
      highestNumber = Math.max(highestNumber, number);
    }
  };
  const looking = setInterval(look, 25);
  ends.push(() => clearInterval(looking));

  const deeds = ['dropped', 'doubled', 'delayed'] as const;
  const isStorm = () => deeds.every((deed) => proxy.deeds[deed] > 3);
  let number = 0;
  for (let change = 0; change < 12 || (change < 60 && !isStorm()); change += 1) {
    await new Promise((resolve) => setTimeout(resolve, 200 + random() * 600));
    if (random() < 0.5) wanted = await publish();
    else number = await figures();
  }
  // Last words into the storm: their notices may never arrive.
  wanted = await publish();
  number = await figures();
  const before = { ...proxy.deeds };
  proxy.be(calm);

  await vi.waitFor(
    () => {
      const health = player.health();
      expect(health.manifest).toMatchObject({ playing: wanted });
      expect(health.manifest.reason).toBeUndefined();
      expect(page.board?.snapshot.number).toBe(number);
      expect(health.clock.trusted).toBe(true);
      expect(Math.abs(health.clock.offsetMs)).toBeLessThan(1_000);
    },
    { timeout: 60_000, interval: 50 },
  );
  await vi.waitFor(
    async () => {
      look();
      const [screen] = screenViewSchema
        .array()
        .parse((await staff.call('GET', '/api/screens')).body)
        .filter(({ channel }) => channel === 'reception');
      expect(screen).toMatchObject({ connected: true, health: { manifest: { playing: wanted } } });
      const { chain, last } = player.health().journal;
      const stored = await db.selectFrom('plays').select(['chain', 'seq']).where('chain', '=', chain).orderBy('seq').execute();
      expect(stored.map(({ seq }) => seq)).toEqual(Array.from({ length: stored.length }, (_, index) => index + 1));
      expect(stored.length).toBeGreaterThanOrEqual(last - 2);
    },
    { timeout: 60_000, interval: 200 },
  );
  expect(wrong).toEqual([]);
  expect(looks).toBeGreaterThan(50);
  expect(highestVersion).toBe(versions.get(wanted));
  for (const deed of deeds) expect(before[deed]).toBeGreaterThan(3);

  // Fault 88: nothing that the player ever sent carries its key.
  const kept = readFileSync(join(bench.folder, 'identity.a.json'), 'utf8');
  const privateKey = /"privateKey":"([\w-]+)"/.exec(kept)?.[1] ?? '';
  expect(signingKey(privateKey).id).toHaveLength(32);
  const seedOfKey = Buffer.from(privateKey, 'base64url').subarray(-32);
  const everything = proxy.sent();
  expect(everything.length).toBeGreaterThan(10_000);
  for (const form of [privateKey, seedOfKey.toString('base64url'), seedOfKey.toString('base64'), seedOfKey.toString('hex')])
    expect(everything).not.toContain(form);
});
