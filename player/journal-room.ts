// How much of the past the journal keeps. First goes what the server has and is older than thirty days; beyond the bound, what the server has, oldest first; at last whole chains that it never took.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chainsIn, segmentFiles, type SegmentFile } from './journal-chain.ts';
import type { ChainState } from './journal-head.ts';
import { readSegment } from './journal-lines.ts';

export interface RoomOptions {
  /** The journal's folder. */
  readonly folder: string;
  readonly current: ChainState;
  /** Chains that the server may not have whole, oldest first. */
  readonly earlier: readonly ChainState[];
  /** Trusted time before which nothing has to be kept; `undefined` when no time is trusted. */
  readonly before: number | undefined;
  readonly maxBytes: number;
}

interface Held extends SegmentFile {
  readonly chain: string;
  readonly isAcknowledged: boolean;
  /** The chain goes on in it. */
  readonly isOpen: boolean;
}

async function heldSegments({ folder, current, earlier }: RoomOptions): Promise<Held[]> {
  const owed = new Map([...earlier, current].map(({ chain, acknowledged }) => [chain, acknowledged]));
  const settled = (await chainsIn(folder)).filter((chain) => !owed.has(chain));
  const held: Held[] = [];
  for (const chain of [...settled, ...owed.keys()]) {
    const files = await segmentFiles(join(folder, chain));
    files.forEach((file, index) => {
      const next = files[index + 1];
      const isLast = next === undefined;
      // Where the last segment of an earlier chain ends is known only by reading it; it leaves with its chain.
      const isAcknowledged = !owed.has(chain) || (!isLast && next.first - 1 <= (owed.get(chain) ?? 0));
      held.push({ ...file, chain, isAcknowledged, isOpen: isLast && chain === current.chain });
    });
  }
  return held;
}

/** Latest trusted time in a segment; `undefined` when none of its entries was written at one. */
async function latestTrusted({ path }: SegmentFile): Promise<number | undefined> {
  const { lines } = readSegment(await readFile(path));
  return lines.findLast(({ entry }) => entry.clockTrusted)?.entry.at;
}

/** Segments, oldest first, of which everything was written before a time. What bears no trusted time is as old as what follows it in its chain. */
async function writtenBefore(held: readonly Held[], before: number): Promise<Held[]> {
  const old: Held[] = [];
  for (const chain of new Set(held.map((each) => each.chain))) {
    let undated: Held[] = [];
    for (const each of held.filter((segment) => segment.chain === chain)) {
      const at = await latestTrusted(each);
      undated.push(each);
      if (at === undefined) continue;
      if (at >= before) break;
      old.push(...undated);
      undated = [];
    }
  }
  return old;
}

export interface GivenUp {
  readonly chain: string;
  readonly bytes: number;
}

/** Removes what need not or cannot be kept. @returns chains given up though the server lacks them */
export async function makeRoomInJournal(options: RoomOptions): Promise<GivenUp[]> {
  const { folder, current, earlier, before, maxBytes } = options;
  let held = await heldSegments(options);
  const remove = async (gone: readonly Held[]) => {
    for (const { path } of gone) await rm(path, { force: true });
    const emptied = new Set(gone.map(({ chain }) => chain));
    held = held.filter((each) => !gone.includes(each));
    for (const { chain } of held) emptied.delete(chain);
    emptied.delete(current.chain);
    for (const chain of emptied) await rm(join(folder, chain), { recursive: true, force: true });
  };
  const total = () => held.reduce((sum, { bytes }) => sum + bytes, 0);
  const removable = () => held.filter(({ isAcknowledged, isOpen }) => isAcknowledged && !isOpen);

  if (before !== undefined) await remove(await writtenBefore(removable(), before));
  while (total() > maxBytes) {
    const [oldest] = removable();
    if (!oldest) break;
    await remove([oldest]);
  }
  const givenUp: GivenUp[] = [];
  for (const { chain } of earlier) {
    if (total() <= maxBytes) break;
    const gone = held.filter((each) => each.chain === chain);
    if (gone.length > 0) givenUp.push({ chain, bytes: gone.reduce((sum, { bytes }) => sum + bytes, 0) });
    await remove(gone);
  }
  return givenUp;
}
