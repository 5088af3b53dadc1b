import { describe, expect, it } from 'vitest';
import type { ScanRow } from '../../core/scan-api.ts';
import { funnel, hourBars, opensPerHour } from './funnel.ts';

const row = (over: Partial<ScanRow>): ScanRow => ({
  ...{ code: 'A', link: null, kind: 'screen', owner: 1, item: 1, name: 'LED Ngã tư Sở', itemName: 'Cài đặt', place: 'Đống Đa', unit: null, endedAt: null },
  ...{ opens: 0, devices: 0, offScreen: 0, unsettled: 0, repeats: 0, previews: 0, bots: 0, airMs: 0, turns: 0 },
  ...over,
});
const rows = [
  row({ code: 'A', opens: 2, devices: 2, airMs: 3_600_000, turns: 10, repeats: 1 }),
  row({ code: 'B', item: 2, itemName: null, opens: 1, devices: 1, airMs: 1_800_000, turns: 5, bots: 2 }),
  row({ code: 'C', owner: 2, name: 'Sảnh UBND', opens: 4, devices: 3, airMs: 7_200_000, turns: 20, offScreen: 1, unsettled: 4 }),
  row({ code: 'P', owner: 9, item: 0, kind: 'poster', name: 'Chợ Hôm', itemName: null, opens: 3, devices: 3 }),
];
const noItem = (number: number) => `mục ${number}`;

describe('the funnel', () => {
  it('stands by code, by screen or paper and by item, most openings first, and loses none', () => {
    const named = (by: 'place' | 'owner' | 'item') => funnel(rows, by, noItem).map(({ name, opens, airMs, aside }) => [name, opens, airMs / 3_600_000, aside]);
    expect(named('place')).toEqual([
      ['Sảnh UBND', 4, 2, 1],
      ['Chợ Hôm', 3, 0, 0],
      ['LED Ngã tư Sở', 2, 1, 1],
      ['LED Ngã tư Sở', 1, 0.5, 2],
    ]);
    expect(named('owner')).toEqual([
      ['Sảnh UBND', 4, 2, 1],
      ['LED Ngã tư Sở', 3, 1.5, 3],
      ['Chợ Hôm', 3, 0, 0],
    ]);
    expect(named('item')).toEqual([
      ['Cài đặt', 6, 3, 2],
      ['Chợ Hôm', 3, 0, 0],
      ['mục 2', 1, 0.5, 2],
    ]);
  });

  it('asks for the hours of one code only where a row is one code', () => {
    expect(funnel(rows, 'owner', noItem).map(({ code }) => code)).toEqual(['C', undefined, 'P']);
  });

  it('gives no rate for paper, nor from a few minutes on air', () => {
    expect(opensPerHour({ kind: 'screen', airMs: 1_800_000, opens: 3 })).toBe(6);
    expect(opensPerHour({ kind: 'screen', airMs: 60_000, opens: 3 })).toBeUndefined();
    expect(opensPerHour({ kind: 'poster', airMs: 0, opens: 3 })).toBeUndefined();
  });
});

describe('the hours', () => {
  const hour = (at: number, opens: number) => ({
    ...{ devices: 0, offScreen: 0, unsettled: 0, repeats: 0, previews: 0, bots: 0, airMs: 0, turns: 0 },
    start: at * 3_600_000,
    opens,
  });

  it('have a place for those in which nothing was opened', () => {
    expect(hourBars([hour(10, 1), hour(13, 2)]).map(({ start, opens }) => [start / 3_600_000, opens])).toEqual([
      [10, 1],
      [11, 0],
      [12, 0],
      [13, 2],
    ]);
    expect(hourBars([])).toEqual([]);
  });

  it('are the latest when there are more than fit', () => {
    expect(hourBars([hour(0, 1), hour(100, 2)], 5).map(({ start }) => start / 3_600_000)).toEqual([96, 97, 98, 99, 100]);
  });
});
