import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Snapshot, SnapshotRow } from '../../../core/snapshot.ts';
import type { Unit } from '../../../core/units.ts';
import { boardView, isStale } from './board-view.ts';
import { nameWithin, ownSentence } from './own-place.ts';

const snapshot = (rows: SnapshotRow[], more: Partial<Snapshot> = {}): Snapshot => ({
  campaign: 'c',
  tree: 't',
  number: 1,
  measure: { id: 'm', name: { vi: 'Tài khoản' } },
  denominator: { name: { vi: 'dân số' }, source: 's', asOf: '2024-11-01' },
  source: { vi: 'nguồn' },
  rankBy: 'rate',
  asOf: 0,
  cutOff: 0,
  issuedAt: 0,
  sample: false,
  rows,
  ...more,
});
const unitMap = (units: Unit[]) => new Map(units.map((unit) => [unit.code, unit]));
const districts = unitMap([
  { code: 'd1', kind: 'quận', name: 'Ba Đình' },
  { code: 'd2', kind: 'huyện', name: 'Ba Vì' },
  { code: 'd3', kind: 'thị xã', name: 'Sơn Tây' },
]);
const communes = unitMap([
  { code: 'c1', kind: 'phường', name: 'Ba Đình' },
  { code: 'c2', kind: 'xã', name: 'Ba Vì' },
  { code: 'c3', kind: 'xã', name: 'Sóc Sơn' },
]);
const source = (units: ReadonlyMap<string, Unit>) => ({ units, ownUnit: undefined, language: 'vi' as const });

describe('the view of a board', () => {
  it('ranks districts together by their short names', () => {
    const { sections, named, without } = boardView(
      {
        snapshot: snapshot([
          { unit: 'd1', count: 10, base: 100 },
          { unit: 'd2', count: 30, base: 100 },
        ]),
        previous: null,
      },
      source(districts),
    );
    expect(sections.map(({ rows }) => rows.map(({ name, rank, figure }) => [name, rank, figure]))).toEqual([
      [
        ['Ba Vì', 1, '30,0%'],
        ['Ba Đình', 2, '10,0%'],
      ],
    ]);
    expect(named).toBe('short');
    expect(without).toBe(1);
  });

  it('names no leader where a tie would leave out somebody who did as well', () => {
    const many = unitMap(['d1', 'd2', 'd3', 'd4', 'd5'].map((code) => ({ code, kind: 'quận', name: code })));
    const leaders = (counts: number[]) => {
      const rows = counts.map((count, index) => ({ unit: `d${index + 1}`, count, base: 100 }));
      return boardView({ snapshot: snapshot(rows), previous: null }, source(many)).sections[0]?.leaders.map(({ unit }) => unit);
    };
    expect(leaders([50, 40, 30, 20, 10])).toEqual(['d1', 'd2', 'd3']);
    expect(leaders([50, 40, 30, 30, 10])).toEqual(['d1', 'd2']);
    expect(leaders([50, 50, 30, 10, 10])).toEqual(['d1', 'd2', 'd3']);
    expect(leaders([0, 0, 0, 0, 0])).toEqual([]);
    expect(leaders([50, 40])).toEqual(['d1', 'd2']);
  });

  it('ranks phường and xã apart and says the kind of each', () => {
    const rows = [
      { unit: 'c1', count: 10, base: 100 },
      { unit: 'c2', count: 30, base: 100 },
      { unit: 'c3', count: 30, base: 100 },
    ];
    const { sections } = boardView({ snapshot: snapshot(rows), previous: null }, source(communes));
    expect(sections.map(({ kind, rows: drawn }) => [kind, drawn.map(({ name, rank, tied }) => `${rank}${tied ? '=' : ''} ${name}`)])).toEqual([
      ['phường', ['1 Phường Ba Đình']],
      ['xã', ['1= Xã Ba Vì', '1= Xã Sóc Sơn']],
    ]);
  });

  it('shows rises and never falls', () => {
    const before = snapshot([
      { unit: 'd1', count: 20, base: 100 },
      { unit: 'd2', count: 10, base: 100 },
    ]);
    const now = snapshot(
      [
        { unit: 'd1', count: 21, base: 100 },
        { unit: 'd2', count: 30, base: 100 },
      ],
      { number: 2 },
    );
    const { sections, risers } = boardView({ snapshot: now, previous: before }, source(districts));
    expect(sections[0]?.rows.map(({ name, up }) => [name, up])).toEqual([
      ['Ba Vì', 1],
      ['Ba Đình', undefined],
    ]);
    expect(risers.map(({ name, gain }) => [name, gain])).toEqual([
      ['Ba Vì', '+20,0 điểm %'],
      ['Ba Đình', '+1,0 điểm %'],
    ]);
  });

  it('draws all bars on one scale and says how much of the target is reached', () => {
    const { sections, city } = boardView(
      {
        snapshot: snapshot([
          { unit: 'd1', count: 10, base: 100, target: 40 },
          { unit: 'd2', count: 30, base: 100, target: 40 },
        ]),
        previous: null,
      },
      source(districts),
    );
    expect(sections[0]?.rows.map(({ share }) => Math.round(share * 1e6))).toEqual([1e6, 333_333]);
    expect(city).toMatchObject({ figure: '20,0%', reached: '50,0%', share: 0.5 });
  });

  it('greys old figures, samples never', () => {
    const hour = 3_600_000;
    expect(isStale(snapshot([]), 36, 36 * hour)).toBe(false);
    expect(isStale(snapshot([]), 36, 36 * hour + 1)).toBe(true);
    expect(isStale(snapshot([], { sample: true }), 36, 900 * hour)).toBe(false);
  });
});

