import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SentItem } from '../../core/playlist-draft.ts';
import { addItem, bringBack, changeItem, copyItem, freshId, removeItem, type Edits } from './edits.ts';
import { moveTo, toggled } from './order.ts';

const item = (id: string): SentItem => ({ id, name: id, scene: 'clock', props: {}, seconds: 10, weight: 1, windows: [], enabled: true });
const start = (ids: string): Edits => ({ items: Array.from(ids, item), removed: [] });
const ids = ({ items }: Edits) => items.map(({ id }) => id).join('');

describe('an item', () => {
  it('is added at the end or at a place', () => {
    expect(ids(addItem(start('ab'), item('x')))).toBe('abx');
    expect(ids(addItem(start('ab'), item('x'), 1))).toBe('axb');
  });

  it('is changed where it stands', () => {
    const { items } = changeItem(start('abc'), { ...item('b'), seconds: 30 });
    expect(items.map(({ seconds }) => seconds)).toEqual([10, 30, 10]);
  });

  it('is copied right after itself, under another id and name', () => {
    const { items } = copyItem(start('ab'), 'a', { id: 'x', name: 'Bản sao' });
    expect(items.map(({ id, name }) => `${id} ${name}`)).toEqual(['a a', 'x Bản sao', 'b b']);
  });

  it('that is removed comes back to its place', () => {
    const removed = removeItem(removeItem(start('abcd'), 'b'), 'd');
    expect(ids(removed)).toBe('ac');
    expect(ids(bringBack(removed, 'b'))).toBe('abc');
    expect(ids(bringBack(bringBack(removed, 'd'), 'b'))).toBe('abcd');
    expect(bringBack(bringBack(removed, 'd'), 'b').removed).toEqual([]);
  });
});

type Act = (edits: Edits, fresh: string) => Edits;
const acts: fc.Arbitrary<Act> = fc
  .tuple(fc.constantFrom('add', 'copy', 'remove', 'back', 'move', 'toggle', 'change'), fc.nat(12), fc.nat(12))
  .map(([what, which, to]): Act => (edits, fresh) => {
    const id = edits.items[which % Math.max(1, edits.items.length)]?.id ?? '';
    const gone = edits.removed[which % Math.max(1, edits.removed.length)]?.item.id ?? '';
    switch (what) {
      case 'add':
        return addItem(edits, item(fresh), to % (edits.items.length + 1));
      case 'copy':
        return copyItem(edits, id, { id: fresh, name: 'Bản sao' });
      case 'remove':
        return removeItem(edits, id);
      case 'back':
        return bringBack(edits, gone);
      case 'move':
        return { ...edits, items: moveTo(edits.items, id, to) };
      case 'toggle':
        return { ...edits, items: toggled(edits.items, id) };
      default:
        return changeItem(edits, { ...item(id), seconds: to + 1 });
    }
  });

/** As the server numbers: an id that never had a number gets the next. */
function numbering() {
  const numbers = new Map<string, number>();
  return (items: readonly SentItem[]) =>
    items.map(({ id }) => {
      const number = numbers.get(id) ?? numbers.size + 1;
      numbers.set(id, number);
      return number;
    });
}

it('any sequence of edits keeps ids unique and every item’s number, and gives no number to two', () => {
  let bytes = 0;
  const random = (count: number) => Uint8Array.from({ length: count }, () => (bytes = (bytes * 31 + 7) % 251));
  fc.assert(
    fc.property(fc.array(acts, { maxLength: 60 }), (sequence) => {
      const number = numbering();
      let edits = start('abcdef');
      const numberOf = new Map<string, number>();
      sequence.forEach((act, step) => {
        edits = act(edits, `${freshId('clock', random)}-${step}`);
        const all = [...edits.items, ...edits.removed.map((removed) => removed.item)].map(({ id }) => id);
        expect(new Set(all).size).toBe(all.length);
        number(edits.items).forEach((each, index) => {
          const id = edits.items[index]?.id ?? '';
          expect(numberOf.get(id) ?? each).toBe(each);
          numberOf.set(id, each);
        });
      });
      expect(new Set(numberOf.values()).size).toBe(numberOf.size);
    }),
  );
});

it('a fresh id is one that the server takes', () => {
  expect(freshId('message', (count) => new Uint8Array(count).fill(255))).toMatch(/^message-[2-9a-z]{8}$/);
});
