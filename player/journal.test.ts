import { cp, mkdtemp, open as openFile, readdir, readFile, rm, truncate, writeFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readChain, type PlayEntry } from '../core/play.ts';
import { sha256 } from './ed25519.ts';
import { readAfter } from './journal-chain.ts';
import { openJournal, type Batch, type Journal, type Stamp } from './journal.ts';
import type { Draft } from './journal-lines.ts';
import { silentLog } from './testing/bench-player.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ihanoi-journal-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

let time = 1_000;
const stamp = (): Stamp => ({ at: (time += 10), monoMs: time, clockTrusted: true });
const open = (at = folder, segmentBytes = 2_000) => openJournal({ folder: at, log: silentLog, stamp, trustedNow: () => undefined, segmentBytes });
const opening = (item: string): Draft => ({ kind: 'open', ...stamp(), manifest: 'factory', item, scene: 'message', plannedStart: 0, plannedEnd: 10_000 });
const closing = (opened: number): Draft => ({ kind: 'close', ...stamp(), opened, outcome: 'complete' });

/** Plays so many turns, the last one left open. */
async function play(journal: Journal, turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    const { last } = journal;
    await journal.append(last === 0 ? [opening('first')] : [closing(last), opening(`item-${turn}`)]);
  }
}

async function entriesOf(journal: Journal, at = folder): Promise<PlayEntry[]> {
  const texts = (await readAfter(join(at, 'journal', journal.chain), 0, 100_000)).map(({ text }) => text);
  const read = readChain(texts, sha256);
  if (!read.ok) throw new Error(`${read.reason} at ${read.at}`);
  return read.entries;
}

async function batchOf(journal: Journal, max = 500): Promise<Batch> {
  const next = await journal.nextBatch(max);
  if (next === undefined || typeof next === 'string') throw new Error(`no batch but ${String(next)}`);
  return next;
}

const completed = (entries: readonly PlayEntry[]) => entries.filter((entry) => entry.kind === 'close' && entry.outcome === 'complete').length;
const lastSegment = async (journal: Journal) => {
  const chain = join(folder, 'journal', journal.chain);
  return join(chain, (await readdir(chain)).sort().at(-1) ?? '');
};

