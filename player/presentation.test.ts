import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Turn } from '../core/programme.ts';
import { present, type PresentationFacts, type Spare } from './presentation.ts';

const keys = ['a', 'b', 'c', 'd'];
const spares: [Spare, ...Spare[]] = [
  { key: 'factory:one', ms: 12_000 },
  { key: 'factory:two', ms: 20_000 },
  { key: 'factory:card', ms: 15_000 },
];

/** A programme without hole or overlap, with items or nothing scheduled in its slots, and what must not be shown. */
const scene = fc
  .record({
    start: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    slots: fc.array(fc.record({ ms: fc.integer({ min: 1_000, max: 90_000 }), item: fc.option(fc.constantFrom(...keys), { nil: undefined }) }), {
      minLength: 1,
      maxLength: 30,
    }),
    blocked: fc.uniqueArray(fc.constantFrom(...keys, 'factory:one', 'factory:two')),
  })
  .map(({ start, slots, blocked }) => {
    let at = start;
    const turns = slots.map(({ ms, item }): Turn => ({ start: at, end: (at += ms), item }));
    const facts: PresentationFacts = { order: keys, spares, blocked: (key) => (blocked.includes(key) ? 'quarantined' : undefined) };
    return { turns, blocked: new Set(blocked), facts, from: start, until: at };
  });

describe('presentation', () => {
  test('covers every instant of the programme exactly once', () => {
    fc.assert(
      fc.property(scene, ({ turns, facts, from, until }) => {
        const shown = present(turns, facts, from, until);
        expect(shown[0]?.start).toBe(from);
        expect(shown.at(-1)?.end).toBe(until);
        shown.slice(1).forEach(({ start }, index) => expect(start).toBe(shown[index]?.end));
      }),
    );
  });

  test('never shows what is blocked', () => {
    fc.assert(
      fc.property(scene, ({ turns, facts, blocked, from, until }) => {
        for (const { key } of present(turns, facts, from, until)) expect(blocked.has(key)).toBe(false);
      }),
    );
  });

  test('never moves a boundary and never touches what may be shown', () => {
    fc.assert(
      fc.property(scene, ({ turns, facts, blocked, from, until }) => {
        const shown = present(turns, facts, from, until);
        for (const { start, end, item } of turns) {
          const inside = shown.filter((slot) => slot.start < end && slot.end > start);
          expect(inside[0]?.start).toBe(start);
          expect(inside.at(-1)?.end).toBe(end);
          if (item === undefined) continue;
          expect(inside).toHaveLength(1);
          expect(inside[0]?.planned).toEqual(blocked.has(item) ? { item, reason: 'quarantined' } : undefined);
          if (!blocked.has(item)) expect(inside[0]?.key).toBe(item);
        }
      }),
    );
  });

  test('says the same of a slot however much of the programme around it is asked for', () => {
    fc.assert(
      fc.property(scene, fc.nat(), ({ turns, facts }, pick) => {
        const index = pick % turns.length;
        const turn = turns[index];
        if (!turn || turn.item !== undefined) return;
        const middle = Math.floor((turn.start + turn.end) / 2);
        const whole = present(turns, facts, turns[0]?.start ?? 0, turns.at(-1)?.end ?? 0).find(({ start, end }) => middle >= start && middle < end);
        expect(present([turn], facts, middle, turn.end)[0]).toEqual(whole);
      }),
    );
  });

  test('takes the next playable item of the turns, and the factory playlist where none is left', () => {
    const turns: Turn[] = ['a', 'b', 'c'].map((item, index) => ({ start: index * 10_000, end: (index + 1) * 10_000, item }));
    const facts = (blocked: string[]): PresentationFacts => ({ order: keys, spares, blocked: (key) => (blocked.includes(key) ? 'no' : undefined) });
    expect(present(turns, facts(['a', 'b']), 0, 30_000).map(({ key }) => key)).toEqual(['c', 'c', 'c']);
    expect(present(turns, facts([...keys]), 0, 30_000).every(({ key }) => key.startsWith('factory:'))).toBe(true);
    expect(present(turns, facts([...keys, 'factory:one', 'factory:two', 'factory:card']), 0, 30_000).map(({ key }) => key)).toEqual(
      Array(3).fill('factory:card'),
    );
  });
});
