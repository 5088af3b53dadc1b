import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundOf, sequenceOf, type SequenceItem, type SequenceLayer } from './sequence.ts';

const weights = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 12 });
const itemsOf = (list: readonly number[]) => list.map((weight, index): SequenceItem => ({ id: `i${index}`, weight, ms: 10_000 }));
const wholeRound = (items: readonly SequenceItem[]) => {
  const round = roundOf(items);
  return Array.from({ length: round.slots }, (_, slot) => round.at(slot));
};

describe('a round', { timeout: 30_000 }, () => {
  test('shows every item as often as its weight', () => {
    fc.assert(
      fc.property(weights, (list) => {
        const items = itemsOf(list);
        const round = wholeRound(items);
        return items.every((item) => round.filter((shown) => shown === item).length === item.weight);
      }),
    );
  });

  test('is spread evenly: before any slot an item was shown less than two turns more or less often than its weight asks for', () => {
    fc.assert(
      fc.property(weights, (list) => {
        const items = itemsOf(list);
        const round = wholeRound(items);
        const shown = new Map(items.map((item) => [item, 0]));
        return round.every((item, slot) => {
          shown.set(item, (shown.get(item) ?? 0) + 1);
          return items.every((each) => Math.abs((shown.get(each) ?? 0) - ((slot + 1) * each.weight) / round.length) < 2);
        });
      }),
    );
  });

  test('never shows one item twice running while the others make up half of it', () => {
    fc.assert(
      fc.property(weights, (list) => {
        fc.pre(2 * Math.max(...list) <= list.reduce((sum, weight) => sum + weight, 0));
        const round = wholeRound(itemsOf(list));
        return round.every((item, slot) => slot === 0 || round[slot - 1] !== item);
      }),
    );
  });

  test('begins with the first of the heaviest', () => {
    fc.assert(fc.property(weights, (list) => roundOf(itemsOf(list)).at(0).id === `i${list.indexOf(Math.max(...list))}`));
  });
});

const layer = fc.record({
  share: fc.integer({ min: 1, max: 100 }),
  items: fc
    .array(fc.record({ weight: fc.integer({ min: 1, max: 5 }), ms: fc.integer({ min: 1_000, max: 60_000 }) }), { minLength: 1, maxLength: 5 })
    .map((items) => items.map((item, index) => ({ ...item, id: String(index) }))),
});
const named = (layers: readonly SequenceLayer[]) =>
  layers.map(({ share, items }, at) => ({ share, items: items.map((item) => ({ ...item, id: `${at}:${item.id}` })) }));

describe('a sequence', { timeout: 30_000 }, () => {
  test('gives every layer its share of the air time, to within the longest turn for each layer', () => {
    fc.assert(
      fc.property(fc.array(layer, { minLength: 1, maxLength: 5 }).map(named), (layers) => {
        const sequence = sequenceOf(layers);
        if (!sequence) throw new Error('no sequence');
        const shares = layers.reduce((sum, { share }) => sum + share, 0);
        const longest = Math.max(...layers.flatMap(({ items }) => items.map(({ ms }) => ms)));
        const aired = layers.map(() => 0);
        for (let index = 0; index < 400; index++) {
          const [at = ''] = sequence.idOf(index).split(':');
          aired[Number(at)] = (aired[Number(at)] ?? 0) + sequence.startOf(index + 1) - sequence.startOf(index);
          layers.forEach(({ share }, each) => {
            const owed = (sequence.startOf(index + 1) * share) / shares;
            expect(Math.abs((aired[each] ?? 0) - owed)).toBeLessThanOrEqual(longest * layers.length);
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  test('answers the same in whatever order it is asked', () => {
    fc.assert(
      fc.property(
        fc.array(layer, { minLength: 1, maxLength: 3 }).map(named),
        fc.array(fc.integer({ min: 0, max: 5_000_000 }), { maxLength: 12 }),
        (layers, offsets) => {
          const [inOrder, asked] = [sequenceOf(layers), sequenceOf(layers)];
          if (!inOrder || !asked) throw new Error('no sequence');
          for (let index = 0; index < 200; index++) inOrder.startOf(index);
          for (const offset of offsets) {
            const index = asked.indexAt(offset);
            expect([inOrder.indexAt(offset), inOrder.idOf(index), inOrder.startOf(index)]).toEqual([index, asked.idOf(index), asked.startOf(index)]);
            expect(asked.startOf(index) <= offset && offset < asked.startOf(index + 1)).toBe(true);
          }
        },
      ),
    );
  });

  test('repeats itself from where it is back at its beginning', () => {
    const items = [
      { id: 'a', weight: 2, ms: 10_000 },
      { id: 'b', weight: 1, ms: 20_000 },
    ];
    const sequence = sequenceOf([{ share: 1, items }]);
    expect([0, 1, 2, 3, 4, 5].map((index) => [sequence?.startOf(index), sequence?.idOf(index)])).toEqual([
      [0, 'a'],
      [10_000, 'b'],
      [30_000, 'a'],
      [40_000, 'a'],
      [50_000, 'b'],
      [70_000, 'a'],
    ]);
  });

  test('of layers without items is none', () => {
    expect(sequenceOf([{ share: 1, items: [] }])).toBeUndefined();
  });

  test('of the heaviest manifest does no more work than the turns that were asked for', () => {
    let looks = 0;
    const items = Array.from({ length: 500 }, (_, index) => ({
      id: `i${index}`,
      ms: 1_000,
      get weight() {
        looks += 1;
        return 100 - (index % 3);
      },
    }));
    const sequence = sequenceOf(Array.from({ length: 16 }, (_, at) => ({ share: at + 1, items })));
    expect(sequence?.idOf(100)).toBeDefined();
    // 8,000 items, each looked at a few times to be sorted; whole rounds would take hundreds of millions of looks.
    expect(looks).toBeLessThan(1_000_000);
  });
});
