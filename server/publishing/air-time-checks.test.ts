import { expect, it } from 'vitest';
import type { Item } from '../../core/playlist.ts';
import { airTimeChecks } from './air-time-checks.ts';

const item = (id: string, seconds: number): Item => ({ id, number: 1, name: id, scene: 'message', props: {}, seconds, weight: 1, windows: [] });
const channel = (...shares: number[]) => ({ name: 'Sảnh', layers: shares.map((share, at) => ({ playlist: `p${at}`, share, unit: null })) });
const said = (items: Item[], ...shares: number[]) => airTimeChecks('p0', items, [channel(...shares)]);

it('says in seconds what a long turn may leave to the smallest layer of an hour', () => {
  const [check, ...others] = said([item('ngắn', 10), item('phim', 120)], 60, 30, 10);
  expect(others).toEqual([]);
  expect(check).toMatchObject({ kind: 'air-time', severity: 'warning', item: 'phim' });
  expect(check?.words.vi).toContain('được 360 giây mỗi giờ, nhưng có giờ chỉ còn 60 giây');
});

it('says nothing where every layer keeps half of its seconds in every hour, and nothing of a channel that is not shared', () => {
  expect(said([item('ngắn', 10), item('vừa', 60)], 60, 30, 10)).toEqual([]);
  expect(said([item('phim', 120)], 100)).toEqual([]);
});

it('stops what is longer than all that its layer has of an hour', () => {
  expect(said([item('phim', 700)], 10, 90)).toMatchObject([{ severity: 'error', item: 'phim' }]);
});
