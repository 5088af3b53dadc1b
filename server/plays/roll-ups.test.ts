// Sums of plays against the plays: in any order, with any clock, after a migration, after plays were let go of; and what the check says when they differ.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { outcomes } from '../../core/play.ts';
import { transact } from '../database/open-database.ts';
import { sumReceivedPlays } from '../database/migrations/0013-roll-ups.ts';
import { sha256 } from '../keys/ed25519.ts';
import { bindKey, listScreens } from '../screens/screen-store.ts';
import { journalOf, type Turn as TurnWritten } from '../testing/test-journal.ts';
import { batch, newBox } from '../testing/test-player.ts';
import { onPostgres } from '../testing/test-database.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { checkPlays } from './check-plays.ts';

let server: TestServer;
let screen: string;
let manifest: string;
let playlist = '';
let items: string[];
const box = newBox();
const dayMs = 86_400_000;

beforeAll(async () => {
  server = await startTestServer();
  const { db, now } = server.context;
  const [first] = await listScreens(db);
  screen = first?.id ?? '';
  await bindKey(db, screen, box.publicKey, now());
  const channel = await db
    .selectFrom('channels')
    .selectAll()
    .where('id', '=', first?.channel ?? '')
    .executeTakeFirstOrThrow();
  manifest = channel.manifest ?? '';
  playlist = channel.playlist;
  const known = db.selectFrom('playlist_items').select('item').where('playlist', '=', playlist).orderBy('number').limit(3);
  items = (await known.execute()).map(({ item }) => item);
});
afterAll(() => server.end());
beforeEach(async () => {
  for (const table of ['plays', 'air_time', 'air_gone', 'air_days', 'play_faults'] as const) await server.context.db.deleteFrom(table).execute();
});

type Turn = Partial<TurnWritten> & Pick<TurnWritten, 'at' | 'ms'>;
const journal = (turns: readonly Turn[]) => journalOf(turns.map((turn) => ({ item: items[0] ?? '', manifest, ...turn })));

async function send(chain: string, entries: readonly string[]) {
  const answer = await server.app.inject({ method: 'POST', url: '/player/plays', payload: batch(box, screen, chain, entries) });
  expect(answer.statusCode, answer.body).toBe(200);
}
const check = () => transact(server.context.db, (trx) => checkPlays(trx));
const hours = () =>
  server.context.db
    .selectFrom('air_time')
    .select(['hour', 'item', 'turns', 'ms', 'interrupted', 'skipped', 'untrusted'])
    .orderBy('hour')
    .orderBy('item')
    .execute();
const sums = async () => {
  const { db } = server.context;
  const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
  return {
    hours: sorted(await db.selectFrom('air_time').selectAll().execute()),
    days: sorted(await db.selectFrom('air_days').selectAll().execute()),
    faults: sorted(await db.selectFrom('play_faults').selectAll().execute()),
  };
};
const numberOf = async (item = '') => {
  const rows = server.context.db.selectFrom('playlist_items').select('number').where('item', '=', item).where('playlist', '=', playlist);
  return (await rows.executeTakeFirstOrThrow()).number;
};
const noon = Date.UTC(2026, 10, 24, 5);

it('takes words with the character U+0000, which one database cannot hold, and keeps what was signed as it is', async () => {
  const chain = randomUUID();
  const nul = '\u0000';
  const entries = journal([
    { at: noon, ms: 10_000, item: `mục${nul}lạ`, outcome: 'interrupted', reason: `lý do${nul}` },
    { at: noon + 20_000, ms: 10_000, substitute: `thay${nul}`, noteBefore: true },
  ]);
  await send(chain, entries);
  const { db } = server.context;
  expect(await db.selectFrom('play_faults').select('reason').execute()).toEqual([{ reason: 'lý do\uFFFD' }]);
  expect((await db.selectFrom('plays').select('entry').orderBy('seq').execute()).map(({ entry }) => entry)).toEqual(entries);
  expect(await check()).toMatchObject({ entries: entries.length, turns: 2, problems: [] });
});

