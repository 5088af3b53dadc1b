// What the public board says: groups ranked among themselves, what is missing, how old it is.
import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Unit } from '../../core/units.ts';
import { ageOf, boardOf } from './board.ts';
import { campaignSchema } from '../../core/campaign.ts';
import { readFileSync } from 'node:fs';

const campaign = campaignSchema.parse(JSON.parse(readFileSync(new URL('../../playlists/campaigns/plan-311.json', import.meta.url), 'utf8')));
const unit = (code: string, kind: string, name: string): Unit => ({ code, kind, name });
const communes = [
  unit('c1', 'phường', 'Ba Đình'),
  unit('c2', 'phường', 'Đống Đa'),
  unit('c3', 'xã', 'Ba Vì'),
  unit('c4', 'xã', 'Ô Diên'),
  unit('c5', 'xã', 'An Khánh'),
];

const snapshot = (rows: Snapshot['rows'], over: Partial<Snapshot> = {}): Snapshot => ({
  campaign: campaign.id,
  tree: 'hanoi-communes-2025',
  number: 2,
  measure: campaign.measure,
  denominator: campaign.denominator,
  source: campaign.source,
  rankBy: 'rate',
  asOf: 0,
  cutOff: 0,
  issuedAt: 0,
  sample: false,
  rows,
  ...over,
});
const rows = [
  { unit: 'c1', count: 10, base: 100 },
  { unit: 'c2', count: 30, base: 100 },
  { unit: 'c3', count: 20, base: 100 },
  { unit: 'c4', count: 20, base: 100 },
];

test('phường and xã are ranked apart, and a unit without figures is listed, not ranked', () => {
  const { groups, city } = boardOf(campaign, snapshot(rows), undefined, communes, 0);
  expect(groups.map(({ title, rows: ranked, without }) => [title, ranked.map(({ of, rank }) => [of.name, rank]), without.map(({ name }) => name)])).toEqual([
    [
      '2 phường',
      [
        ['Đống Đa', 1],
        ['Ba Đình', 2],
      ],
      [],
    ],
    [
      '3 xã',
      [
        ['Ba Vì', 1],
        ['Ô Diên', 1],
      ],
      ['An Khánh'],
    ],
  ]);
  expect(city.rate).toBe(0.2);
});

test('quận, huyện and thị xã are one contest', () => {
  const districts = [unit('c1', 'quận', 'Ba Đình'), unit('c3', 'huyện', 'Ba Vì'), unit('c5', 'thị xã', 'Sơn Tây')];
  const { groups } = boardOf(campaign, snapshot(rows.slice(0, 3)), undefined, districts, 0);
  expect(groups.map(({ title, rows: ranked }) => [title, ranked.map(({ of }) => of.name)])).toEqual([['3 quận, huyện, thị xã', ['Ba Vì', 'Ba Đình']]]);
});

test('equal units stand in the order of a Vietnamese list, and changes are those within the group', () => {
  const before = snapshot(
    rows.map((row) => (row.unit === 'c4' ? { ...row, count: 1 } : row)),
    { number: 1 },
  );
  const { groups, compared } = boardOf(campaign, snapshot(rows.toReversed()), before, communes, 0);
  expect(compared).toBe(true);
  expect(groups[1]?.rows.map(({ of, change }) => [of.name, change?.places, change?.count])).toEqual([
    ['Ba Vì', 0, 0],
    ['Ô Diên', 1, 19],
  ]);
  expect(groups[1]?.risers.map(({ of }) => of.name)).toEqual(['Ô Diên']);
});

describe('figures', () => {
  const hour = 3_600_000;
  const stale = { greyAfterHours: 36, leaveAfterHours: 168 };
  test.each([
    [36, false, 'fresh'],
    [37, false, 'grey'],
    [168, false, 'grey'],
    [169, false, 'gone'],
    [10_000, true, 'fresh'],
  ])('of %d hours ago (sample: %s) are %s', (hours, sample, age) => {
    expect(ageOf(snapshot(rows, { sample }), stale, hours * hour)).toBe(age);
  });
});
