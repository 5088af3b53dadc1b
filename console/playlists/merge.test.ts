import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SentItem } from '../../core/playlist-draft.ts';
import { isSameDraft, mergeDrafts } from './merge.ts';

/** `a` or `a3`: an id, with other seconds. */
const item = (text: string): SentItem => ({
  ...{ id: text.slice(0, 1), name: text.slice(0, 1), scene: 'clock', props: {}, weight: 1, windows: [], enabled: true },
  seconds: Number(text.slice(1) || 10),
});
const list = (text: string) => text.split(' ').filter(Boolean).map(item);
const text = (items: readonly SentItem[]) => items.map(({ id, seconds }) => (seconds === 10 ? id : `${id}${seconds}`)).join(' ');
const merged = (base: string, mine: string, theirs: string) => {
  const { items, clashes } = mergeDrafts(list(base), list(mine), list(theirs));
  return [text(items), clashes.map(({ id }) => id).join('')];
};

describe('two edits of one playlist', () => {
  it('are both kept where they touch different items', () => {
    expect(merged('a b c', 'a5 b c', 'a b c7')).toEqual(['a5 b c7', '']);
    expect(merged('a b c', 'a b x c', 'a y b c')).toEqual(['a y b x c', '']);
    expect(merged('a b c', 'a c', 'a b c d')).toEqual(['a c d', '']);
    expect(merged('a b c', 'a b c', 'c a')).toEqual(['c a', '']);
  });

  it('keep the order of whoever moved something; of both, the one who comes second', () => {
    expect(merged('a b c', 'c a b', 'a b5 c')).toEqual(['c a b5', '']);
    expect(merged('a b c', 'c a b', 'b a c')).toEqual(['c a b', '']);
  });

  it('ask about an item that both changed, and lose none', () => {
    expect(merged('a b', 'a3 b', 'a4 b')).toEqual(['a3 b', 'a']);
    expect(merged('a b', 'b', 'a4 b')).toEqual(['a4 b', 'a']);
    expect(merged('a b', 'a3 b', 'b')).toEqual(['a3 b', 'a']);
    expect(merged('a b', 'a3 b', 'a3 b')).toEqual(['a3 b', '']);
    expect(merged('a b', 'b', 'b')).toEqual(['b', '']);
  });

  const drafts = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.integer({ min: 1, max: 3 })), { selector: ([id]) => id });
  const draftOf = (pairs: readonly (readonly [string, number])[]) => pairs.map(([id, seconds]) => item(`${id}${seconds}`));

  it('are mine when nobody else changed anything, and theirs when I did not', () => {
    fc.assert(
      fc.property(drafts, drafts, (first, second) => {
        const [base, other] = [draftOf(first), draftOf(second)];
        expect(isSameDraft(mergeDrafts(base, other, base).items, other)).toBe(true);
        expect(isSameDraft(mergeDrafts(base, base, other).items, other)).toBe(true);
      }),
    );
  });

  it('never double an item, and keep every item that either added or changed', () => {
    fc.assert(
      fc.property(drafts, drafts, drafts, (first, second, third) => {
        const [base, mine, theirs] = [draftOf(first), draftOf(second), draftOf(third)];
        const kept = mergeDrafts(base, mine, theirs).items.map(({ id }) => id);
        expect(new Set(kept).size).toBe(kept.length);
        for (const each of [...mine, ...theirs]) if (!base.some((was) => isSameDraft([was], [each]))) expect(kept).toContain(each.id);
      }),
    );
  });
});
