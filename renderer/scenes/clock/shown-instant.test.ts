import { describe, expect, it } from 'vitest';
import { shownInstant } from './shown-instant.ts';

const start = 1_700_000_000_000;

describe('the instant that a clock shows', () => {
  it('is that of its start while it is made ready', () => {
    for (const moving of [true, false]) expect(shownInstant({ start, end: start + 10_000, now: start - 3_000, moving })).toBe(start);
  });

  it('goes on indoors and stands on streets for one turn', () => {
    expect(shownInstant({ start, end: start + 10_000, now: start + 8_000, moving: true })).toBe(start + 8_000);
    expect(shownInstant({ start, end: start + 10_000, now: start + 8_000, moving: false })).toBe(start);
  });

  it('never stands for longer than a minute', () => {
    expect(shownInstant({ start, end: start + 600_000, now: start + 300_000, moving: false })).toBe(start + 300_000);
    expect(shownInstant({ start, end: start + 10_000, now: start + 90_000, moving: false })).toBe(start + 90_000);
  });
});
