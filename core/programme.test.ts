import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { compile, programmeAt, turnsBetween, type ProgrammeSource, type Turn } from './programme.ts';
import type { Item } from './playlist.ts';
import { isActive, windowSchema, type Window } from './schedule.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

type Timing = Pick<Item, 'id' | 'seconds' | 'weight' | 'windows'>;
const itemOf = (timing: Timing): Item => ({ ...timing, number: 0, name: timing.id, scene: 'message', props: {} });
const sourceOf = (zone: string, layers: readonly { readonly share: number; readonly items: readonly Timing[] }[]): ProgrammeSource => ({
  campaign: { zone },
  layers: layers.map(({ share, items }, at) => ({ share, playlist: { id: `p${at}`, name: 'Playlist', items: items.map(itemOf) } })),
});

const local = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const timing = z.object({ id: z.string(), seconds: z.number(), weight: z.int(), windows: z.array(windowSchema) });
const vectorsSchema = z.object({
  cases: z.array(
    z.object({
      name: z.string(),
      zone: z.string(),
      layers: z.array(z.object({ share: z.int(), items: z.array(timing) })),
      from: local,
      until: local,
      turns: z.array(z.object({ start: local, end: local, item: z.string().nullable() })),
    }),
  ),
});
const { cases } = vectorsSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', 'programme-vectors.json'), 'utf8')));

describe('the vectors of the programme', () => {
  test.each(cases)('$name', ({ zone, layers, from, until, turns }) => {
    const compiled = compile(sourceOf(zone, layers));
    expect(turnsBetween(compiled, from, until).map(({ start, end, item }) => ({ start, end, item: item ?? null }))).toEqual(turns);
    for (const { start, end, item } of turns) for (const instant of [start, end - 1]) expect(programmeAt(compiled, instant).item ?? null).toBe(item);
  });
});

/** Zones with whole, half and three-quarter hours, changes at and over midnight, and a date that was left out. */
const zones = [
  ...['Asia/Ho_Chi_Minh', 'UTC', 'Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/Sao_Paulo', 'America/Havana'],
  ...['America/St_Johns', 'Asia/Beirut', 'Pacific/Apia', 'Africa/Casablanca', 'Antarctica/Troll'],
];
/** Around changes of the clock in some of these zones; St John's went back over midnight until 2011, Apia left out 2011-12-30. */
const changes = [
  '2010-11-07T02:31Z',
  '2011-12-30T10:00Z',
  '2018-02-18T02:00Z',
  '2024-11-01T00:00Z',
  '2025-03-30T01:00Z',
  '2025-10-26T01:00Z',
  '2025-11-02T05:00Z',
];
const instants = fc
  .tuple(fc.constantFrom(...changes.map((text) => Date.parse(text.replace('Z', ':00Z')))), fc.integer({ min: -2 * dayMs, max: 2 * dayMs }))
  .map(([change, off]) => change + off);

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 1, 15, 30, 59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const date = fc.constantFrom('2010-11-06', '2011-12-31', '2018-02-17', '2024-11-01', '2025-03-30', '2025-10-26', '2025-11-02');
const timeWindow: fc.Arbitrary<Window> = fc.record(
  { days: fc.subarray([1, 2, 3, 4, 5, 6, 7] as const), from: clock, until: fc.oneof(clock, fc.constant('24:00' as const)), startDate: date, endDate: date },
  { requiredKeys: [] },
);
const timings = fc.record({
  seconds: fc.oneof(fc.integer({ min: 60, max: 3_600 }), fc.constantFrom(61.5, 90.001)),
  weight: fc.integer({ min: 1, max: 9 }),
  windows: fc.array(timeWindow, { maxLength: 2 }),
});
const sources = fc
  .tuple(fc.constantFrom(...zones), fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.array(timings, { maxLength: 5 })), { minLength: 1, maxLength: 3 }))
  .map(([zone, layers]) =>
    sourceOf(
      zone,
      layers.map(([share, items], at) => ({ share, items: items.map((item, index) => ({ ...item, id: `l${at}-i${index}` })) })),
    ),
  );

const itemsOf = ({ layers }: ProgrammeSource) => layers.flatMap(({ playlist }) => playlist.items);
const length = ({ start, end }: Turn) => end - start;

