import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit, leastSecondsOfShare, secondsOfShare, withOwnIds } from './layers.ts';
import { compile, turnsBetween } from './programme.ts';
import type { Item } from './playlist.ts';

const item = (id: string, number: number, seconds = 10): Item => ({ id, number, name: id, scene: 'message', props: {}, seconds, weight: 1, windows: [] });
const layer = (playlist: string, share: number) => ({ playlist, share });

describe('admission', () => {
  it('lets in what fits into the hour, to its last second', () => {
    expect(admit([layer('city', 60)], [layer('city', 60), layer('district', 25), layer('ward', 15)])).toEqual({ ok: true });
  });

  it('refuses what no longer fits with what is asked, what is left and who holds the rest', () => {
    const before = [layer('city', 60), layer('district', 25)];
    expect(admit(before, [...before, layer('ward', 20)])).toEqual({
      ...{ ok: false, asked: 720, left: 540 },
      holders: [
        { playlist: 'city', seconds: 2_160 },
        { playlist: 'district', seconds: 900 },
      ],
    });
  });

  it('counts a layer that wants more as the one that asks, and one that gives some back as a holder of the rest', () => {
    const before = [layer('city', 60), layer('district', 25), layer('ward', 15)];
    expect(admit(before, [layer('city', 50), layer('district', 40), layer('ward', 15)])).toMatchObject({
      ...{ ok: false, asked: 1_440, left: 1_260 },
      holders: [{ playlist: 'city' }, { playlist: 'ward' }],
    });
  });
});

describe('a manifest of several layers', () => {
  it('knows each item by an id of its own, the same each time', () => {
    const layers = [
      { playlist: { id: 'city', name: 'c', items: [item('news', 1), item('code', 2)] } },
      { playlist: { id: 'ward', name: 'w', items: [item('news', 3), item('n'.repeat(64), 4)] } },
      { playlist: { id: 'school', name: 's', items: [item('n'.repeat(64), 1_048_575)] } },
    ];
    const ids = withOwnIds(layers).map(({ playlist }) => playlist.items.map(({ id }) => id));
    expect(ids).toEqual([['news', 'code'], ['news-3', 'n'.repeat(64)], [`${'n'.repeat(56)}-1048575`]]);
  });
});

const layersThatFit = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 100 }), fc.array(fc.integer({ min: 5, max: 60 }), { minLength: 1, maxLength: 5 })), { minLength: 1, maxLength: 4 })
  .map((all) => {
    const sum = all.reduce((total, [weight]) => total + weight, 0);
    return all.map(([weight, lengths]) => ({ share: Math.max(1, Math.floor((weight * 100) / sum)), lengths }));
  })
  .filter((all) => all.reduce((sum, { share }) => sum + share, 0) <= 100);

describe('over an hour', { timeout: 30_000 }, () => {
  it('each layer has the seconds that it is guaranteed, less a turn, or one and a half where three or more share, and never less than what is said of any hour', () => {
    fc.assert(
      fc.property(layersThatFit, fc.integer({ min: 0, max: 22 }), (all, hour) => {
        const layers = all.map(({ share, lengths }, at) => ({
          share,
          playlist: { id: `p${at}`, name: 'p', items: lengths.map((seconds, index) => item(`l${at}-${index}`, at * 100 + index, seconds)) },
        }));
        const from = Date.parse('2024-11-05T00:00:00+07:00') + hour * 3_600_000;
        const until = from + 3_600_000;
        const aired = new Map<string, number>();
        for (const { start, end, item: id } of turnsBetween(compile({ layers, campaign: { zone: 'Asia/Ho_Chi_Minh' } }), from, until)) {
          const of = id?.split('-')[0] ?? '';
          aired.set(of, (aired.get(of) ?? 0) + (Math.min(end, until) - Math.max(start, from)) / 1_000);
        }
        const longest = Math.max(...all.flatMap(({ lengths }) => lengths));
        all.forEach(({ share }, at) => {
          const seconds = aired.get(`l${at}`) ?? 0;
          expect(seconds).toBeGreaterThanOrEqual(leastSecondsOfShare(share, all.length, longest) - 1e-6);
          // The first hour of a day follows none that gave too much.
          const turns = all.length > 2 ? 1.5 : 1;
          if (hour === 0) expect(secondsOfShare(share) - seconds).toBeLessThanOrEqual(turns * longest);
        });
      }),
      { numRuns: 150 },
    );
  });
});