describe('the own place on a board', () => {
  const at = (ownUnit: string, rows: SnapshotRow[], units: ReadonlyMap<string, Unit> = districts, more: Partial<Snapshot> = {}) =>
    boardView({ snapshot: snapshot(rows, more), previous: null }, { ...source(units), ownUnit }).own;
  const rows = [
    { unit: 'd1', count: 10, base: 100 },
    { unit: 'd2', count: 31, base: 101 },
    { unit: 'd3', count: 20, base: 97 },
  ];

  it('names the next above and exactly what is missing to draw level', () => {
    const own = at('d1', rows);
    expect([own?.row.rank, own?.ranked, own?.above.map(({ unit }) => unit)]).toEqual([3, 3, ['d2', 'd3']]);
    // 20/97 of 100 is 20.6: with 21 it is level or better, with 20 it is not.
    expect(own?.needed).toBe(11);
    expect(own && ownSentence(own, 'tài khoản', 'vi')).toBe('Còn 11 tài khoản để ngang Sơn Tây');
    expect(own && ownSentence(own, 'accounts', 'en')).toBe('11 accounts more to draw level with Sơn Tây');
  });

  it('writes the kind of a unit small within a sentence', () => {
    expect(['Phường Ba Đình', 'Xã Hồng Sơn', 'Thị xã Sơn Tây', 'Hai Bà Trưng'].map(nameWithin)).toEqual([
      'phường Ba Đình',
      'xã Hồng Sơn',
      'thị xã Sơn Tây',
      'Hai Bà Trưng',
    ]);
  });

  it('has nobody above the first, and nothing missing', () => {
    const own = at('d2', rows);
    expect([own?.above, own?.needed]).toEqual([[], undefined]);
    expect(own && ownSentence(own, 'tài khoản', 'vi')).toBe('Đang dẫn đầu');
  });

  it('counts within the kind where phường and xã are ranked apart', () => {
    const own = at(
      'c3',
      [
        { unit: 'c1', count: 90, base: 100 },
        { unit: 'c2', count: 30, base: 100 },
        { unit: 'c3', count: 20, base: 100 },
      ],
      communes,
    );
    expect([own?.kind, own?.row.rank, own?.ranked, own?.needed]).toEqual(['xã', 2, 2, 10]);
  });

  it('looks past those with whom it shares a rank', () => {
    const tie = [
      { unit: 'd1', count: 10, base: 100 },
      { unit: 'd2', count: 10, base: 100 },
      { unit: 'd3', count: 12, base: 100 },
    ];
    expect([at('d2', tie)?.row.rank, at('d2', tie)?.above.map(({ unit }) => unit)]).toEqual([2, ['d3']]);
  });

  it('is absent for a unit without figures, without a base, or not of the tree', () => {
    expect(at('d1', rows.slice(1))).toBeUndefined();
    expect(at('d1', [{ unit: 'd1', count: 5, base: null }, ...rows.slice(1)])).toBeUndefined();
    expect(at('c1', rows)).toBeUndefined();
  });

  it('needs the difference where the campaign ranks by count', () => {
    expect(at('d3', rows, districts, { rankBy: 'count' })?.needed).toBe(11);
  });

  it('needs the least count whose rate is level, for any figures', () => {
    const figure = fc.record({ count: fc.integer({ min: 0, max: 90_000_000 }), base: fc.integer({ min: 1, max: 90_000_000 }) });
    fc.assert(
      fc.property(figure, figure, (first, second) => {
        const needed = at('d1', [
          { unit: 'd1', ...first },
          { unit: 'd2', ...second },
        ])?.needed;
        const level = (more: number) => BigInt(first.count + more) * BigInt(second.base) >= BigInt(second.count) * BigInt(first.base);
        if (needed === undefined) return level(0);
        return level(needed) && !level(needed - 1);
      }),
    );
  });
});
