// The chain of a play journal: what follows is taken, whatever was changed, left out or put in is found.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstPrev, readChain, type PlayEntry } from './play.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Texts of a valid chain that begins with a number. */
function chainOf(count: number, first = 1): string[] {
  const texts: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const before = texts.at(-1);
    const entry: PlayEntry = {
      ...{ kind: 'note', seq: first + index, prev: before === undefined ? firstPrev : sha256(before) },
      ...{ at: 1_000 + index, monoMs: index, clockTrusted: true, code: 'test', detail: `entry ${index}` },
    };
    texts.push(JSON.stringify(entry));
  }
  return texts;
}

const chain = fc
  .record({ count: fc.integer({ min: 2, max: 30 }), first: fc.integer({ min: 1, max: 1_000_000 }) })
  .map(({ count, first }) => chainOf(count, first));

describe('readChain', () => {
  test('takes a whole chain and any part of it', () => {
    fc.assert(
      fc.property(chain, fc.nat(), fc.nat(), (texts, a, b) => {
        const [from, to] = [a % texts.length, b % texts.length].sort((x, y) => x - y) as [number, number];
        const part = texts.slice(from, to + 1);
        const read = readChain(part, sha256);
        expect(read.ok && read.entries.map((entry) => JSON.stringify(entry).length)).toEqual(part.map(({ length }) => length));
      }),
    );
  });

  test('finds an entry that was left out, doubled or moved', () => {
    fc.assert(
      fc.property(chain, fc.nat(), fc.constantFrom('left out', 'doubled', 'moved'), (texts, pick, how) => {
        const at = pick % (texts.length - 1);
        const changed = [...texts];
        if (how === 'doubled') changed.splice(at, 0, texts[at] ?? '');
        else if (how === 'moved') [changed[at], changed[at + 1]] = [texts[at + 1] ?? '', texts[at] ?? ''];
        else if (at > 0) changed.splice(at, 1);
        else return;
        expect(readChain(changed, sha256)).toMatchObject({ ok: false, reason: 'wrong-sequence' });
      }),
    );
  });

  test('finds words changed in any entry but the last, at the one after it', () => {
    fc.assert(
      fc.property(chain, fc.nat(), (texts, pick) => {
        const at = pick % (texts.length - 1);
        const changed = texts.map((text, index) => (index === at ? text.replace('entry', 'ENTRY') : text));
        expect(readChain(changed, sha256)).toEqual({ ok: false, at: at + 1, reason: 'broken-chain' });
      }),
    );
  });

  test('names the first entry that is no entry', () => {
    const texts = chainOf(3);
    for (const nonsense of ['', 'null', '{}', '{"kind":"open"}', texts[1]?.replace('"note"', '"prize"') ?? '']) {
      expect(readChain([texts[0] ?? '', nonsense, texts[2] ?? ''], sha256)).toEqual({ ok: false, at: 1, reason: 'malformed' });
    }
  });

  test('takes nothing as an empty chain', () => {
    expect(readChain([], sha256)).toEqual({ ok: true, entries: [] });
  });
});
