import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SnapshotRow } from '../snapshot.ts';
import { classText, mapScale, shades } from './map-classes.ts';

const anyRow = fc.record({ unit: fc.uuid(), count: fc.nat(90_000_000), base: fc.option(fc.nat(90_000_000)) });
const closeRow = fc.record({ unit: fc.uuid(), count: fc.integer({ min: 10_000, max: 10_040 }), base: fc.constantFrom(50_000, 100_000) });
const anyRows = fc.oneof(fc.array(anyRow, { maxLength: 130 }), fc.array(closeRow, { maxLength: 130 }));

/** Sign of count/base - thousandths/1000, without rounding. */
const against = ({ count, base }: SnapshotRow, thousandths: number) => BigInt(count) * 1_000n - BigInt(thousandths) * BigInt(base ?? 0);

describe('the classes of a map', () => {
  it('hold every figure, each in exactly one class, and leave no gap between them', () => {
    fc.assert(
      fc.property(anyRows, fc.constantFrom('rate', 'count'), (rows, rankBy) => {
        const { classes, classOf } = mapScale({ rows, rankBy });
        expect(classes.length).toBeLessThanOrEqual(shades);
        classes.slice(1).forEach(({ from }, index) => expect(from).toBe(classes[index]?.until));
        expect(new Set(classes.map(({ until, from }) => until - from)).size).toBeLessThanOrEqual(1);
        expect(classes.map(({ shade }) => shade)).toEqual([...new Set(classes.map(({ shade }) => shade))].sort());
        for (const row of rows) {
          const index = classOf(row);
          if (rankBy === 'rate' && !row.base) {
            expect(index).toBeUndefined();
            continue;
          }
          const holds = classes.map(({ from, until }) =>
            rankBy === 'count' ? row.count >= from && row.count < until : against(row, from) >= 0n && against(row, until) < 0n,
          );
          expect(holds.filter(Boolean)).toHaveLength(1);
          expect(holds[index ?? -1]).toBe(true);
        }
        // Neither end is empty: a legend begins and ends with units.
        const used = rows.flatMap((row) => classOf(row) ?? []);
        if (classes.length > 0) expect([Math.min(...used), Math.max(...used)]).toEqual([0, classes.length - 1]);
      }),
    );
  });

  it('have the round limits that a legend says', () => {
    const rows = [11, 23, 38, 47].map((count, index) => ({ unit: `c${index}`, count, base: 100 }));
    const { classes } = mapScale({ rows, rankBy: 'rate' });
    expect(classes.map((each) => classText(each, 'rate', 'vi'))).toEqual(['10 đến dưới 20%', '20 đến dưới 30%', '30 đến dưới 40%', '40 đến dưới 50%']);
    const counted = mapScale({
      rows: [
        { unit: 'a', count: 900, base: null },
        { unit: 'b', count: 2_000, base: null },
      ],
      rankBy: 'count',
    });
    expect(counted.classes.map((each) => classText(each, 'count', 'en'))).toEqual(
      ['500 to under 1,000', '1,000 to under 1,500', '1,500 to under 2,000', '2,000 to under 2,500'].slice(0, counted.classes.length),
    );
  });

  it('are none without figures', () => {
    expect(mapScale({ rows: [{ unit: 'a', count: 3, base: null }], rankBy: 'rate' }).classes).toEqual([]);
  });
});