it('sums turns by the hour and the local day in which each began, with what was skipped and interrupted and why', async () => {
  const midnight = Date.UTC(2026, 10, 24, 17);
  const turns: Turn[] = [
    { at: midnight - 5_000, ms: 10_000 },
    { at: midnight + 5_000, ms: 4_000, outcome: 'interrupted', reason: 'cut short' },
    { at: midnight + 9_000, ms: 6_000, outcome: 'skipped', reason: 'quarantined', substitute: items[1] ?? '' },
    { at: midnight + 15_000, ms: 10_000, trusted: false, manifest: 'factory' },
  ];
  await send(randomUUID(), journal(turns));
  const item = await numberOf(items[0]);
  expect(await hours()).toEqual([
    { hour: midnight - 3_600_000, item, turns: 1, ms: 10_000, interrupted: 0, skipped: 0, untrusted: 0 },
    { hour: midnight, item: 0, turns: 1, ms: 10_000, interrupted: 0, skipped: 0, untrusted: 1 },
    { hour: midnight, item, turns: 1, ms: 4_000, interrupted: 1, skipped: 1, untrusted: 0 },
  ]);
  const { db } = server.context;
  const days = await db.selectFrom('air_days').select(['day', 'item', 'turns', 'ms']).orderBy('day').orderBy('item').execute();
  expect(days).toEqual([
    { day: '2026-11-24', item, turns: 1, ms: 10_000 },
    { day: '2026-11-25', item: 0, turns: 1, ms: 10_000 },
    { day: '2026-11-25', item, turns: 1, ms: 4_000 },
  ]);
  const faults = await db.selectFrom('play_faults').select(['day', 'outcome', 'reason', 'count']).orderBy('outcome').execute();
  expect(faults).toEqual([
    { day: '2026-11-25', outcome: 'interrupted', reason: 'cut short', count: 1 },
    { day: '2026-11-25', outcome: 'skipped', reason: 'quarantined', count: 1 },
  ]);
  expect((await check()).problems).toEqual([]);
});

it('takes the monotonic clock for a turn during which the wall clock was put right', async () => {
  await send(
    randomUUID(),
    journal([
      { at: 0, ms: 10_000, jumpMs: 56 * 365 * dayMs, trusted: false },
      { at: noon, ms: 10_000, jumpMs: -dayMs },
    ]),
  );
  expect((await hours()).map(({ ms }) => ms)).toEqual([10_000, 10_000]);
});

it('counts a turn once, though a journal closes it twice in batches of their own', async () => {
  const texts = journal([{ at: noon, ms: 10_000 }]);
  const last = texts.at(-1) ?? '';
  texts.push(JSON.stringify({ ...(JSON.parse(last) as object), seq: 3, prev: sha256(last), at: noon + 60_000 }));
  const chain = randomUUID();
  for (const [index] of texts.entries()) await send(chain, texts.slice(index, index + 1));
  expect((await hours()).map(({ turns, ms }) => [turns, ms])).toEqual([[1, 10_000]]);
  expect((await check()).problems).toEqual([]);
});

it('has the same sums whatever comes in which batches, again, late, and added up anew by the migration; and still after plays went', async () => {
  const turn = fc.record({
    at: fc.oneof(fc.integer({ min: noon - 3 * dayMs, max: noon + dayMs }), fc.constantFrom(0, Date.UTC(2038, 0, 19))),
    ms: fc.integer({ min: 0, max: 40_000 }),
    item: fc.constantFrom(...items, 'nobody-knows'),
    manifest: fc.constantFrom(manifest, manifest, 'factory', 'e'.repeat(64)),
    outcome: fc.constantFrom(...outcomes),
    reason: fc.constantFrom('covered by stop', 'restart'),
    trusted: fc.boolean(),
    jumpMs: fc.constantFrom(0, 0, dayMs, -dayMs),
    noteBefore: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(turn, { minLength: 1, maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 }),
      async (turns, sizes) => {
        const chain = randomUUID();
        const texts = journal(turns);
        for (let at = 0, index = 0; at < texts.length; index++) {
          const size = sizes[index % sizes.length] ?? 1;
          await send(chain, texts.slice(Math.max(0, at - 2), at + size));
          at += size;
          server.clock.now += 10 * dayMs;
        }
        expect((await check()).problems).toEqual([]);
        const before = await sums();
        await server.forgetLongPast();
        expect((await check()).problems).toEqual([]);
        expect(await sums()).toEqual(before);
      },
    ),
    { numRuns: 15, seed: 7 },
  );
  const { db } = server.context;
  expect(await db.selectFrom('air_gone').select('hour').execute()).not.toEqual([]);
});

