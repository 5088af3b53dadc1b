import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leadMs, nextAction, patienceMs, quietMs, waitForQuiet, type BackLayer, type ClockInput, type KeyedTurn } from './turn-clock.ts';

const turns: KeyedTurn[] = [0, 10_000, 20_000].map((start, index) => ({ key: `k${index}`, start, end: start + 10_000 }));
const at = (now: number, rest: Partial<ClockInput<KeyedTurn>> = {}) =>
  nextAction({ turns, now, front: undefined, back: undefined, failed: [], still: undefined, ...rest });
const back = (key: string, phase: BackLayer['phase'], since: number): BackLayer => ({ key, phase, since });

describe('the clock of turns', () => {
  it('lets work that can wait stand back in the last 200 ms before a swap, until it is out', () => {
    expect(waitForQuiet(turns, 10_000 - quietMs - 1)).toBe(0);
    expect(waitForQuiet(turns, 10_000 - quietMs)).toBe(quietMs + 50);
    expect(waitForQuiet(turns, 9_999)).toBe(51);
    expect(waitForQuiet(turns, 10_000)).toBe(0);
    expect(waitForQuiet([], 10_000)).toBe(0);
  });

  it('prepares the current turn at once when nothing is shown', () => {
    expect(at(4_000)).toEqual({ do: 'prepare', turn: turns[0] });
  });

  it('prepares the next turn two seconds before its start, not sooner', () => {
    expect(at(10_000 - leadMs - 1, { front: 'k0' })).toEqual({ do: 'rest', until: 10_000 - leadMs });
    expect(at(10_000 - leadMs, { front: 'k0' })).toEqual({ do: 'prepare', turn: turns[1] });
  });

  it('swaps a ready turn at its start and not a millisecond before', () => {
    const ready = { front: 'k0', back: back('k1', 'ready', 8_000) };
    expect(at(9_999, ready)).toEqual({ do: 'rest', until: 10_000 });
    expect(at(10_000, ready)).toEqual({ do: 'swap', turn: turns[1] });
  });

  it('fault 14: keeps the current turn while the next is not ready, and gives up after two seconds', () => {
    const late = { front: 'k0', back: back('k1', 'preparing', 8_000) };
    expect(at(10_500, late).do).toBe('rest');
    expect(at(10_000 + patienceMs, late)).toEqual({ do: 'fail', turn: turns[1] });
  });

  it('gives a turn that was mounted late its two seconds from then', () => {
    expect(at(16_000, { front: 'k0', back: back('k1', 'preparing', 15_000) }).do).toBe('rest');
    expect(at(17_000, { front: 'k0', back: back('k1', 'preparing', 15_000) }).do).toBe('fail');
  });

  it('reports a broken turn before its start and never prepares it again', () => {
    expect(at(9_000, { front: 'k0', back: back('k1', 'broken', 8_500) })).toEqual({ do: 'fail', turn: turns[1] });
    expect(at(12_000, { front: 'k0', failed: ['k1'] }).do).toBe('rest');
    expect(at(18_500, { front: 'k0', failed: ['k1'] })).toEqual({ do: 'prepare', turn: turns[2] });
  });

  it('holds the still when the plan has run out, and nothing before it began', () => {
    const still = { key: 'k0', start: 0, end: 10_000 };
    expect(at(31_000, { front: 'k2', still })).toEqual({ do: 'prepare', turn: still });
    expect(at(31_000, { front: 'k0', still }).do).toBe('rest');
    expect(at(-5_000, { still }).do).toBe('rest');
  });

  it('follows the clock when it jumps back', () => {
    expect(at(5_000, { front: 'k2' })).toEqual({ do: 'prepare', turn: turns[0] });
  });

  it('never swaps to a layer that is not ready, and never rests longer than a second', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -20_000, max: 60_000 }),
        fc.option(fc.constantFrom('k0', 'k1', 'k2', 'other'), { nil: undefined }),
        fc.option(
          fc.record({
            key: fc.constantFrom('k0', 'k1', 'k2'),
            phase: fc.constantFrom<BackLayer['phase']>('preparing', 'ready', 'broken'),
            since: fc.integer({ min: 0, max: 60_000 }),
          }),
          { nil: undefined },
        ),
        fc.subarray(['k0', 'k1', 'k2']),
        (now, front, layer, failed) => {
          const action = at(now, { front, back: layer, failed });
          if (action.do === 'swap') return layer?.key === action.turn.key && layer.phase === 'ready' && action.turn.start <= now && now < action.turn.end;
          return action.do !== 'rest' || (action.until >= now && action.until <= now + 1_000);
        },
      ),
    );
  });
});
