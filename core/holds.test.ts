import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { campaignSchema, holdLimitsOf } from './campaign.ts';
import { allowedGrowth, holdLimitsSchema, holdsOf, holdWords, type Hold, type PublishedFigure } from './holds.ts';
import { maxCount, type SnapshotRow } from './snapshot.ts';

const usual = holdLimitsSchema.parse({});
const dayMs = 86_400_000;
const monday = Date.parse('2024-11-25T17:00:00+07:00');
const before = (over: Partial<PublishedFigure> = {}): PublishedFigure => ({ number: 7, cutOff: monday, count: 10_000, base: 100_000, ...over });
const row = (over: Partial<SnapshotRow> = {}): SnapshotRow => ({ unit: 'd001', count: 10_400, base: 100_000, ...over });
const held = (now: SnapshotRow, cutOff: number, ...published: PublishedFigure[]) => holdsOf([now], cutOff, new Map([['d001', published]]), usual);
const kinds = (holds: readonly Hold[]) => holds.map(({ kind }) => kind);

describe('a row is held', () => {
  it.each<[string, SnapshotRow, string[]]>([
    ['grew within what a day allows', row({ count: 13_500 }), []],
    ['grew by one more than a day allows', row({ count: 13_501 }), ['jump']],
    ['stayed', row({ count: 10_000 }), []],
    ['fell by one', row({ count: 9_999 }), ['count-fell']],
    ['reached its base', row({ count: 100_000 }), ['jump']],
    ['passed its base', row({ count: 100_001 }), ['more-than-base', 'jump']],
    ['has a base that differs by the limit', row({ base: 102_000 }), []],
    ['has a base that differs by more', row({ base: 102_001 }), ['base-changed']],
    ['has a smaller base', row({ base: 97_999 }), ['base-changed']],
    ['lost its base', row({ base: null }), ['base-changed']],
  ])('a day later, where it %s: %j', (_, now, expected) => {
    expect(kinds(held(now, monday + dayMs, before()))).toEqual(expected);
  });

  it('as soon as it grows faster than the time in between, whatever the time', () => {
    const at = (days: number) => allowedGrowth(before(), 100_000, monday + days * dayMs, usual);
    expect([at(-1), at(0), at(0.5), at(1), at(7)]).toEqual([500, 500, 2_000, 3_500, 21_500]);
  });

  it('never for the first figures of a unit, unless they are more than their base', () => {
    expect(held(row({ count: 90_000 }), monday)).toEqual([]);
    expect(kinds(held(row({ count: 100_001 }), monday))).toEqual(['more-than-base']);
    expect(kinds(held(row({ base: 100_000 }), monday + dayMs, before({ base: null })))).toEqual([]);
  });

  it('though each of many steps on one day is small', () => {
    const steps = [2_000, 1_500, 1_000, 500, 0].map((more, index) => before({ count: 10_000 + more, cutOff: monday + (4 - index) * 60_000 }));
    expect(held(row({ count: 12_400 }), monday + 300_000, ...steps)).toMatchObject([{ kind: 'jump', before: { count: 11_500 } }]);
    expect(kinds(held(row({ count: 12_400 }), monday + dayMs, ...steps))).toEqual([]);
  });

  it('against the smaller base, where a bigger one would have let a jump through', () => {
    expect(kinds(held(row({ count: 10_600, base: 101_900 }), monday, before()))).toEqual(['jump']);
    expect(kinds(held(row({ count: 10_505, base: 101_900 }), monday, before()))).toEqual(['jump']);
  });

  it('by the limits of its campaign', () => {
    const strict = { basePercent: 0, dayPercent: 0, stepPercent: 0, stepCount: 0 };
    const published = new Map([['d001', [before()]]]);
    expect(kinds(holdsOf([row({ count: 10_001, base: 100_001 })], monday + dayMs, published, strict))).toEqual(['base-changed', 'jump']);
    expect(holdLimitsOf({ holds: strict })).toEqual(strict);
    expect(holdLimitsOf({})).toEqual({ basePercent: 2, dayPercent: 3, stepPercent: 0.5, stepCount: 100 });
    expect(campaignSchema.shape.holds.safeParse({ dayPercent: -1 }).success).toBe(false);
  });
});