describe('any programme', { timeout: 60_000 }, () => {
  test('has turns without overlap or hole, and at every instant of a turn that turn', () => {
    fc.assert(
      fc.property(sources, instants, fc.double({ min: 0, max: 0.999_999, noNaN: true }), (source, from, within) => {
        const turns = turnsBetween(compile(source), from, from + dayMs);
        expect(turns[0]?.start).toBeLessThanOrEqual(from);
        expect(turns.at(-1)?.end).toBeGreaterThanOrEqual(from + dayMs);
        const again = compile(source);
        turns.forEach((turn, index) => {
          if (index > 0 && turns[index - 1]?.end !== turn.start) throw new Error(`a hole before ${turn.start}`);
          if (length(turn) <= 0) throw new Error(`an empty turn at ${turn.start}`);
          expect(programmeAt(again, turn.start + Math.floor(within * length(turn)))).toEqual(turn);
        });
      }),
    );
  });

  test('is the same on any two players, whatever each was asked before', () => {
    fc.assert(
      fc.property(sources, fc.array(instants, { minLength: 1, maxLength: 12 }), (source, asked) => {
        const [one, other] = [compile(source), compile(structuredClone(source))];
        const answers = new Map(asked.map((instant) => [instant, programmeAt(one, instant)]));
        for (const instant of asked.toReversed()) expect(programmeAt(other, instant)).toEqual(answers.get(instant));
      }),
    );
  });

  test('shows an item only while it is active, from the first to the last millisecond, and nothing only where nothing is', () => {
    fc.assert(
      fc.property(sources, instants, fc.double({ min: 0, max: 0.999_999, noNaN: true }), (source, from, within) => {
        const compiled = compile(source);
        const { zone } = source.campaign;
        for (const { start, end, item } of turnsBetween(compiled, from, from + dayMs / 2)) {
          const moments = [start, start + Math.floor(within * (end - start)), end - 1];
          for (const moment of moments) {
            const active = itemsOf(source).filter(({ windows }) => isActive(windows, moment, zone));
            if (item === undefined ? active.length > 0 : !active.some(({ id }) => id === item)) throw new Error(`${item} at ${new Date(moment).toISOString()}`);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('crosses no instant at which the set of active items changes, and cuts short only what ends there', () => {
    fc.assert(
      fc.property(sources, instants, (source, from) => {
        const compiled = compile(source);
        const { zone } = source.campaign;
        const setAt = (instant: number) =>
          itemsOf(source)
            .map(({ windows }) => isActive(windows, instant, zone))
            .join();
        const turns = turnsBetween(compiled, from, from + dayMs / 2);
        turns.forEach((turn, index) => {
          // Every zone here changes, and every window begins and ends, on whole minutes.
          const set = setAt(turn.start);
          for (let minute = Math.ceil((turn.start + 1) / 60_000) * 60_000; minute < turn.end; minute += 60_000) {
            if (setAt(minute) !== set) throw new Error(`crosses ${new Date(minute).toISOString()}`);
          }
          const ms = Math.round((compiled.items.get(turn.item ?? '')?.seconds ?? 0) * 1000);
          const next = turns[index + 1];
          if (turn.item === undefined || !next || length(turn) === ms) return;
          const startsAnew = setAt(next.start) !== set || midnight(next.start, zone);
          if (!startsAnew) throw new Error(`${turn.item} lasts ${length(turn)} and not ${ms}`);
        });
      }),
      { numRuns: 30 },
    );
  });
});

/** Whether a local date begins at an instant. */
function midnight(instant: number, zone: string): boolean {
  const dateAt = (at: number) => new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at);
  return dateAt(instant) !== dateAt(instant - 1);
}

describe('a day of the programme', { timeout: 60_000 }, () => {
  test('gives every layer its share of the air time and every item its weight of the turns', () => {
    const items = (name: string, weights: readonly number[]): Timing[] =>
      weights.map((weight, index) => ({ id: `${name}${index}`, seconds: 10 + index, weight, windows: [] }));
    const compiled = compile(
      sourceOf('Asia/Ho_Chi_Minh', [
        { share: 3, items: items('a', [1, 2, 3]) },
        { share: 2, items: items('b', [1, 1]) },
      ]),
    );
    const from = Date.parse('2024-11-05T00:00:00+07:00');
    const turns = turnsBetween(compiled, from, from + dayMs);
    const airOf = (name: string) => turns.filter(({ item }) => item?.startsWith(name)).reduce((sum, turn) => sum + length(turn), 0);
    expect(Math.abs(airOf('a') - dayMs * 0.6)).toBeLessThan(60_000);
    expect(Math.abs(airOf('b') - dayMs * 0.4)).toBeLessThan(60_000);
    const shown = (id: string) => turns.filter(({ item }) => item === id).length;
    expect(Math.abs(shown('a2') / shown('a0') - 3)).toBeLessThan(0.01);
    expect(Math.abs(shown('a1') / shown('a0') - 2)).toBeLessThan(0.01);
  });

  test('fault 29, fault 30: of 25 hours plays through, and the next one begins at its own midnight', () => {
    const compiled = compile(sourceOf('Europe/Paris', [{ share: 1, items: [{ id: 'a', seconds: 3_600, weight: 1, windows: [] }] }]));
    const from = Date.parse('2025-10-26T00:00:00+02:00');
    const turns = turnsBetween(compiled, from, from + 25 * hourMs);
    expect(turns.map(length)).toEqual(Array.from({ length: 25 }, () => hourMs));
    expect(programmeAt(compiled, from + 25 * hourMs).start).toBe(Date.parse('2025-10-27T00:00:00+01:00'));
  });

  test('is found where clocks went back over midnight, in both passes', () => {
    const compiled = compile(
      sourceOf('America/St_Johns', [{ share: 1, items: [{ id: 'a', seconds: 60, weight: 1, windows: [{ from: '23:00', until: '24:00' }] }] }]),
    );
    // 2010-11-07 00:01 went back to 2010-11-06 23:01.
    const back = Date.parse('2010-11-07T00:01:00-02:30');
    expect(turnsBetween(compiled, back - 120_000, back + 60 * 60_000).map(({ start, item }) => [(start - back) / 60_000, item])).toEqual([
      [-2, 'a'],
      [-1, undefined],
      ...Array.from({ length: 59 }, (_, minute) => [minute, 'a']),
      [59, undefined],
    ]);
  });

  test('is made at once from the heaviest manifest', () => {
    const clockOf = (minute: number) => `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    const heavy = Array.from({ length: 500 }, (_, index): Timing => ({
      id: `i${index}`,
      seconds: 1,
      weight: 100 - (index % 3),
      windows: [0, 1, 2, 3].map((k) => ({ from: clockOf(index * 7 + k * 301), until: clockOf(index * 11 + k * 207) })),
    }));
    const layers = [1, 2, 3, 4].map((share) => ({ share, items: heavy.map((item) => ({ ...item, id: `l${share}-${item.id}` })) }));
    const from = Date.parse('2024-11-05T00:00:00+07:00');
    const started = performance.now();
    turnsBetween(compile(sourceOf('Asia/Ho_Chi_Minh', layers)), from, from + dayMs);
    // A second promised; a round made anew for each of a thousand sets takes minutes.
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
