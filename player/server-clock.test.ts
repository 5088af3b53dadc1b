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

describe('drift and steps', () => {
  const turnMs = 10_000;
  const border = (instant: number) => (Math.floor(instant / turnMs) + 1) * turnMs;
  /** A clock that has heard a first statement. */
  const running = (start = today) => {
    const machine = fakeClock(start);
    const clock = startServerClock(machine, undefined, border);
    const hear = (time: number, roundTripMs = 10) => {
      const at = machine.monoMs();
      return clock.hear(sample(time - roundTripMs / 2, at - roundTripMs, at));
    };
    machine.pass(1_000);
    hear(start + 1_000);
    return { machine, clock, hear };
  };

  test('follows a quartz that is 80 ppm slow, within a few milliseconds, over a day of slow lines', () => {
    const { machine, clock, hear } = running();
    let worst = 0;
    for (let minute = 1; minute <= 24 * 60; minute += 1) {
      machine.pass(60_000);
      const truth = today + 1_000 + minute * 60_000 * (1 + 80e-6);
      if (minute % 2 === 0) hear(truth, 20 + ((minute * 7_919) % 400));
      if (minute > 10) worst = Math.max(worst, Math.abs(clock.now() - truth));
    }
    expect(worst).toBeLessThan(120);
  });

  test('fault 32: two players on one network differ by less than a frame, though their quartz drifts apart', () => {
    const players = [60e-6, -60e-6].map((drift) => ({ drift, ...running() }));
    let worst = 0;
    for (let second = 1; second <= 3_600; second += 1) {
      const truth = today + 1_000 + second * 1_000;
      players.forEach(({ machine, hear, drift }, index) => {
        machine.pass(1_000 * (1 + drift));
        if (second % 120 === index * 50) hear(truth, 1 + ((second * 31) % 4));
      });
      const [one = 0, other = 0] = players.map(({ clock }) => clock.now());
      if (second > 300) worst = Math.max(worst, Math.abs(one - other));
    }
    expect(worst).toBeLessThan(1_000 / 60);
  });

  test.each([1_000, -1_000])('fault 30: a leap second of %i ms leaves every turn at least eight of its ten seconds', (leapMs) => {
    const { machine, clock, hear } = running();
    let [turn, begun, shortest] = [border(clock.now()), machine.monoMs(), Infinity];
    let isWhole = false;
    for (let ms = 0; ms < 120_000; ms += 10) {
      machine.pass(10);
      if (ms % 10_000 === 3_000) hear(today + machine.monoMs() + (ms > 30_000 ? leapMs : 0));
      if (border(clock.now()) === turn) continue;
      if (isWhole) shortest = Math.min(shortest, machine.monoMs() - begun);
      [turn, begun, isWhole] = [border(clock.now()), machine.monoMs(), true];
    }
    expect(shortest).toBeGreaterThanOrEqual(8_000);
  });

  test('takes a small step at the end of the turn, not before', () => {
    const { machine, clock, hear } = running();
    machine.pass(2_000);
    hear(today + 3_000 + 1_500);
    expect(clock.now()).toBe(today + 3_000);
    machine.pass(6_999);
    expect(clock.now()).toBe(today + 9_999);
    machine.pass(1);
    expect(clock.now()).toBe(today + 11_500);
  });

  test('never falls back into a turn that is over', () => {
    const { machine, clock, hear } = running();
    machine.pass(2_000);
    hear(today + 3_000 - 1_500);
    let last = clock.now();
    let turn = border(last);
    for (let ms = 0; ms < 20_000; ms += 10) {
      machine.pass(10);
      const now = clock.now();
      expect(border(now)).toBeGreaterThanOrEqual(turn);
      [last, turn] = [now, border(now)];
    }
    expect(last).toBe(today + 3_000 - 1_500 + 20_000);
  });

  test('takes a step of more than two seconds at once', () => {
    const { machine, clock, hear } = running();
    machine.pass(2_000);
    hear(today + 3_000 + 5_000);
    expect(clock.now()).toBe(today + 8_000);
  });

  test('fault 31: does not believe one statement that is a year ahead, and believes the second that says so', () => {
    const { machine, clock, hear } = running();
    machine.pass(1_000);
    expect(hear(today + 365 * day)).toBe('unsure');
    expect(clock.now()).toBe(today + 2_000);
    machine.pass(1_000);
    expect(hear(today + 3_000)).toBe('taken');
    machine.pass(1_000);
    expect(hear(today + 365 * day)).toBe('unsure');
    machine.pass(10_000);
    expect(hear(today + 365 * day + 10_000)).toBe('taken');
    expect(clock.now()).toBe(today + 365 * day + 10_000);
  });

  test('fault 28: goes back behind a time that the server signed only when the server insists for ten minutes', () => {
    const machine = fakeClock(today);
    const clock = startServerClock(machine, { highest: today, heard: today }, border);
    const hear = () => {
      const at = machine.monoMs();
      return clock.hear(sample(today - 365 * day + at, at, at));
    };
    for (let second = 0; second < 600; second += 10) {
      expect(hear()).toBe('unsure');
      expect(clock.goesBack()).toBe(true);
      expect(clock.trusted()).toBe(false);
      expect(clock.now()).toBeGreaterThanOrEqual(today);
      machine.pass(10_000);
    }
    expect(hear()).toBe('taken');
    expect(clock.now()).toBe(today - 365 * day + 600_000);
    expect(clock.keep()?.highest).toBe(clock.now());
  });
});

describe('a machine without its server', () => {
  const kept = { highest: today, heard: today };

  test('fault 27: is not believed when its clock is set a day ahead in a run; time goes on as before', () => {
    const machine = fakeClock(today + 3_600_000);
    const clock = startServerClock(machine, kept);
    expect(clock.plausible()).toBe(true);
    machine.pass(1_000);
    machine.set(today + day);
    expect([clock.now(), clock.plausible()]).toEqual([today + 3_601_000, false]);
    machine.set(today + 3_601_000);
    expect([clock.now(), clock.plausible()]).toEqual([today + 3_601_000, true]);
  });

  test('may be put right by a few minutes, as NTP does after a start', () => {
    const machine = fakeClock(today + 3_600_000);
    const clock = startServerClock(machine, kept);
    machine.set(today + 3_600_000 + 180_000);
    expect([clock.now(), clock.plausible()]).toEqual([today + 3_780_000, true]);
  });

  test.each([0, Date.UTC(2038, 0, 19)])('fault 26: starts at %i and is believed once somebody has put it right', (wrong) => {
    const machine = fakeClock(wrong);
    const clock = startServerClock(machine, kept);
    expect(clock.plausible()).toBe(false);
    machine.pass(20_000);
    machine.set(today + day);
    expect([clock.now(), clock.plausible()]).toEqual([today + day, true]);
  });

  test('counts the time it ran, so that a box whose clock always starts in 1970 grows old as well', () => {
    let at: { highest: number; heard: number } = kept;
    for (let start = 0; start < 31; start += 1) {
      const machine = fakeClock(0);
      const clock = startServerClock(machine, at);
      machine.pass(day);
      at = clock.keep() ?? at;
    }
    expect(at).toEqual({ highest: today + 31 * day, heard: today });
  });

  test('jumping every minute shows no other time', () => {
    const machine = fakeClock(today + 1_000);
    const clock = startServerClock(machine, kept);
    for (let minute = 1; minute <= 60; minute += 1) {
      machine.pass(60_000);
      machine.set(machine.now() + (minute % 2 === 0 ? -1 : 1) * minute * 600_000);
      expect(clock.now()).toBe(today + 1_000 + minute * 60_000);
    }
  });
});