const count = fc.integer({ min: 0, max: maxCount });
const figures = fc.record({ unit: fc.constantFrom('a', 'b', 'c', 'd'), count, base: fc.option(count) });
const rows = fc.uniqueArray(figures, { selector: ({ unit }) => unit, maxLength: 4 });
const cutOff = fc.integer({ min: 0, max: 4_000_000_000_000 });
const published = fc.array(fc.record({ number: fc.integer({ min: 1, max: 99 }), cutOff, count, base: fc.option(count) }), { maxLength: 4 });
const past = fc.record({ a: published, b: published, c: published, d: published }).map((record) => new Map(Object.entries(record)));
const limits = fc.record({
  basePercent: fc.double({ min: 0, max: 100, noNaN: true }),
  dayPercent: fc.double({ min: 0, max: 100, noNaN: true }),
  stepPercent: fc.double({ min: 0, max: 100, noNaN: true }),
  stepCount: fc.integer({ min: 0, max: maxCount }),
});

describe('whatever the figures', () => {
  it('a fall, and more than the base, are never let through, under no limits', () => {
    fc.assert(
      fc.property(rows, cutOff, past, limits, (list, at, known, limit) => {
        const holds = holdsOf(list, at, known, limit);
        for (const { unit, count: now, base } of list) {
          const of = kinds(holds.filter((hold) => hold.unit === unit));
          expect(of.includes('count-fell')).toBe(now < (known.get(unit)?.[0]?.count ?? 0));
          expect(of.includes('more-than-base')).toBe(base !== null && now > base);
          expect(new Set(of).size).toBe(of.length);
        }
      }),
    );
  });

  it('each unit is judged alone: the order of rows and the other rows change nothing', () => {
    fc.assert(
      fc.property(rows, cutOff, past, limits, (list, at, known, limit) => {
        const together = holdsOf(list, at, known, limit);
        expect(list.flatMap((each) => holdsOf([each], at, known, limit))).toEqual(together);
        expect(holdsOf(list.toReversed(), at, known, limit).toSorted((a, b) => a.unit.localeCompare(b.unit))).toEqual(
          together.toSorted((a, b) => a.unit.localeCompare(b.unit)),
        );
      }),
    );
  });

  it('more time and wider limits let more through, never less', () => {
    fc.assert(
      fc.property(rows, cutOff, past, limits, fc.integer({ min: 0, max: dayMs }), (list, at, known, limit, later) => {
        const jumps = (...args: Parameters<typeof holdsOf>) => holdsOf(...args).filter(({ kind }) => kind === 'jump').length;
        const now = jumps(list, at, known, limit);
        expect(jumps(list, at + later, known, limit)).toBeLessThanOrEqual(now);
        expect(jumps(list, at, known, { ...limit, stepCount: limit.stepCount + 1_000 })).toBeLessThanOrEqual(now);
      }),
    );
  });

  it('the same figures again are never held, unless they are more than their base', () => {
    fc.assert(
      fc.property(rows, cutOff, limits, (list, at, limit) => {
        const known = new Map(list.map(({ unit, count: now, base }) => [unit, [{ number: 1, cutOff: at, count: now, base }]]));
        expect(holdsOf(list, at, known, limit).every(({ kind }) => kind === 'more-than-base')).toBe(true);
      }),
    );
  });

  it('each hold is said in whole sentences of both languages', () => {
    fc.assert(
      fc.property(rows, cutOff, past, limits, (list, at, known, limit) => {
        for (const hold of holdsOf(list, at, known, limit)) {
          const { vi, en } = holdWords(hold, 'Asia/Ho_Chi_Minh');
          for (const words of [vi, en]) {
            expect(words).toMatch(/^\p{Lu}.*\.$/u);
            expect(words).not.toMatch(/undefined|null|NaN|Infinity/);
          }
          expect(vi).toBe(vi.normalize('NFC'));
        }
      }),
    );
  });
});

it('says what was, what would be and what was allowed', () => {
  const words = (now: SnapshotRow, at = monday + dayMs) => held(now, at, before()).map((hold) => holdWords(hold, 'Asia/Ho_Chi_Minh').vi);
  expect(words(row({ count: 9_000, base: 90_000 }))).toEqual([
    'Giảm 1.000: kỳ số 7 là 10.000, nay là 9.000.',
    'Mẫu số đổi: kỳ số 7 là 100.000, nay 90.000 (lệch 10,0%).',
  ]);
  expect(words(row({ count: 20_000 }))).toEqual(['Tăng 10.000 kể từ 17:00 ngày 25/11/2024 (kỳ số 7: 10.000), quá mức 3.500 của khoảng thời gian đó.']);
  expect(words(row({ base: null }))).toEqual(['Mẫu số đổi: kỳ số 7 là 100.000, nay không có.']);
});