describe('journal', () => {
  test('keeps a valid chain over many segments', async () => {
    const journal = await open();
    await play(journal, 40);
    expect((await readdir(join(folder, 'journal', journal.chain))).length).toBeGreaterThan(3);
    const entries = await entriesOf(journal);
    expect(entries).toHaveLength(79);
    expect(completed(entries)).toBe(39);
  });

  test('goes on after a restart and closes what was open as interrupted, where it was last seen', async () => {
    const first = await open();
    await play(first, 3);
    await first.close();
    const second = await open();
    expect(second.chain).toBe(first.chain);
    const entries = await entriesOf(second);
    expect(entries.at(-1)).toMatchObject({ kind: 'close', outcome: 'interrupted', opened: 5, at: entries.at(-2)?.at });
  });

  test('killed at any byte: the chain stays valid, totals never rise, at most the last play is lost', async () => {
    const journal = await open();
    await play(journal, 12);
    await journal.close();
    const before = completed(await entriesOf(journal));
    const path = await lastSegment(journal);
    const { length } = await readFile(path);
    const whole = (await readFile(path, 'utf8')).split('\n');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: length }), async (bytes) => {
        const copy = await mkdtemp(join(tmpdir(), 'ihanoi-torn-'));
        await cp(folder, copy, { recursive: true });
        await truncate(path.replace(folder, copy), bytes);
        const lost = whole.length - (await readFile(path.replace(folder, copy), 'utf8')).split('\n').length;
        const reopened = await open(copy);
        const entries = await entriesOf(reopened, copy);
        const total = completed(entries);
        expect(total).toBeLessThanOrEqual(before);
        expect(total).toBeGreaterThanOrEqual(before - Math.ceil((lost + 1) / 2));
        const opens = entries.filter(({ kind }) => kind === 'open').map(({ seq }) => seq);
        const closes = entries.flatMap((entry) => (entry.kind === 'close' ? [entry.opened] : []));
        expect(closes).toEqual(opens);
        await reopened.append([opening('next')]);
        expect((await entriesOf(reopened, copy)).at(-1)).toMatchObject({ kind: 'open', item: 'next' });
        await reopened.close();
        await rm(copy, { recursive: true });
      }),
      { numRuns: 60 },
    );
  });

  test('reports a torn tail as a note', async () => {
    const journal = await open();
    await play(journal, 2);
    await journal.close();
    const path = await lastSegment(journal);
    await truncate(path, (await readFile(path)).length - 3);
    expect((await entriesOf(await open())).at(-1)).toMatchObject({ kind: 'note', code: 'torn-tail' });
  });

  test('begins another chain when one is damaged in its middle, and says so', async () => {
    const journal = await open(folder, 1_000_000);
    await play(journal, 6);
    await journal.close();
    const path = await lastSegment(journal);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('item-3', 'item-9'));
    const next = await open();
    expect(next.chain).not.toBe(journal.chain);
    expect((await entriesOf(next))[0]).toMatchObject({ seq: 1, kind: 'note', code: 'chain-lost' });
    const batch = await batchOf(next);
    expect(batch).toMatchObject({ chain: journal.chain });
    expect(batch.texts.length).toBeGreaterThan(3);
  });

  test('begins another chain when the disk lost what the server already has', async () => {
    const journal = await open();
    await play(journal, 6);
    await journal.acknowledge(journal.chain, journal.last);
    await journal.close();
    await truncate(await lastSegment(journal), 0);
    expect((await open()).chain).not.toBe(journal.chain);
  });

  test('hands out what is not acknowledged, from memory and from disk alike', async () => {
    const journal = await open();
    await play(journal, 30);
    await journal.acknowledge(journal.chain, 10);
    const fromMemory = await batchOf(journal, 20);
    await journal.close();
    const fromDisk = await batchOf(await open(), 20);
    expect(fromMemory.texts).toHaveLength(20);
    expect(fromMemory.last).toBe(30);
    expect(fromDisk).toEqual(fromMemory);
  });

  test('fault 12 and fault 15: holds plays in memory while the folder cannot be written, sends none before the disk is given up, and writes them when it can', async () => {
    const journal = await open();
    const chain = join(folder, 'journal', journal.chain);
    await rm(join(folder, 'journal'), { recursive: true, force: true });
    await writeFile(join(folder, 'journal'), 'in the way');
    await play(journal, 3);
    expect(journal).toMatchObject({ last: 5, unsaved: 5, anchor: undefined });
    expect(await journal.nextBatch(500)).toBe('later');
    time += 60_000;
    expect((await batchOf(journal)).last).toBe(5);
    await rm(join(folder, 'journal'));
    await play(journal, 1);
    expect(await readdir(chain)).toHaveLength(1);
    expect(await entriesOf(journal)).toHaveLength(7);
    expect(journal).toMatchObject({ unsaved: 0, anchor: { seq: 7 } });
  });

  test('fault 15: flushes with every write, and holds in memory what a failing flush may not have kept', async () => {
    const journal = await open();
    await play(journal, 1);
    const handle = await openFile(await lastSegment(journal));
    const flush = vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'datasync');
    await handle.close();
    try {
      await play(journal, 2);
      expect(flush).toHaveBeenCalledTimes(2);
      flush.mockRejectedValue(Object.assign(new Error('i/o error'), { code: 'EIO' }));
      await play(journal, 1);
      expect(journal).toMatchObject({ unsaved: 2, anchor: { seq: 5 } });
      expect((await batchOf(journal)).last).toBe(5);
      flush.mockReset();
      await play(journal, 1);
      expect(journal).toMatchObject({ unsaved: 0, anchor: { seq: 9 } });
      expect(await entriesOf(journal)).toHaveLength(9);
    } finally {
      flush.mockRestore();
    }
  });

  test('hands out nothing that a power cut could still take back', async () => {
    const journal = await open();
    await play(journal, 3);
    const appended = journal.append([closing(journal.last), opening('next')]);
    expect(await batchOf(journal)).toMatchObject({ last: journal.last });
    await appended;
    const path = await lastSegment(journal);
    const asked = [journal.nextBatch(500), journal.append([closing(journal.last), opening('after')]), readFile(path, 'utf8')] as const;
    const [batch, , onDisk] = await Promise.all(asked);
    for (const text of typeof batch === 'object' ? batch.texts : ['no batch']) expect(onDisk).toContain(text);
  });

  test('writes a segment again that was removed or cut while it was written', async () => {
    const journal = await open();
    await play(journal, 6);
    await rm(await lastSegment(journal));
    await play(journal, 1);
    expect(await entriesOf(journal)).toHaveLength(13);
    await truncate(await lastSegment(journal), 100);
    await play(journal, 1);
    expect(await entriesOf(journal)).toHaveLength(15);
    await journal.close();
    expect((await open()).chain).toBe(journal.chain);
  });

  test.each([['one copy', ['a']] as const, ['both copies', ['a', 'b']] as const])(
    'goes on with the same chain and owes the same plays when %s of its head are lost',
    async (_, copies) => {
      const journal = await open();
      await play(journal, 6);
      await journal.acknowledge(journal.chain, 4);
      await journal.close();
      for (const copy of copies) await rm(join(folder, `journal.${copy}.json`));
      const next = await open();
      expect(next.chain).toBe(journal.chain);
      const { texts } = await batchOf(next);
      expect((await entriesOf(next)).slice(-texts.length).map(({ seq }) => seq)).toEqual(texts.map((text) => (JSON.parse(text) as PlayEntry).seq));
      if (copies.length === 2) expect((await entriesOf(next)).at(-1)).toMatchObject({ kind: 'note', code: 'chain-found' });
    },
  );

  test('still sends a chain that no head names any more', async () => {
    const first = await open();
    await play(first, 4);
    await first.beginAnew('test', '');
    await play(first, 2);
    await first.close();
    for (const copy of ['a', 'b']) await rm(join(folder, `journal.${copy}.json`));
    const next = await open();
    const sent = new Set<string>();
    for (let batch = await next.nextBatch(500); typeof batch === 'object'; batch = await next.nextBatch(500)) {
      sent.add(batch.chain);
      await next.acknowledge(batch.chain, batch.last);
    }
    expect(sent.size).toBe(2);
  });

  test('says at its next start why a chain was begun, when the power failed before it could', async () => {
    const journal = await open();
    await play(journal, 2);
    await journal.beginAnew('batch-refused', 'chain x');
    await journal.close();
    await rm(await lastSegment(journal));
    expect(await entriesOf(await open())).toMatchObject([{ seq: 1, kind: 'note', code: 'batch-refused', detail: 'chain x' }]);
  });
});

