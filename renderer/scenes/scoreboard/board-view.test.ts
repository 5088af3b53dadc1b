import { describe, expect, it } from 'vitest';
import type { Snapshot, SnapshotRow } from '../../../core/snapshot.ts';
import type { Unit } from '../../../core/units.ts';
import { boardView, isStale } from './board-view.ts';

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