// No database of PostgreSQL is older than the sums.
it.skipIf(onPostgres)(
  `adds up what was received before there were sums as it adds up what comes in${onPostgres ? ' (no PostgreSQL is that old)' : ''}`,
  async () => {
    const chain = randomUUID();
    await send(
      chain,
      journal(
        Array.from({ length: 40 }, (_, index) => ({
          at: noon + index * 1_000_000,
          ms: 9_000 + index,
          item: items[index % 3] ?? '',
          outcome: outcomes[index % 3] ?? 'complete',
          reason: `r${index % 2}`,
          trusted: index % 5 > 0,
          jumpMs: index % 7 === 0 ? dayMs : 0,
          ...(index % 4 === 0 ? { substitute: 'card' } : {}),
        })),
      ),
    );
    const before = await sums();
    const { db } = server.context;
    for (const table of ['air_days', 'play_faults'] as const) await db.deleteFrom(table).execute();
    await transact(db, (trx) => sumReceivedPlays(trx));
    expect(await sums()).toEqual(before);
  },
);

it('goes on in a chain whose plays went, and never lets go of the last', async () => {
  const chain = randomUUID();
  const texts = journal([
    { at: noon, ms: 10_000 },
    { at: noon + 10_000, ms: 10_000 },
    { at: noon + 20_000, ms: 10_000, noteBefore: true },
  ]);
  await send(chain, texts.slice(0, 5));
  server.clock.now += 200 * dayMs;
  await server.forgetLongPast();
  const { db } = server.context;
  expect(await db.selectFrom('plays').select('seq').orderBy('seq').execute()).toEqual([{ seq: 4 }, { seq: 5 }]);
  await send(chain, texts);
  expect((await hours()).map(({ turns, ms }) => [turns, ms])).toEqual([[3, 30_000]]);
  expect((await check()).problems).toEqual([]);
});

it('names what differs and exits with 1, and with 0 while all of it holds', async () => {
  const chain = randomUUID();
  await send(
    chain,
    journal([
      { at: noon, ms: 10_000 },
      { at: noon + 10_000, ms: 5_000, outcome: 'interrupted', reason: 'restart' },
    ]),
  );
  const { db } = server.context;
  const env = { ...process.env, ...(server.database === undefined ? {} : { DATABASE_URL: server.database }) };
  const run = () =>
    promisify(execFile)(process.execPath, [join(import.meta.dirname, '..', 'main.ts'), 'check-plays', '--data', server.folder], { env }).then(
      ({ stdout }) => ({ code: 0, said: stdout }),
      (failed: unknown) => ({ code: (failed as { code: number }).code, said: (failed as { stderr: string }).stderr }),
    );
  const held = await run();
  expect(held).toMatchObject({ code: 0 });
  expect(held.said).toContain('2 plays, 0.004 hours');

  await db.updateTable('air_time').set({ ms: 15_001 }).execute();
  await db.updateTable('air_days').set({ turns: 3 }).execute();
  await db.updateTable('play_faults').set({ count: 2 }).execute();
  await db.updateTable('plays').set({ outcome: 'skipped' }).where('seq', '=', 2).execute();
  await db.deleteFrom('plays').where('seq', '=', 3).execute();
  const { code, said } = await run();
  expect(code).toBe(1);
  expect(said).toMatch(/DIFFERS/);
  for (const line of [
    'hour 2026-11-24T05:00:00.000Z: ms is 15001',
    'day 2026-11-24: turns is 3, should be 2',
    'reasons, .*: interrupted is 2, should be 1',
    'entry 2: the row does not say',
    'entry 4: does not follow',
  ])
    expect(said).toMatch(new RegExp(line));
});
