// The play journal: append-only, hash-chained, flushed with every write, kept until the server has it and for thirty days. Without a disk it lives in memory.
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { firstPrev } from '../core/play.ts';
import { openSegment, readAfter, recoverTail, segmentFiles, SegmentLost, segmentPath, type SegmentWriter } from './journal-chain.ts';
import { openJournalHead } from './journal-head.ts';
import { writeLine, type Draft, type Line, type Link } from './journal-lines.ts';
import { makeRoomInJournal } from './journal-room.ts';
import { faultText, type Log } from './log.ts';
import { serial } from './serial.ts';

export interface Batch {
  readonly chain: string;
  readonly texts: readonly string[];
  readonly last: number;
}

/** What to send next: entries; nothing now, because the disk has not taken them yet; nothing more that holds, though more was written. */
export type Next = Batch | 'later' | 'damaged' | undefined;

/** What is written next follows from the clock alone. */
export type Stamp = Pick<Draft, 'at' | 'monoMs' | 'clockTrusted'>;

export interface Journal {
  readonly chain: string;
  readonly last: number;
  readonly pending: number;
  /** The last entry that is on disk for good: the box can never honestly deny it again. */
  readonly anchor: { readonly seq: number; readonly hash: string } | undefined;
  /** Entries that only the memory holds, because the disk refuses them. */
  readonly unsaved: number;
  /** The chain is long enough to be followed by another one, at the next border of turns. */
  readonly isLong: boolean;
  /** One write, one flush; the entries get their numbers at once and in this order. */
  append(drafts: readonly Draft[]): Promise<void>;
  /** Numbers that `append` would give next. */
  readonly next: number;
  /** Entries that the server does not have, oldest chain first. */
  nextBatch(max: number): Promise<Next>;
  acknowledge(chain: string, seq: number): Promise<void>;
  /** Leaves the chain that is written and begins another. What holds of it is still sent. */
  beginAnew(code: string, detail: string): Promise<void>;
  /** Sends nothing of a chain any more, because the server refuses it. */
  abandon(chain: string, code: string, detail: string): Promise<void>;
  /** Called when another chain is written from now on. */
  onNewChain(listener: () => void): void;
  close(): Promise<void>;
}

export interface JournalOptions {
  readonly folder: string;
  readonly log: Log;
  readonly stamp: () => Stamp;
  /** The trusted time, for what is older than thirty days; `undefined` when there is none. */
  readonly trustedNow: () => number | undefined;
  readonly segmentBytes?: number;
  /** A write failed; there may be room for the next one when this ends. */
  readonly troubled?: (fault: unknown) => Promise<void>;
  /** What the journal may take of the disk. */
  readonly maxBytes?: number;
}

const keptMs = 30 * 24 * 3_600_000;
/** Thirty days of turns of a second, the shortest that there are; of usual turns the plays of many months. */
const defaultMaxBytes = 2_560 * 2 ** 20;
const keptInMemory = 1_000;
const longestUnsaved = 20_000;
/** What a flush did not take may still be taken by the next one; only after this is the disk given up, and the memory sent. */
const heldBackMs = 60_000;
/** A chain is at most this part of the bound, so that giving one up gives up little. */
const chainsInBound = 8;
const start: Link = { seq: 0, hash: firstPrev };

