import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstPrev, type PlayEntry } from '../core/play.ts';
import { allShown, shownAt, shownBetween, type ChainEntry } from './played.ts';

/** What happened on a screen: turns, dark times between them, power cuts, chains that were left. */
interface Happening {
  readonly kind: 'turn' | 'dark' | 'cut' | 'new chain';
  readonly ms: number;
  readonly standIn: boolean;
}

interface Truth {
  readonly from: number;
  readonly to: number;
  readonly item: string;
}

const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom('turn', 'turn', 'turn', 'dark', 'cut', 'new chain'),
  ms: fc.integer({ min: 1, max: 9 }),
  standIn: fc.boolean(),
});

/** Writes a journal as the player does, and beside it what a camera before the screen would have seen. */
function live(happenings: readonly Happening[]): { entries: ChainEntry[]; truth: Truth[]; end: number } {
  const entries: ChainEntry[] = [];
  const truth: Truth[] = [];
  let chain = 0;
  let seq = 0;
  let now = 100;
  const write = (entry: Record<string, unknown>) => {
    seq += 1;
    entries.push({ chain: `chain-${chain}`, entry: { seq, prev: firstPrev, at: now, monoMs: now, clockTrusted: true, ...entry } as PlayEntry });
    return seq;
  };
  for (const { kind, ms, standIn } of happenings) {
    if (kind === 'dark') now += ms;
    else if (kind === 'new chain') {
      chain += 1;
      seq = 0;
      write({ kind: 'note', code: 'test', detail: '' });
    } else {
      const item = `item-${truth.length}`;
      const substitute = standIn ? { substitute: { item: `instead of ${item}`, reason: 'quarantined' } } : {};
      const opened = write({ kind: 'open', manifest: 'factory', item, scene: 'message', plannedStart: now, plannedEnd: now + ms, ...substitute });
      const from = now;
      // Nobody saw a play end that a power cut ended: it counts up to the last entry that was written.
      if (kind === 'turn') now += ms;
      truth.push({ from, to: now, item: standIn ? `instead of ${item}` : item });
      write({ kind: 'close', opened, outcome: kind === 'cut' ? 'interrupted' : 'complete' });
      if (kind === 'cut') now += ms;
    }
  }
  return { entries, truth, end: now };
}

test('tells for every instant what was on screen, over restarts and chains', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 20 }), (happenings) => {
      const { entries, truth, end } = live(happenings);
      for (let at = 95; at <= end + 2; at += 1) {
        expect(shownAt(entries, at).map(({ item }) => item)).toEqual(truth.filter(({ from, to }) => from <= at && at < to).map(({ item }) => item));
      }
      expect(allShown(entries).map(({ from, to, item }) => ({ from, to, item }))).toEqual(truth);
    }),
  );
});

test('says what was planned and why something else was seen, and what was still on when the journal was read', () => {
  const entry = { seq: 1, prev: firstPrev, at: 1_000, monoMs: 0, clockTrusted: false, manifest: 'factory', scene: 'message', plannedStart: 0, plannedEnd: 9 };
  const open: PlayEntry = { ...entry, kind: 'open', item: 'a', substitute: { item: 'b', reason: 'quarantined' } };
  expect(shownAt([{ chain: 'c', entry: open }], 5_000)).toEqual([
    {
      ...{ chain: 'c', seq: 1, from: 1_000, to: null, manifest: 'factory', item: 'b', scene: 'message' },
      ...{ planned: { item: 'a', reason: 'quarantined' }, outcome: null, clockTrusted: false },
    },
  ]);
});

test('ends a play that was never closed where something else was written', () => {
  const { entries } = live([
    { kind: 'turn', ms: 5, standIn: false },
    { kind: 'turn', ms: 5, standIn: false },
  ]);
  const unclosed = entries.filter(({ entry }) => entry.kind === 'open');
  expect(shownBetween(unclosed, 0, 1_000)).toMatchObject([
    { from: 100, to: 105, outcome: null },
    { from: 105, to: null },
  ]);
});