describe('room', () => {
  const day = 24 * 3_600_000;
  const sizeOf = async () => {
    const files = (await readdir(join(folder, 'journal'), { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
    return (await Promise.all(files.map(async ({ parentPath, name }) => (await readFile(join(parentPath, name))).length))).reduce((a, b) => a + b, 0);
  };

  test('keeps thirty days also of what the server has, told by trusted time and not by the files', async () => {
    let now = 0;
    const journal = await openJournal({ folder, log: silentLog, stamp, trustedNow: () => now, segmentBytes: 500 });
    await play(journal, 20);
    await journal.acknowledge(journal.chain, journal.last);
    now = time + 29 * day;
    await play(journal, 2);
    expect((await entriesOf(journal))[0]?.seq).toBe(1);
    now = time + 31 * day;
    await play(journal, 4);
    const chain = join(folder, 'journal', journal.chain);
    const first = Number((await readdir(chain)).sort()[0]?.slice(0, 12));
    expect(first).toBeGreaterThan(30);
    expect((await readAfter(chain, first - 1, 100)).at(-1)?.entry.seq).toBe(journal.last);
  });

  test('keeps what the server lacks, however old it is', async () => {
    const journal = await openJournal({ folder, log: silentLog, stamp, trustedNow: () => time + 400 * day, segmentBytes: 500 });
    await play(journal, 40);
    expect((await entriesOf(journal))[0]?.seq).toBe(1);
  });

  test('beyond its bound gives up first what the server has, then whole chains that it never took, and says so', async () => {
    const options = { folder, log: silentLog, stamp, trustedNow: () => undefined, segmentBytes: 500, maxBytes: 40_000 };
    const journal = await openJournal(options);
    await play(journal, 100);
    const taken = journal.last;
    await journal.acknowledge(journal.chain, taken);
    while (journal.last < 400) await play(journal, 1);
    const chain = join(folder, 'journal', journal.chain);
    expect(Number((await readdir(chain)).sort()[0]?.slice(0, 12))).toBeGreaterThan(1);
    expect(journal.isLong).toBe(true);
    const lost = journal.chain;
    await journal.beginAnew('chain-follows', '');
    while (journal.chain !== lost && (await readdir(join(folder, 'journal'))).includes(lost)) await play(journal, 1);
    expect(await sizeOf()).toBeLessThan(options.maxBytes + 2_000);
    const notes = (await entriesOf(journal)).flatMap((entry) => (entry.kind === 'note' ? [entry] : []));
    expect(notes.some(({ code, detail }) => code === 'journal-full' && detail.includes(lost))).toBe(true);
    expect((await batchOf(journal)).chain).toBe(journal.chain);
  });
});
