// What is known of the journal's chains beside their entries: which one is written, and what the server has of each. Two copies; what both lost is found again by looking at the folder.
import { join } from 'node:path';
import { z } from 'zod';
import { chainsIn, segmentFiles } from './journal-chain.ts';
import type { Log } from './log.ts';
import { openTwoCopies } from './two-copies.ts';

const chainSchema = z.object({ chain: z.uuid(), acknowledged: z.int().min(0) });
export type ChainState = z.infer<typeof chainSchema>;

const maxEarlier = 50;
const maxSettled = 200;
const headSchema = z.object({
  ...chainSchema.shape,
  /** Chains that the server may not have whole, oldest first. */
  earlier: z.array(chainSchema).max(maxEarlier),
  /** Chains of which nothing is owed any more. */
  settled: z.array(z.uuid()).max(maxSettled).default([]),
  /** Why the chain that is written was begun, to be its first entry. */
  why: z.object({ code: z.string(), detail: z.string() }).optional(),
});
type Head = z.infer<typeof headSchema>;
export type Why = NonNullable<Head['why']>;

export interface JournalHead {
  readonly current: ChainState;
  readonly earlier: readonly ChainState[];
  readonly why: Why | undefined;
  /** What was found on disk and not in the head, in words; absent when nothing. */
  readonly found: string | undefined;
  /** Another chain is written from now on. @param owed whether the server may lack something of the one before */
  begin(chain: string, why: Why | undefined, owed: boolean): Promise<void>;
  acknowledge(chain: string, seq: number): Promise<void>;
  /** Nothing of a chain is owed any more. */
  settle(chain: string): Promise<void>;
  settled(): Promise<void>;
}

/** Chains on disk, the one that was written last at the end. */
async function chainsByAge(folder: string): Promise<string[]> {
  const chains: { chain: string; writtenAt: number }[] = [];
  for (const chain of await chainsIn(folder)) {
    const files = await segmentFiles(join(folder, chain));
    if (files.length > 0) chains.push({ chain, writtenAt: Math.max(...files.map(({ writtenAt }) => writtenAt)) });
  }
  return chains.sort((a, b) => a.writtenAt - b.writtenAt).map(({ chain }) => chain);
}

/** @param newChain the id to begin with where there is none */
export async function openJournalHead(folder: string, newChain: string, log: Log): Promise<JournalHead> {
  const file = await openTwoCopies({ folder, name: 'journal', schema: headSchema, log });
  const onDisk = await chainsByAge(join(folder, 'journal')).catch(() => []);
  const kept = file.value;
  const known = kept ? [kept.chain, ...kept.earlier.map(({ chain }) => chain), ...kept.settled] : [];
  const unknown = onDisk.filter((chain) => !known.includes(chain));
  // The server says itself what it has of a chain, so nothing is sent twice for long.
  const owed = (chains: readonly string[]) => chains.map((chain) => ({ chain, acknowledged: 0 }));
  let found: string | undefined;
  let fresh: Head | undefined;
  if (!kept) {
    const newest = unknown.at(-1);
    if (newest !== undefined) found = `the head was lost, ${unknown.length} chains were found`;
    fresh = { chain: newest ?? newChain, acknowledged: 0, earlier: owed(unknown.slice(-maxEarlier - 1, -1)), settled: [] };
  } else if (unknown.length > 0) {
    found = `${unknown.length} chains were found that the head does not name`;
    fresh = { ...kept, earlier: [...owed(unknown), ...kept.earlier].slice(-maxEarlier) };
  }
  let head: Head = fresh ?? kept ?? { chain: newChain, acknowledged: 0, earlier: [], settled: [] };
  const write = async (next: Head) => {
    head = next;
    await file.write(next);
  };
  if (fresh) await write(fresh);

  const without = (chain: string) => head.earlier.filter((each) => each.chain !== chain);
  return {
    get current() {
      return { chain: head.chain, acknowledged: head.acknowledged };
    },
    get earlier() {
      return head.earlier;
    },
    get why() {
      return head.why;
    },
    found,
    begin(chain, why, isOwed) {
      const before = { chain: head.chain, acknowledged: head.acknowledged };
      const earlier = isOwed ? [...head.earlier, before] : head.earlier;
      const settled = isOwed ? head.settled : [...head.settled, before.chain];
      const given = earlier.slice(0, -maxEarlier).map((each) => each.chain);
      return write({
        ...{ chain, acknowledged: 0, earlier: earlier.slice(-maxEarlier), settled: [...settled, ...given].slice(-maxSettled) },
        ...(why ? { why } : {}),
      });
    },
    acknowledge(chain, seq) {
      if (chain === head.chain) return write({ ...head, acknowledged: seq });
      return write({ ...head, earlier: head.earlier.map((each) => (each.chain === chain ? { chain, acknowledged: seq } : each)) });
    },
    settle: (chain) => write({ ...head, earlier: without(chain), settled: [...head.settled, chain].slice(-maxSettled) }),
    settled: () => file.settled(),
  };
}
