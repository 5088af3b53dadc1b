// The play journal: append-only, hash-chained, flushed with every write, kept until the server has it and for thirty days. Without a disk it lives in memory.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { firstPrev } from '../core/play.ts';
import { openSegment, readAfter, recoverTail, removeOld, removeOldChains, type SegmentWriter } from './journal-chain.ts';
import { writeLine, type Draft, type Line, type Link } from './journal-lines.ts';
import { faultText, type Log } from './log.ts';
import { serial } from './serial.ts';
import { openTwoCopies } from './two-copies.ts';

const chainSchema = z.object({ chain: z.uuid(), acknowledged: z.int().min(0) });
/** The chain that is written, and earlier ones that the server may not have whole. */
const headSchema = z.object({ ...chainSchema.shape, earlier: z.array(chainSchema).max(50) });

export interface Batch {
  readonly chain: string;
  readonly texts: readonly string[];
  readonly last: number;
}

/** What is written next follows from the clock alone. */
export type Stamp = Pick<Draft, 'at' | 'monoMs' | 'clockTrusted'>;

export interface Journal {
  readonly chain: string;
  readonly last: number;
  readonly pending: number;
  /** One write, one flush; the entries get their numbers at once and in this order. */
  append(drafts: readonly Draft[]): Promise<void>;
  /** Numbers that `append` would give next. */
  readonly next: number;
  /** Entries that the server does not have, oldest chain first. */
  nextBatch(max: number): Promise<Batch | undefined>;
  acknowledge(chain: string, seq: number): Promise<void>;
  /** Leaves the chain that is written, because it is damaged, and begins another. What holds of it is still sent. */
  beginAnew(code: string, detail: string): Promise<void>;
  /** Sends nothing of a chain any more, because the server refuses it. */
  abandon(chain: string, code: string, detail: string): Promise<void>;
  close(): Promise<void>;
}

export interface JournalOptions {
  readonly folder: string;
  readonly log: Log;
  readonly stamp: () => Stamp;
  /** The trusted time, for what is older than thirty days; `undefined` when there is none. */
  readonly trustedNow: () => number | undefined;
  readonly segmentBytes?: number;
}

const keptMs = 30 * 24 * 3_600_000;
const keptInMemory = 1_000;
const longestUnsaved = 20_000;
const start: Link = { seq: 0, hash: firstPrev };

