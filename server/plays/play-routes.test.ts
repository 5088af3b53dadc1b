import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { playProofSchema, playViewSchema } from '../../core/play-api.ts';
import { screenViewSchema } from '../../core/screen-api.ts';
import { firstPrev, playEntrySchema } from '../../core/play.ts';
import { sha256 } from '../keys/ed25519.ts';
import { batch, chainOf, connect, newBox, report, type Box } from '../testing/test-player.ts';
import { onPostgres } from '../testing/test-database.ts';
import { signIn, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let staff: Staff;
let screen: string;
const box = newBox();
const manifest = 'c'.repeat(64);

beforeAll(async () => {
  server = await startTestServer();
  staff = await signIn(server);
  const player = connect(server.url, box, { enrol: server.enrol.reception ?? '' });
  await player.prove();
  screen = (await player.next('welcome')).screen;
  player.close();
});
afterAll(() => server.end());

const send = async (chain: string, entries: readonly string[], by: Box = box, of = screen) => {
  const answer = await server.app.inject({ method: 'POST', url: '/player/plays', payload: batch(by, of, chain, entries) });
  return { status: answer.statusCode, body: answer.json<unknown>() };
};
const plays = async () => playViewSchema.array().parse((await staff.call('GET', `/api/screens/${screen}/plays`)).body);
const count = async () =>
  screenViewSchema
    .array()
    .parse((await staff.call('GET', '/api/screens')).body)
    .find(({ id }) => id === screen)?.plays;
const refused = (reason: string, acknowledged?: number) => ({
  status: 422,
  body: { error: { code: 'batch-refused', details: acknowledged === undefined ? { reason } : { reason, acknowledged } } },
});

it('takes plays in order, each exactly once, however often a batch is sent', async () => {
  const chain = randomUUID();
  const at = server.clock.now;
  const entries = chainOf(5, manifest, at);
  expect(await send(chain, entries.slice(0, 4))).toEqual({ status: 200, body: { chain, acknowledged: 4 } });
  expect(await send(chain, entries.slice(0, 4))).toEqual({ status: 200, body: { chain, acknowledged: 4 } });
  expect(await send(chain, entries.slice(2, 7))).toEqual({ status: 200, body: { chain, acknowledged: 7 } });
  const both = await Promise.all([send(chain, entries.slice(4)), send(chain, entries.slice(4))]);
  for (const answer of both) expect(answer).toEqual({ status: 200, body: { chain, acknowledged: 10 } });
  expect(await send(chain, entries.slice(0, 2))).toEqual({ status: 200, body: { chain, acknowledged: 10 } });

  const listed = await plays();
  expect(listed.map(({ seq }) => seq)).toEqual([9, 7, 5, 3, 1]);
  expect(listed[0]).toEqual({
    screen,
    chain,
    seq: 9,
    item: 'install',
    scene: 'install',
    manifest,
    startedAt: at + 9_000,
    endedAt: at + 10_000,
    outcome: 'complete',
    clockTrusted: true,
  });
  expect(await count()).toBe(5);
});

it('keeps of a batch of hundreds each entry in its own columns', async () => {
  const chain = randomUUID();
  const entries = chainOf(125, manifest, server.clock.now - 3_600_000);
  expect(await send(chain, entries)).toEqual({ status: 200, body: { chain, acknowledged: 250 } });
  const rows = await server.context.db.selectFrom('plays').selectAll().where('chain', '=', chain).orderBy('seq').execute();
  expect(rows).toHaveLength(250);
  for (const [index, text] of entries.entries()) {
    const entry = playEntrySchema.parse(JSON.parse(text));
    expect(rows[index]).toMatchObject({
      ...{
        screen,
        chain,
        seq: entry.seq,
        kind: entry.kind,
        at: entry.at,
        clock_trusted: entry.clockTrusted ? 1 : 0,
        entry: text,
        received_at: server.clock.now,
      },
      ...(entry.kind === 'open'
        ? { item: entry.item, scene: entry.scene, manifest, opened: null, outcome: null }
        : { item: null, scene: null, manifest: null }),
      ...(entry.kind === 'close' ? { opened: entry.opened, outcome: entry.outcome } : {}),
    });
  }
});

it('shows a turn that has not ended yet without an end', async () => {
  const chain = randomUUID();
  const [open = ''] = chainOf(1, manifest, server.clock.now + 60_000);
  await send(chain, [open]);
  expect((await plays())[0]).toMatchObject({ chain, endedAt: null, outcome: null });
});

it('refuses what another key signed, and what an unknown screen sends', async () => {
  const entries = chainOf(1, manifest, 0);
  expect(await send(randomUUID(), entries, newBox())).toMatchObject(refused('bad-signature'));
  expect(await send(randomUUID(), entries, box, randomUUID())).toMatchObject(refused('unknown-screen'));
});

it('refuses a chain that is broken within or does not begin at its beginning', async () => {
  const chain = randomUUID();
  const [first = '', second = '', third = ''] = chainOf(2, manifest, 0);
  expect(await send(chain, [first, third])).toMatchObject(refused('wrong-sequence'));
  expect(await send(chain, [first, second.replace('complete', 'skipped'), third])).toMatchObject(refused('broken-chain'));
  expect(await send(chain, [first, 'no JSON'])).toMatchObject(refused('malformed'));
  expect(await send(chain, [first.replace(firstPrev, sha256('elsewhere'))])).toMatchObject(refused('broken-chain'));
  expect(await send(chain, [second])).toMatchObject(refused('gap', 0));
});

it('refuses a chain that does not follow on what is stored, and says up to where it has it', async () => {
  const chain = randomUUID();
  const entries = chainOf(3, manifest, 0);
  await send(chain, entries.slice(0, 2));
  expect(await send(chain, entries.slice(3))).toMatchObject(refused('gap', 2));
  const forged = chainOf(3, 'd'.repeat(64), 0);
  expect(await send(chain, forged)).toMatchObject(refused('fork', 2));
  expect(await send(chain, forged.slice(2))).toMatchObject(refused('broken-chain', 2));
  expect(await send(chain, entries.slice(2))).toMatchObject({ status: 200, body: { acknowledged: 6 } });
});

const proof = async () => playProofSchema.parse((await staff.call('GET', `/api/screens/${screen}/plays/proof`)).body);

it('fault 91: keeps what a fork, a gap and a broken chain offered, beside what it has', async () => {
  const chain = randomUUID();
  const entries = chainOf(3, manifest, 0);
  const forged = chainOf(3, 'd'.repeat(64), 0);
  await send(chain, entries.slice(0, 2));
  for (let time = 0; time < 2; time += 1) await send(chain, forged);
  await send(chain, entries.slice(4));
  await send(chain, forged.slice(2));
  const { chains, findings } = await proof();
  expect(chains.find((each) => each.chain === chain)).toMatchObject({ received: 2, anchored: null, missing: 0 });
  expect(findings.filter((each) => each.chain === chain)).toMatchObject([
    { kind: 'broken-chain', seq: 3, expected: sha256(entries[1] ?? ''), offered: sha256(forged[1] ?? '') },
    { kind: 'gap', seq: 3 },
    { kind: 'fork', seq: 1, expected: sha256(entries[0] ?? ''), offered: sha256(forged[0] ?? '') },
  ]);
});

it('fault 92: remembers where a journal was said to end, and sees what is deleted or told otherwise afterwards', async () => {
  const chain = randomUUID();
  const entries = chainOf(3, manifest, 0);
  const player = connect(server.url, box);
  await player.prove();
  await player.next('welcome');
  const say = async (seq: number, text: string) => {
    server.clock.now += 10 * 60_000;
    const journal = { chain, last: 6, pending: 0, anchor: { seq, hash: sha256(text) } };
    player.socket.emit('health', report(server.clock.now, manifest, 'install', { journal }));
    player.socket.emit('time', { nonce: player.nonce });
    await player.next('time');
  };
  const anchored = async () => (await proof()).chains.find((each) => each.chain === chain);
  const found = async () => (await proof()).findings.filter((each) => each.chain === chain).map(({ kind, seq }) => ({ kind, seq }));

  await say(4, entries[3] ?? '');
  await vi.waitFor(async () => expect(await anchored()).toMatchObject({ received: 0, anchored: 4, missing: 4 }), { timeout: 20_000 });
  expect(await send(chain, chainOf(2, 'd'.repeat(64), 0))).toMatchObject(refused('fork', 0));
  expect(await found()).toEqual([{ kind: 'fork', seq: 4 }]);
  expect(await send(chain, entries)).toMatchObject({ status: 200, body: { acknowledged: 6 } });
  expect(await anchored()).toMatchObject({ received: 6, missing: 0 });

  await say(2, entries[1] ?? '');
  await vi.waitFor(async () => expect(await found()).toContainEqual({ kind: 'went-back', seq: 4 }), { timeout: 20_000 });
  player.close();
});

const together = 'takes batches that come at once together, and a fault of one leaves the others taken';
it.skipIf(onPostgres)(`${together}${onPostgres ? ' (the fault is a trigger of SQLite)' : ''}`, async () => {
  const chains = Array.from({ length: 9 }, () => ({ chain: randomUUID(), entries: chainOf(3, manifest, server.clock.now) }));
  const { db } = server.context;
  await sql`create trigger trouble before insert on plays when new.chain = ${sql.lit(chains[3]?.chain)} begin select raise(abort, 'trouble'); end`.execute(db);
  const answers = await Promise.all(chains.map(({ chain, entries }) => send(chain, entries)));
  expect(answers.map(({ status }) => status)).toEqual(chains.map((_, index) => (index === 3 ? 500 : 200)));
  await sql`drop trigger trouble`.execute(db);
  const before = await count();
  for (const { chain, entries } of chains) expect(await send(chain, entries)).toEqual({ status: 200, body: { chain, acknowledged: 6 } });
  expect(((await count()) ?? 0) - (before ?? 0), 'all others were counted once').toBe(3);
});
