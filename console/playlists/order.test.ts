import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dropIndex, isLastOn, moveTo, shiftWhileDragging, toggled, type Arranged } from './order.ts';

const list = (text: string): Arranged[] => Array.from(text, (letter) => ({ id: letter.toLowerCase(), enabled: letter === letter.toUpperCase() }));
const text = (items: readonly Arranged[]) => items.map(({ id, enabled }) => (enabled ? id.toUpperCase() : id)).join('');
const arrangements = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { minLength: 1 })
  .chain((ids) => fc.tuple(...ids.map((id) => fc.boolean().map((enabled) => ({ id, enabled })))));

describe('moving an item', () => {
  it('puts it at the place counted without itself', () => {
    expect(text(moveTo(list('ABcD'), 'a', 2))).toBe('BcAD');
    expect(text(moveTo(list('ABcD'), 'd', 0))).toBe('DABc');
  });

  it('stops at both ends', () => {
    expect(text(moveTo(list('ABC'), 'a', -1))).toBe('ABC');
    expect(text(moveTo(list('ABC'), 'a', 99))).toBe('BCA');
  });

  it('leaves the list alone when there is no such item', () => {
    expect(text(moveTo(list('AB'), 'x', 0))).toBe('AB');
  });

  it('keeps every item, its switch and the order of all others', () => {
    fc.assert(
      fc.property(arrangements, fc.nat(9), fc.integer({ min: -2, max: 10 }), (items, which, to) => {
        const id = items[which % items.length]?.id ?? '';
        const moved = moveTo(items, id, to);
        expect(moved.filter((item) => item.id !== id)).toEqual(items.filter((item) => item.id !== id));
        expect([...moved].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([...items].sort((a, b) => (a.id < b.id ? -1 : 1)));
      }),
    );
  });
});

describe('switching an item', () => {
  it('turns only that item', () => {
    expect(text(toggled(list('AbC'), 'b'))).toBe('ABC');
    expect(text(toggled(list('AbC'), 'a'))).toBe('abC');
  });

  it('keeps the last one that is on', () => {
    expect(isLastOn(list('aBc'), 'b')).toBe(true);
    expect(isLastOn(list('aBC'), 'b')).toBe(false);
    expect(text(toggled(list('aBc'), 'b'))).toBe('aBc');
  });

  it('never leaves a list without an item that is on', () => {
    fc.assert(
      fc.property(arrangements, fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')), (items, ids) => {
        fc.pre(items.some(({ enabled }) => enabled));
        const after = ids.reduce<readonly Arranged[]>(toggled, items);
        expect(after.some(({ enabled }) => enabled)).toBe(true);
      }),
    );
  });
});

describe('dragging', () => {
  const middles = [20, 60, 100, 140];

  it('lands after every other row whose middle lies above', () => {
    expect(dropIndex(middles, 0, 20)).toBe(0);
    expect(dropIndex(middles, 0, 61)).toBe(1);
    expect(dropIndex(middles, 0, 500)).toBe(3);
    expect(dropIndex(middles, 3, 59)).toBe(1);
    expect(dropIndex(middles, 3, -5)).toBe(0);
  });

  it('makes the rows in between give way by one, towards where the row was taken', () => {
    const shifts = (from: number, to: number) => middles.map((_, index) => shiftWhileDragging(index, { from, to, distance: 7, pitch: 40 }));
    expect(shifts(0, 2)).toEqual([7, -40, -40, 0]);
    expect(shifts(3, 1)).toEqual([0, 40, 40, 7]);
    expect(shifts(1, 1)).toEqual([0, 7, 0, 0]);
  });
});
