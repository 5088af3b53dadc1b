import { describe, expect, test } from 'vitest';
import { startServerClock } from './server-clock.ts';
import { fakeClock } from './testing/fake-clock.ts';

const today = Date.UTC(2026, 10, 24);
const day = 24 * 3_600_000;
const sample = (time: number, sentMonoMs: number, arrivedMonoMs: number) => ({ time, sentMonoMs, arrivedMonoMs });

describe('server clock', () => {
  test('believes the machine until the server speaks', () => {
    const clock = startServerClock(fakeClock(today), undefined);
    expect([clock.now(), clock.offsetMs(), clock.trusted(), clock.plausible()]).toEqual([today, 0, false, false]);
  });

  test.each([0, Date.UTC(2038, 0, 19)])('follows the server when the machine starts at %i', (wrong) => {
    const machine = fakeClock(wrong);
    const clock = startServerClock(machine, undefined);
    machine.pass(100);
    clock.hear(sample(today, 0, 100));
    expect(clock.now()).toBe(today + 50);
    expect(clock.offsetMs()).toBe(today + 50 - wrong - 100);
    machine.pass(60_000);
    expect(clock.now()).toBe(today + 60_050);
  });

  test('takes the sample with the lowest round trip', () => {
    const machine = fakeClock(today);
    machine.pass(1_000);
    const clock = startServerClock(machine, undefined);
    clock.hear(sample(today + 900, 0, 1_000));
    clock.hear(sample(today + 1_000, 990, 1_000));
    clock.hear(sample(today + 800, 200, 1_000));
    expect(clock.now()).toBe(today + 1_005);
  });

  test('does not follow a machine whose clock is set while the server is away', () => {
    const machine = fakeClock(today);
    const clock = startServerClock(machine, undefined);
    clock.hear(sample(today, 0, 0));
    machine.set(today + day);
    expect(clock.now()).toBe(today);
    machine.set(today - 365 * day);
    expect(clock.now()).toBe(today);
    expect(clock.offsetMs()).toBe(365 * day);
  });

  test('never falls behind the highest time it trusted before a restart', () => {
    const machine = fakeClock(today - 365 * day);
    const clock = startServerClock(machine, { highest: today, heard: today });
    machine.pass(1_000);
    expect([clock.now(), clock.trusted(), clock.plausible()]).toEqual([today + 1_000, false, false]);
  });

  test('takes its own clock for plausible shortly after the highest trusted time, and not long after', () => {
    const kept = { highest: today, heard: today };
    expect(startServerClock(fakeClock(today + day), kept).plausible()).toBe(true);
    expect(startServerClock(fakeClock(today + 31 * day), kept).plausible()).toBe(false);
  });

  test('keeps the highest time, however the machine is set', () => {
    const machine = fakeClock(today);
    const clock = startServerClock(machine, { highest: today + 10 * day, heard: today });
    clock.hear(sample(today + 11 * day, 0, 0));
    machine.set(today);
    expect(clock.keep()).toEqual({ highest: today + 11 * day, heard: today + 11 * day });
  });
});
