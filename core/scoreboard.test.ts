// Standings: exact ranks with ties, changes against the snapshot before, totals.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparable, standings } from './scoreboard.ts';
import { maxCount, snapshotSchema, type Snapshot, type SnapshotRow } from './snapshot.ts';

function snapshotOf(rows: SnapshotRow[], over: Partial<Snapshot> = {}): Snapshot {
  return {
    campaign: 'plan-311',
    tree: 'hanoi-districts',
    number: 1,
    measure: { id: 'accounts', name: { vi: 'Tài khoản đã tạo' } },
    denominator: { name: { vi: 'Dân số từ đủ 15 tuổi' }, source: 'Cục Thống kê', asOf: '2024-10-31' },
    source: { vi: 'Công an thành phố' },
    rankBy: 'rate',
    asOf: 0,
    cutOff: 0,
    issuedAt: 0,
    sample: false,
    rows,
    ...over,
  };
}

const count = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: maxCount }));
const figures = fc.record({ count, base: fc.oneof(fc.constant(null), count), target: fc.option(count, { nil: undefined }) });
const tableOf = (minLength = 1) =>
  fc
    .array(figures, { minLength, maxLength: 40 })
    .map((list): SnapshotRow[] =>
      list.map(({ count, base, target }, index) => ({ unit: `d${index}`, count, base, ...(target === undefined ? {} : { target }) })),
    );
const table = tableOf();

/** Sign of a - b as fractions, by whole numbers of any size. */
function compareExactly(a: SnapshotRow, b: SnapshotRow): number {
  const difference = BigInt(a.count) * BigInt(b.base ?? 0) - BigInt(b.count) * BigInt(a.base ?? 0);
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

const rankable = (row: SnapshotRow) => (row.base ?? 0) > 0;

describe('ranks', () => {
  test('equal fractions share a rank and the next one skips', () => {
    const rows = [
      { unit: 'a', count: 1, base: 3 },
      { unit: 'b', count: 9, base: 10 },
      { unit: 'c', count: 2, base: 6 },
      { unit: 'd', count: 1, base: 4 },
    ];
    const { rows: ranked } = standings(snapshotOf(rows));
    expect(ranked.map(({ unit, rank, tied }) => [unit, rank, tied])).toEqual([
      ['b', 1, false],
      ['a', 2, true],
      ['c', 2, true],
      ['d', 4, false],
    ]);
  });

  test('two rates that floating point cannot tell apart are told apart', () => {
    const rows = [
      { unit: 'lower', count: maxCount - 2, base: maxCount - 1 },
      { unit: 'higher', count: maxCount - 1, base: maxCount },
    ];
    expect(standings(snapshotOf(rows)).rows.map(({ unit }) => unit)).toEqual(['higher', 'lower']);
  });

  test('a rank is one more than the number of units with a greater fraction, whatever the size of the counts', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const ranked = rows.filter(rankable);
        for (const { unit, rank, tied } of standings(snapshotOf(rows)).rows) {
          const row = ranked.find((each) => each.unit === unit);
          expect(rank).toBe(row && 1 + ranked.filter((other) => compareExactly(other, row) > 0).length);
          expect(tied).toBe(row !== undefined && ranked.some((other) => other !== row && compareExactly(other, row) === 0));
        }
      }),
    );
  });

  test('the order in which the rows come does not change a rank', () => {
    const shuffled = table.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })));
    fc.assert(
      fc.property(shuffled, fc.constantFrom('rate' as const, 'count' as const), ([rows, other], rankBy) => {
        const ranks = (list: SnapshotRow[]) => new Map(standings(snapshotOf(list, { rankBy })).rows.map(({ unit, rank }) => [unit, rank]));
        expect([...ranks(rows)].sort()).toEqual([...ranks(other)].sort());
      }),
    );
  });

  test('rows come by rank and the unranked last, each unit once', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const { rows: ranked, totals } = standings(snapshotOf(rows));
        expect(ranked.map(({ unit }) => unit).sort()).toEqual(rows.map(({ unit }) => unit).sort());
        const ranks = ranked.map(({ rank }) => rank ?? Infinity);
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        expect(totals.ranked + totals.unranked).toBe(rows.length);
        expect(totals.unranked).toBe(rows.filter((row) => !rankable(row)).length);
      }),
    );
  });

  test('a unit without a base is ranked by count alone', () => {
    const rows = [
      { unit: 'a', count: 5, base: null },
      { unit: 'b', count: 7, base: 0 },
    ];
    expect(standings(snapshotOf(rows)).rows.map(({ rank }) => rank)).toEqual([undefined, undefined]);
    expect(standings(snapshotOf(rows, { rankBy: 'count' })).rows.map(({ unit, rank }) => [unit, rank])).toEqual([
      ['b', 1],
      ['a', 2],
    ]);
  });
});

