import { createServer, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { errorBody } from '../core/errors.ts';
import { playBatchSchema, readChain } from '../core/play.ts';
import { openEnvelope } from '../core/signed.ts';
import { backoff } from './backoff.ts';
import { newPrivateKey, sha256, signingKey, verifySignature } from './ed25519.ts';
import { openJournal, type Journal } from './journal.ts';
import { startPlayUpload, type PlayUpload } from './play-upload.ts';
import { silentLog } from './testing/bench-player.ts';
import { fakeClock, type FakeClock } from './testing/fake-clock.ts';

const key = signingKey(newPrivateKey());
const screen = '0b0e4c9a-7a44-4a8e-9df1-3a2f9a4f6a11';

/** Takes signed batches as the real server does: in order, each entry once, gaps and forks refused. */
class Taker {
  chains = new Map<string, string[]>();
  requests = 0;
  respond: ((status: number) => number) | undefined;

  take(body: unknown): { status: number; body: unknown } {
    this.requests += 1;
    const status = this.respond?.(200) ?? 200;
    const opened = openEnvelope(body, 'plays', playBatchSchema, { keys: { [key.id]: key.publicKey }, threshold: 1 }, verifySignature);
    if (!opened.ok) return { status: 422, body: errorBody('batch-refused', { reason: opened.reason }) };
    const { chain, entries } = opened.document;
    const read = readChain(entries, sha256);
    if (!read.ok) return { status: 422, body: errorBody('batch-refused', { reason: read.reason }) };
    const kept = this.chains.get(chain) ?? [];
    const first = read.entries[0]?.seq ?? 0;
    if (first > kept.length + 1) return { status: 422, body: errorBody('batch-refused', { reason: 'gap', acknowledged: kept.length }) };
    if (entries.some((text, index) => kept[first - 1 + index] !== undefined && kept[first - 1 + index] !== text)) {
      return { status: 422, body: errorBody('batch-refused', { reason: 'fork', acknowledged: kept.length }) };
    }
    this.chains.set(chain, [...kept.slice(0, first - 1), ...entries]);
    return { status, body: { chain, acknowledged: this.chains.get(chain)?.length ?? 0 } };
  }
}

let folder: string;
let taker: Taker;
let server: Server;
let journal: Journal;
let clock: FakeClock;
let upload: PlayUpload;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ihanoi-upload-'));
  taker = new Taker();
  server = createServer((request, response) => {
    void request.toArray().then((parts) => {
      const { status, body } = taker.take(JSON.parse(Buffer.concat(parts as Buffer[]).toString('utf8')));
      response.writeHead(status).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  clock = fakeClock(0);
  const stamp = () => ({ at: clock.now(), monoMs: clock.monoMs(), clockTrusted: true });
  journal = await openJournal({ folder, log: silentLog, stamp, trustedNow: () => undefined });
  const to = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  upload = startPlayUpload({
    ...{ journal, key, clock, log: silentLog },
    server: () => to,
    screen: () => screen,
    backoff: backoff({ baseMs: 1_000, capMs: 60_000 }),
  });
});
afterEach(async () => {
  upload.stop();
  server.closeAllConnections();
  server.close();
  await journal.close();
  await rm(folder, { recursive: true });
});

const note = (count: number) =>
  journal.append(
    Array.from({ length: count }, (_, index) => ({ kind: 'note' as const, at: 0, monoMs: 0, clockTrusted: true, code: 'test', detail: `${index}` })),
  );
/** Lets time pass until something is so. */
const until = (check: () => void) =>
  vi.waitFor(
    () => {
      clock.pass(1_000);
      check();
    },
    { timeout: 5_000, interval: 5 },
  );
const received = () => taker.chains.get(journal.chain)?.length ?? 0;

test('sends everything in batches of at most five hundred', async () => {
  await note(1_100);
  upload.wake();
  await until(() => expect(received()).toBe(1_100));
  expect(taker.requests).toBe(3);
  await until(() => expect(journal.pending).toBe(0));
});

test('sends a batch again whose answer was lost, and each entry arrives once', async () => {
  let failures = 3;
  taker.respond = () => (failures-- > 0 ? 500 : 200);
  await note(10);
  upload.wake();
  await until(() => expect(journal.pending).toBe(0));
  expect(taker.requests).toBe(4);
  expect(received()).toBe(10);
});

test('sends what a restored server has lost', async () => {
  await note(10);
  upload.wake();
  await until(() => expect(journal.pending).toBe(0));
  taker.chains.set(journal.chain, (taker.chains.get(journal.chain) ?? []).slice(0, 4));
  await note(1);
  upload.wake();
  await until(() => expect(received()).toBe(11));
});

test('begins another chain when the server knows this one otherwise', async () => {
  await note(2);
  const { chain } = journal;
  taker.chains.set(chain, ['something else']);
  upload.wake();
  await until(() => expect(journal.chain).not.toBe(chain));
  await until(() => expect(taker.chains.get(journal.chain)?.[0]).toMatch(/batch-refused/));
  await until(() => expect(journal.pending).toBe(0));
});