export async function openJournal({
  folder,
  log,
  stamp,
  trustedNow,
  troubled,
  segmentBytes = 256 * 1_024,
  maxBytes = defaultMaxBytes,
}: JournalOptions): Promise<Journal> {
  const inOrder = serial();
  const head = await openJournalHead(folder, randomUUID(), log);
  const chains = join(folder, 'journal');
  const folderOf = (chain: string) => join(chains, chain);
  const listeners: (() => void)[] = [];

  let link = start;
  /** The newest lines; those after `saved` are not on disk yet. */
  let recent: Line[] = [];
  let saved = start;
  /** The segment in which the chain goes on, and what is in it for good. */
  let segment: { first: number; bytes: number } | undefined;
  let writer: SegmentWriter | undefined;
  let chainBytes = 0;
  let failingSinceMs: number | undefined;

  const letGo = async () => {
    const left = writer;
    writer = undefined;
    // What it wrote is flushed already; a handle that cannot be closed keeps nothing back.
    await left?.close().catch((fault: unknown) => log.warn({ fault: faultText(fault) }, 'a segment of the journal cannot be closed'));
  };

  const makeRoom = async () => {
    const now = trustedNow();
    try {
      const { current, earlier } = head;
      const givenUp = await makeRoomInJournal({ folder: chains, current, earlier, before: now === undefined ? undefined : now - keptMs, maxBytes });
      for (const { chain, bytes } of givenUp) {
        log.error({ chain, bytes }, 'the journal is full: plays that the server never took are given up');
        await head.settle(chain);
        write([{ kind: 'note', ...stamp(), code: 'journal-full', detail: `chain ${chain}, ${bytes} bytes` }]);
      }
    } catch (fault) {
      log.warn({ fault: faultText(fault) }, 'old segments of the journal cannot be removed');
    }
  };

  const unsaved = () => recent.filter(({ entry }) => entry.seq > saved.seq);
  const isBorder = (lines: readonly Line[]) => lines.some(({ entry }) => entry.kind === 'open');

  const flush = async () => {
    let lines = unsaved();
    if (lines.length === 0) return;
    // A segment begins where a play is opened, so that an open play always stands in the last one.
    if (segment && segment.bytes > segmentBytes && isBorder(lines)) {
      await letGo();
      segment = undefined;
      await makeRoom();
      lines = unsaved();
    }
    const [first] = lines;
    const last = lines.at(-1);
    if (!first || !last) return;
    segment ??= { first: first.entry.seq, bytes: 0 };
    const { chain } = head.current;
    writer ??= await openSegment(folderOf(chain), segment.first, segment.bytes);
    await writer.append(lines);
    chainBytes += writer.bytes - segment.bytes;
    segment = { first: segment.first, bytes: writer.bytes };
    saved = { seq: last.entry.seq, hash: last.hash };
    failingSinceMs = undefined;
    if (recent.length > keptInMemory) recent = recent.slice(-keptInMemory);
  };

  /** A failed flush may have lost what was written before it returned, so its lines are written again, to a file that is opened anew. */
  const failed = async (fault: unknown) => {
    failingSinceMs ??= stamp().monoMs;
    log.error({ fault: faultText(fault), unsaved: link.seq - saved.seq }, 'plays cannot be written now and are kept in memory');
    await letGo();
    await troubled?.(fault);
    if (!(fault instanceof SegmentLost) || !segment) return;
    const { first } = segment;
    const oldest = recent.find(({ entry }) => entry.seq >= first);
    if (!oldest) return;
    // What the memory still has of a lost segment is written to another one, at once.
    await rm(segmentPath(folderOf(head.current.chain), first), { force: true });
    segment = undefined;
    saved = { seq: oldest.entry.seq - 1, hash: oldest.entry.prev };
    await flush();
  };
  const notWritten = (fault: unknown) =>
    failed(fault).catch((again: unknown) => log.error({ fault: faultText(again) }, 'a lost segment cannot be written again'));
  const save = () => inOrder(() => flush().catch(notWritten));

  const write = (drafts: readonly Draft[]) => {
    for (const draft of drafts) {
      const line = writeLine(draft, link);
      link = { seq: line.entry.seq, hash: line.hash };
      recent.push(line);
    }
  };

  /** The memory is bounded too: what the server has leaves it first, then all that neither disk nor server took. */
  const boundMemory = async () => {
    if (link.seq - saved.seq <= longestUnsaved) return;
    const { acknowledged } = head.current;
    const known = recent.find(({ entry }) => entry.seq === acknowledged);
    if (known) {
      saved = { seq: acknowledged, hash: known.hash };
      segment = undefined;
      recent = unsaved();
    }
    const lost = link.seq - saved.seq;
    if (lost > longestUnsaved / 2) await beginAnew('journal-lost', `entries ${saved.seq + 1} to ${link.seq} of chain ${head.current.chain}`);
  };

  const append = async (drafts: readonly Draft[]) => {
    write(drafts);
    await save();
    await boundMemory();
  };

  const beginAnew = async (code: string, detail: string, isOwed = true) => {
    await inOrder(async () => {
      await flush().catch(notWritten);
      await letGo();
      [link, recent, saved, segment, chainBytes] = [start, [], start, undefined, 0];
      const begun = head.begin(randomUUID(), { code, detail }, isOwed);
      write([{ kind: 'note', ...stamp(), code, detail }]);
      await begun;
      await flush().catch(notWritten);
    });
    listeners.forEach((listener) => listener());
  };

  const open = async () => {
    const { chain, acknowledged } = head.current;
    const { first, lines, bytes, tornBytes, isDamaged } = await recoverTail(folderOf(chain));
    const last = lines.at(-1);
    const lastSeq = last?.entry.seq ?? 0;
    if (isDamaged || lastSeq < acknowledged) {
      return beginAnew('chain-lost', `chain ${chain} ${isDamaged ? 'is damaged' : `ends at ${lastSeq}, acknowledged to ${acknowledged}`}`);
    }
    const drafts: Draft[] = [];
    if (last) {
      link = { seq: lastSeq, hash: last.hash };
      saved = link;
      recent = lines.slice(-keptInMemory);
      segment = { first, bytes };
      chainBytes = (await segmentFiles(folderOf(chain))).reduce((sum, file) => sum + file.bytes, 0);
    } else if (head.why) drafts.push({ kind: 'note', ...stamp(), ...head.why });
    const opened = lines.findLast(({ entry }) => entry.kind !== 'note')?.entry;
    // Nobody saw the play end: it counts up to the last entry that was written.
    if (opened?.kind === 'open' && last) {
      const { at, monoMs, clockTrusted } = last.entry;
      drafts.push({ kind: 'close', at, monoMs, clockTrusted, opened: opened.seq, outcome: 'interrupted', reason: 'restart' });
    }
    if (tornBytes > 0) drafts.push({ kind: 'note', ...stamp(), code: 'torn-tail', detail: `${tornBytes} bytes` });
    if (head.found !== undefined) drafts.push({ kind: 'note', ...stamp(), code: 'chain-found', detail: head.found });
    if (drafts.length > 0) await append(drafts);
  };
  await open().catch(async (fault: unknown) => {
    log.error({ fault: faultText(fault) }, 'the journal cannot be opened');
    await beginAnew('chain-lost', faultText(fault));
  });
  await inOrder(makeRoom);
  await save();

  /** What may leave the box: only what is on disk, so that a power cut never makes it tell another story; and the memory once the disk is given up. */
  const sendable = () => (failingSinceMs !== undefined && stamp().monoMs - failingSinceMs >= heldBackMs ? link.seq : saved.seq);

  return {
    get chain() {
      return head.current.chain;
    },
    get last() {
      return link.seq;
    },
    get next() {
      return link.seq + 1;
    },
    get pending() {
      return Math.max(0, link.seq - head.current.acknowledged);
    },
    get anchor() {
      return saved.seq > 0 && saved.seq <= link.seq ? saved : undefined;
    },
    get unsaved() {
      return failingSinceMs === undefined ? 0 : link.seq - saved.seq;
    },
    get isLong() {
      return chainBytes > maxBytes / chainsInBound;
    },
    append,
    nextBatch: (max) =>
      inOrder(async (): Promise<Next> => {
        if (failingSinceMs !== undefined) await flush().catch(notWritten);
        for (const { chain, acknowledged } of head.earlier) {
          const lines = await readAfter(folderOf(chain), acknowledged, max);
          const last = lines.at(-1);
          if (last) return { chain, texts: lines.map(({ text }) => text), last: last.entry.seq };
          await head.settle(chain);
        }
        const { chain, acknowledged } = head.current;
        const until = sendable();
        if (until <= acknowledged) return link.seq > acknowledged ? 'later' : undefined;
        const inMemory = (recent[0]?.entry.seq ?? Infinity) <= acknowledged + 1;
        const found = inMemory ? recent.filter(({ entry }) => entry.seq > acknowledged).slice(0, max) : await readAfter(folderOf(chain), acknowledged, max);
        const lines = found.filter(({ entry }) => entry.seq <= until);
        const last = lines.at(-1);
        return last ? { chain, texts: lines.map(({ text }) => text), last: last.entry.seq } : 'damaged';
      }),
    acknowledge: (chain, seq) => head.acknowledge(chain, chain === head.current.chain ? Math.min(seq, link.seq) : seq),
    beginAnew,
    async abandon(chain, code, detail) {
      if (chain === head.current.chain) return beginAnew(code, detail, false);
      await head.settle(chain);
      await append([{ kind: 'note', ...stamp(), code, detail }]);
    },
    onNewChain: (listener) => void listeners.push(listener),
    async close() {
      await save();
      await inOrder(letGo);
      await head.settled();
    },
  };
}