export async function openJournal({ folder, log, stamp, trustedNow, segmentBytes = 256 * 1_024 }: JournalOptions): Promise<Journal> {
  const inOrder = serial();
  const head = await openTwoCopies({ folder, name: 'journal', schema: headSchema, log });
  const state = () => head.value ?? { chain: '', acknowledged: 0, earlier: [] };
  const folderOf = (chain: string) => join(folder, 'journal', chain);

  let link = start;
  /** The newest lines; those after `saved` are not on disk yet. */
  let recent: Line[] = [];
  let saved = 0;
  let writer: SegmentWriter | undefined;

  const forgetOld = async (before: number) => {
    const { chain, acknowledged, earlier } = state();
    await removeOld(folderOf(chain), acknowledged, before);
    await removeOldChains(join(folder, 'journal'), new Set([chain, ...earlier.map((each) => each.chain)]), before);
  };

  const flush = async () => {
    const unsaved = recent.filter(({ entry }) => entry.seq > saved);
    const [first] = unsaved;
    const last = unsaved.at(-1);
    if (!first || !last) return;
    // A segment begins with the opening of a play, so that an open play always stands in the last one.
    if (writer && writer.bytes > segmentBytes && unsaved.some(({ entry }) => entry.kind === 'open')) {
      await writer.close();
      writer = undefined;
      const now = trustedNow();
      if (now !== undefined) await forgetOld(now - keptMs);
    }
    writer ??= await openSegment(folderOf(state().chain), first.entry.seq);
    await writer.append(unsaved);
    saved = last.entry.seq;
    if (recent.length > keptInMemory) recent = recent.slice(-keptInMemory);
  };
  const save = () => inOrder(flush).catch((fault: unknown) => log.error({ fault: faultText(fault) }, 'plays cannot be written now and are kept in memory'));

  const append = async (drafts: readonly Draft[]) => {
    for (const draft of drafts) {
      const line = writeLine(draft, link);
      link = { seq: line.entry.seq, hash: line.hash };
      recent.push(line);
    }
    await save();
    if (link.seq - saved > longestUnsaved) await beginAnew('journal-lost', `${link.seq - saved} entries`);
  };

  const beginAnew = async (code: string, detail: string) => {
    const { chain, acknowledged, earlier } = state();
    await inOrder(async () => {
      await writer?.close().catch(() => undefined);
      writer = undefined;
      [link, recent, saved] = [start, [], 0];
      await head.write({ chain: randomUUID(), acknowledged: 0, earlier: chain === '' ? [] : [...earlier, { chain, acknowledged }].slice(-50) });
    });
    if (code !== '') await append([{ kind: 'note', ...stamp(), code, detail }]);
  };

  const open = async () => {
    if (!head.value) return beginAnew('', '');
    const { lines, tornBytes, isDamaged } = await recoverTail(folderOf(state().chain));
    const last = lines.at(-1);
    const lastSeq = last?.entry.seq ?? 0;
    if (isDamaged || lastSeq < state().acknowledged) {
      return beginAnew('chain-lost', `chain ${state().chain} ${isDamaged ? 'is damaged' : `ends at ${lastSeq}, acknowledged to ${state().acknowledged}`}`);
    }
    if (last) {
      link = { seq: lastSeq, hash: last.hash };
      saved = lastSeq;
      recent = lines.slice(-keptInMemory);
      writer = await openSegment(folderOf(state().chain), lines[0]?.entry.seq ?? 1);
    }
    const drafts: Draft[] = [];
    const opened = lines.findLast(({ entry }) => entry.kind !== 'note')?.entry;
    // Nobody saw the play end: it counts up to the last entry that was written.
    if (opened?.kind === 'open' && last) {
      const { at, monoMs, clockTrusted } = last.entry;
      drafts.push({ kind: 'close', at, monoMs, clockTrusted, opened: opened.seq, outcome: 'interrupted', reason: 'restart' });
    }
    if (tornBytes > 0) drafts.push({ kind: 'note', ...stamp(), code: 'torn-tail', detail: `${tornBytes} bytes` });
    if (drafts.length > 0) await append(drafts);
  };
  await open().catch(async (fault: unknown) => {
    log.error({ fault: faultText(fault) }, 'the journal cannot be opened');
    await beginAnew('chain-lost', faultText(fault));
  });

  return {
    get chain() {
      return state().chain;
    },
    get last() {
      return link.seq;
    },
    get next() {
      return link.seq + 1;
    },
    get pending() {
      return Math.max(0, link.seq - state().acknowledged);
    },
    append,
    nextBatch: (max) =>
      inOrder(async () => {
        for (const { chain, acknowledged } of state().earlier) {
          const lines = await readAfter(folderOf(chain), acknowledged, max);
          const last = lines.at(-1);
          if (last) return { chain, texts: lines.map(({ text }) => text), last: last.entry.seq };
          await head.write({ ...state(), earlier: state().earlier.filter((each) => each.chain !== chain) });
        }
        const { chain, acknowledged } = state();
        const inMemory = (recent[0]?.entry.seq ?? Infinity) <= acknowledged + 1;
        const lines = inMemory ? recent.filter(({ entry }) => entry.seq > acknowledged).slice(0, max) : await readAfter(folderOf(chain), acknowledged, max);
        const last = lines.at(-1);
        return last ? { chain, texts: lines.map(({ text }) => text), last: last.entry.seq } : undefined;
      }),
    async acknowledge(chain, seq) {
      const now = state();
      if (chain === now.chain) await head.write({ ...now, acknowledged: Math.min(seq, link.seq) });
      else await head.write({ ...now, earlier: now.earlier.map((each) => (each.chain === chain ? { chain, acknowledged: seq } : each)) });
    },
    beginAnew,
    async abandon(chain, code, detail) {
      if (chain === state().chain) await beginAnew(code, detail);
      await head.write({ ...state(), earlier: state().earlier.filter((each) => each.chain !== chain) });
    },
    async close() {
      await save();
      await inOrder(async () => writer?.close());
      await head.settled();
    },
  };
}
