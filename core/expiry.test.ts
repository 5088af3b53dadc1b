import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastDayOfWindows, soonerDays, untilLastDays, windowsUntil } from './expiry.ts';
import { isActive, type Window } from './schedule.ts';

const zone = 'Asia/Ho_Chi_Minh';
const at = (local: string) => Date.parse(`${local}:00+07:00`);

describe('windows up to a last day', () => {
  it('end with it where there were none', () => expect(windowsUntil([], '2024-11-20')).toEqual([{ endDate: '2024-11-20' }]));
  it('that end before stay as they are', () => expect(windowsUntil([{ endDate: '2024-11-10' }], '2024-11-20')).toEqual([{ endDate: '2024-11-10' }]));
  it('that begin after are gone', () => expect(windowsUntil([{ startDate: '2024-11-21' }], '2024-11-20')).toEqual([]));

  it('past midnight end at midnight of that day', () => {
    const cut = windowsUntil([{ from: '22:00', until: '02:00' }], '2024-11-20');
    expect(
      ['2024-11-20T01:59', '2024-11-20T22:00', '2024-11-20T23:59', '2024-11-21T00:00', '2024-11-21T22:30'].map((local) => isActive(cut, at(local), zone)),
    ).toEqual([...[true, true, true, false, false]]);
  });

  it('are active exactly when the windows were and the day is not over', () => {
    const clock = fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:00`);
    const day = fc.integer({ min: 10, max: 28 }).map((number) => `2024-11-${number}`);
    const window: fc.Arbitrary<Window> = fc.record(
      { days: fc.uniqueArray(fc.constantFrom(1, 2, 3, 4, 5, 6, 7), { minLength: 1 }), from: clock, until: clock, startDate: day, endDate: day },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.array(window, { maxLength: 4 }),
        day,
        fc.integer({ min: at('2024-11-08T00:00'), max: at('2024-11-30T23:00') }),
        (windows, last, instant) => {
          const isOver = instant >= at(`${last}T00:00`) + 86_400_000;
          const cut = windowsUntil(windows, last);
          expect(cut.length > 0 && isActive(cut, instant, zone)).toBe(!isOver && isActive(windows, instant, zone));
        },
      ),
    );
  });

  it('are never more than a player takes', () => {
    const nights = Array.from({ length: 50 }, (): Window => ({ from: '22:00', until: '02:00' }));
    const cut = windowsUntil(nights, '2024-11-20');
    expect(cut).toHaveLength(50);
    expect(isActive(cut, at('2024-11-21T00:30'), zone)).toBe(false);
  });
});

it('an item ends with the first of its files, and leaves the playlist when nothing of it remains', () => {
  const [film, still, picture] = ['a', 'b', 'c'].map((letter) => letter.repeat(64)) as [string, string, string];
  const facts = { number: 1, name: 'x', seconds: 10, weight: 1, windows: [] };
  const alt = { vi: 'x' };
  const items = [
    { ...facts, id: 'film', scene: 'video', props: { media: film, poster: still, alt } },
    { ...facts, id: 'picture', scene: 'picture', props: { media: picture, alt }, windows: [{ startDate: '2024-12-01' }] },
    { ...facts, id: 'words', scene: 'message', props: { heading: alt } },
  ];
  const days = new Map([
    [film, '2024-11-30'],
    [still, '2024-11-20'],
    [picture, '2024-11-30'],
  ]);
  const cut = untilLastDays({ id: 'p', name: 'P', items }, days).items.map(({ id, windows }) => [id, windows]);
  expect(cut).toEqual([
    ['film', [{ endDate: '2024-11-20' }]],
    ['words', []],
  ]);
});

it('knows when windows end for good, and which of two days is sooner', () => {
  expect(lastDayOfWindows([{ endDate: '2024-11-10' }, { endDate: '2024-11-12' }])).toBe('2024-11-12');
  expect(lastDayOfWindows([{ endDate: '2024-11-10' }, {}])).toBeUndefined();
  expect(lastDayOfWindows([])).toBeUndefined();
  expect([...soonerDays(new Map([['a', '2024-11-10']]), new Map([...[['a', '2024-12-01'] as const, ['b', '2024-12-02'] as const]]))]).toEqual([
    ['a', '2024-11-10'],
    ['b', '2024-12-02'],
  ]);
});