describe('changes', () => {
  const before = snapshotOf([
    { unit: 'a', count: 10, base: 100 },
    { unit: 'b', count: 20, base: 100 },
    { unit: 'c', count: 30, base: 100 },
  ]);

  test('places, counts and rates are compared with the snapshot before', () => {
    const now = snapshotOf([
      { unit: 'a', count: 40, base: 100 },
      { unit: 'b', count: 25, base: 100 },
      { unit: 'c', count: 30, base: 100 },
      { unit: 'new', count: 1, base: 100 },
    ]);
    const { rows, risers } = standings(now, before);
    const [a, c, b, fresh] = rows;
    expect(a?.change).toMatchObject({ places: 2, count: 30 });
    expect(a?.change?.rate).toBeCloseTo(0.3);
    expect(c?.change).toEqual({ places: -1, count: 0, rate: 0 });
    expect(b?.change).toMatchObject({ places: -1, count: 5 });
    expect(fresh?.change).toBeUndefined();
    expect(risers.map(({ unit }) => unit)).toEqual(['a', 'b']);
  });

  test.each<[string, Partial<Snapshot>]>([
    ['another measure', { measure: { id: 'active', name: { vi: 'Đã kích hoạt' } } }],
    ['another base', { denominator: { ...before.denominator, source: 'Công an thành phố' } }],
    ['a base of another day', { denominator: { ...before.denominator, asOf: '2024-11-01' } }],
    ['another tree', { tree: 'hanoi-communes-2025' }],
    ['another campaign', { campaign: 'plan-312' }],
    ['another way to rank', { rankBy: 'count' }],
    ['made-up figures', { sample: true }],
  ])('figures are not compared with those of %s', (_, over) => {
    const now = snapshotOf(before.rows, over);
    expect(comparable(now, before)).toBe(false);
    expect(standings(now, before).rows.every(({ change }) => change === undefined)).toBe(true);
    expect(standings(now, before).risers).toEqual([]);
  });

  test('places gained and lost follow from the two rankings, and only true growth makes a riser', () => {
    fc.assert(
      fc.property(tableOf(2), tableOf(2), (earlier, later) => {
        const past = standings(snapshotOf(earlier));
        const { rows, risers } = standings(snapshotOf(later), snapshotOf(earlier));
        const pastRank = new Map(past.rows.map(({ unit, rank }) => [unit, rank]));
        for (const { unit, rank, change } of rows) {
          const was = pastRank.get(unit);
          expect(change?.places).toBe(rank === undefined || was === undefined ? undefined : was - rank);
        }
        const grew = risers.map(({ change }) => change?.rate ?? 0);
        expect(grew.every((rate) => rate > 0)).toBe(true);
        expect(grew).toEqual(grew.toSorted((a, b) => b - a));
      }),
    );
  });

  test('nothing rises against itself', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const same = standings(snapshotOf(rows), snapshotOf(rows));
        expect(same.risers).toEqual([]);
        expect(same.rows.every(({ change }) => change?.count === 0 && (change.places ?? 0) === 0)).toBe(true);
      }),
    );
  });
});

describe('totals', () => {
  test('are the sums of the rows, and the rate counts only units with a base', () => {
    const rows = [
      { unit: 'a', count: 10, base: 100, target: 10 },
      { unit: 'b', count: 30, base: 300, target: 31 },
      { unit: 'c', count: 5, base: null },
    ];
    expect(standings(snapshotOf(rows)).totals).toEqual({ count: 45, base: 400, rate: 0.1, target: 41, targetReached: 1, ranked: 2, unranked: 1 });
  });

  test('have no rate where no unit has a base', () => {
    expect(standings(snapshotOf([{ unit: 'a', count: 3, base: null }])).totals).toMatchObject({ rate: undefined, base: 0, target: undefined });
  });
});

test('a snapshot that names a unit twice is not a snapshot', () => {
  const rows = [
    { unit: 'a', count: 1, base: 2 },
    { unit: 'a', count: 1, base: 2 },
  ];
  expect(snapshotSchema.safeParse(snapshotOf(rows)).success).toBe(false);
  expect(snapshotSchema.safeParse(snapshotOf(rows.slice(1))).success).toBe(true);
});
