// Any interleaving of journal writes, crashes and uploads leaves each play exactly once at the server: the real journal on a real folder, the real server with its database, and a line that fails.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playBatchSchema, playEntrySchema } from '../core/play.ts';
import { playerPaths } from '../core/protocol.ts';
import { envelopeSchema } from '../core/signed.ts';
import { backoff } from '../player/backoff.ts';
import { signingKey, newPrivateKey, sha256 } from '../player/ed25519.ts';
import { openJournal, type Journal, type Stamp } from '../player/journal.ts';
import { startPlayUpload, type PlayUpload } from '../player/play-upload.ts';
import { silentLog } from '../player/testing/bench-player.ts';
import { fakeClock } from '../player/testing/fake-clock.ts';
import { keyId } from '../server/keys/ed25519.ts';
import { startTestServer, type TestServer } from '../server/testing/test-server.ts';
import { bindKey, listScreens } from '../server/screens/screen-store.ts';
import { journalOf, storedAt, type WrittenEntry } from './support/plays.ts';

const whole = process.env['TEST_FULL'] === '1';
const runs = whole ? 300 : 25;

type LineMode = 'good' | 'answer lost' | 'request lost' | 'sent twice' | 'late copy';

describe('each play once', () => {
  const key = signingKey(newPrivateKey());
  let server: TestServer;
  let screen: string;
  let mode: LineMode = 'good';
  /** A batch that comes again long after. */
  let late: Buffer | undefined;
  let onSent: (texts: readonly string[]) => void = () => undefined;

  const forward = async (body: Buffer) => {
    const answer = await fetch(`${server.url}${playerPaths.plays}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array(body),
    });
    return { status: answer.status, text: await answer.text() };
  };
  /** The line between player and server. */
  const carry = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = Buffer.concat((await request.toArray()) as Buffer[]);
    const { payload } = envelopeSchema.parse(JSON.parse(body.toString('utf8')));
    onSent(playBatchSchema.parse(JSON.parse(payload)).entries);
    if (mode === 'request lost') return void request.socket.destroy();
    if (mode === 'late copy' && late) await forward(late);
    const first = await forward(body);
    const answer = mode === 'sent twice' ? await forward(body) : first;
    late = body;
    if (mode === 'answer lost') return void request.socket.destroy();
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.text);
  };
  // A server that has just been replaced breaks its connections off.
  const line = createServer((request, response) => void carry(request, response).catch(() => request.socket.destroy()));

  beforeAll(async () => {
    expect(keyId(key.publicKey)).toBe(key.id);
    server = await startTestServer();
    const [first] = await listScreens(server.context.db);
    screen = first?.id ?? '';
    await bindKey(server.context.db, screen, key.publicKey, Date.now());
    await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    line.closeAllConnections();
    line.close();
    await server.end();
  });

  /** A box: a folder, and the journal that is open on it. A crash leaves the folder as the disk has it. */
  async function openBox() {
    let folder = mkdtempSync(join(tmpdir(), 'ihanoi once '));
    const clock = fakeClock(Date.UTC(2026, 10, 24));
    const stamp = (): Stamp => ({ at: clock.now(), monoMs: clock.monoMs(), clockTrusted: true });
    const open = () => openJournal({ folder, log: silentLog, stamp, trustedNow: () => undefined, segmentBytes: 1_500 });
    let journal: Journal = await open();
    let upload: PlayUpload | undefined;
    let opened: number | undefined;
    /** Entries of which `append` said that they are on disk. */
    const durable = new Set<string>();
    const remember = (entries: readonly WrittenEntry[]) => entries.forEach(({ hash }) => durable.add(hash));

    const startUpload = () => {
      const to = `http://127.0.0.1:${(line.address() as AddressInfo).port}`;
      const waits = backoff({ baseMs: 1_000, capMs: 4_000 });
      upload = startPlayUpload({ journal, key, server: () => to, screen: () => screen, clock, backoff: waits, log: silentLog });
    };
    const turn = () => {
      clock.pass(10_000);
      const at = stamp();
      const closing = opened === undefined ? [] : [{ kind: 'close' as const, ...at, opened, outcome: 'complete' as const }];
      opened = journal.next + closing.length;
      const item = `item-${opened}`;
      return journal.append([
        ...closing,
        { kind: 'open', ...at, manifest: 'factory', item, scene: 'message', plannedStart: at.at, plannedEnd: at.at + 10_000 },
      ]);
    };
    const chainFolder = (of: string) => join(of, 'journal', journal.chain);
    const reopenOn = async (copy: string) => {
      upload?.stop();
      upload = undefined;
      await journal.close();
      rmSync(folder, { recursive: true, force: true });
      folder = copy;
      journal = await open();
      opened = undefined;
      remember(journalOf(folder));
    };
    const copyOfDisk = () => {
      const copy = mkdtempSync(join(tmpdir(), 'ihanoi once '));
      cpSync(folder, copy, { recursive: true });
      return copy;
    };

    onSent = (texts) => {
      const onDisk = new Set(journalOf(folder).map(({ hash }) => hash));
      for (const text of texts) expect(onDisk.has(sha256(text)), 'nothing leaves the box that is not on its disk').toBe(true);
    };
    return {
      durable,
      async play(turns: number) {
        for (let count = 0; count < turns; count += 1) await turn();
        remember(journalOf(folder));
      },
      crash: () => reopenOn(copyOfDisk()),
      /** The power fails while the last write is on its way: any part of it is on disk. */
      async crashInWrite(share: number) {
        const before = journalOf(folder);
        await turn();
        const copy = copyOfDisk();
        const last = readdirSync(chainFolder(copy)).sort().at(-1) ?? '';
        const path = join(chainFolder(copy), last);
        const bytes = readFileSync(path);
        const known = before.filter(({ entry }) => bytes.includes(`"prev":"${entry.prev}"`)).length;
        const lines = bytes.toString('utf8').split('\n');
        const sure = lines.slice(0, known).reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0);
        truncateSync(path, sure + Math.floor((bytes.length - sure) * share));
        await reopenOn(copy);
      },
      async loseHead(copies: readonly string[]) {
        const copy = copyOfDisk();
        for (const name of copies) rmSync(join(copy, `journal.${name}.json`), { force: true });
        await reopenOn(copy);
      },
      /** Lets the upload work for some tries, while plays go on. */
      async send(tries: number, meanwhile: number) {
        if (!upload) startUpload();
        upload?.wake();
        const playing = meanwhile > 0 ? turn() : Promise.resolve();
        for (let count = 0; count < tries; count += 1) {
          clock.pass(8_000);
          await new Promise((resolve) => setTimeout(resolve, 4));
        }
        await playing;
        remember(journalOf(folder));
      },
      async settle() {
        mode = 'good';
        // A line that failed and a new one look the same to the sender.
        if (!upload) startUpload();
        const patience = AbortSignal.timeout(60_000);
        while (!patience.aborted) {
          upload?.wake();
          clock.pass(8_000);
          await new Promise((resolve) => setTimeout(resolve, 2));
          if (journal.pending === 0 && (await journal.nextBatch(1)) === undefined) break;
        }
        upload?.stop();
        await journal.close();
        return journalOf(folder);
      },
      end: () => rmSync(folder, { recursive: true, force: true }),
    };
  }

  const step = fc.oneof(
    fc.record({ do: fc.constant('play' as const), turns: fc.integer({ min: 1, max: 6 }) }),
    fc.record({ do: fc.constant('crash' as const) }),
    fc.record({ do: fc.constant('crash in write' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ do: fc.constant('lose head' as const), copies: fc.constantFrom(['a'], ['b'], ['a', 'b']) }),
    fc.record({
      do: fc.constant('send' as const),
      line: fc.constantFrom<LineMode>('good', 'answer lost', 'request lost', 'sent twice', 'late copy'),
      tries: fc.integer({ min: 1, max: 3 }),
      meanwhile: fc.integer({ min: 0, max: 1 }),
    }),
    fc.record({ do: fc.constant('restart server' as const) }),
  );

  it('fault 5, fault 15 and fault 39: no play is lost or doubled, whatever happens in between', { timeout: whole ? 1_200_000 : 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), async (steps) => {
        mode = 'good';
        late = undefined;
        const box = await openBox();
        try {
          for (const each of steps) {
            if (each.do === 'play') await box.play(each.turns);
            else if (each.do === 'crash') await box.crash();
            else if (each.do === 'crash in write') await box.crashInWrite(each.share);
            else if (each.do === 'lose head') await box.loseHead(each.copies);
            else if (each.do === 'restart server') server = await server.again();
            else {
              ({ line: mode } = each);
              await box.send(each.tries, each.meanwhile);
            }
          }
          const written = await box.settle();
          const hashes = new Set(written.map(({ hash }) => hash));
          expect(
            [...box.durable].filter((hash) => !hashes.has(hash)),
            'what was on disk is on disk',
          ).toEqual([]);
          const chains = new Set(written.map(({ chain }) => chain));
          const stored = storedAt(server.folder).filter(({ chain }) => chains.has(chain));
          expect(stored.map(({ hash }) => hash).sort()).toEqual([...hashes].sort());
          const opens = written.flatMap(({ entry }) => (playEntrySchema.parse(entry).kind === 'open' ? [entry.seq] : []));
          const closes = written.flatMap(({ chain, entry }) => (entry.kind === 'close' ? [`${chain}/${entry.opened}`] : []));
          expect(new Set(closes).size).toBe(closes.length);
          expect(opens.length - closes.length).toBeLessThanOrEqual(chains.size);
        } finally {
          box.end();
        }
      }),
      { numRuns: runs, seed: 311, endOnFailure: !whole },
    );
  });
});
