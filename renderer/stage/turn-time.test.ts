import { expect, it } from 'vitest';
import { turnTime } from './turn-time.ts';

function machine() {
  const clock = { machine: 1_000_000, mono: 50 };
  const time = turnTime({ machineNow: () => clock.machine, monoNow: () => clock.mono });
  const pass = (ms: number) => {
    clock.machine += ms;
    clock.mono += ms;
  };
  return { clock, time, pass };
}

it('is the machine’s clock and what the plan adds to it', () => {
  const { time, pass } = machine();
  expect(time.now()).toBe(1_000_000);
  time.follow(-300);
  pass(2_000);
  expect(time.now()).toBe(1_001_700);
});

it.each([37 * 60_000, -90_000, 400])(
  'goes on as if nothing had happened when the machine’s clock is set by %d ms, and on from there with the next plan',
  (setMs) => {
    const { clock, time, pass } = machine();
    time.follow(0);
    clock.machine += setMs;
    expect(time.now()).toBe(1_000_000);
    pass(1_000);
    expect(time.now()).toBe(1_001_000);
    time.follow(-setMs);
    pass(10_000);
    expect(time.now()).toBe(1_011_000);
  },
);

it('follows the machine’s clock where no player speaks for five seconds, as after a sleep', () => {
  const { clock, time, pass } = machine();
  time.follow(250);
  clock.machine += 3_600_000;
  for (let second = 0; second < 5; second++) {
    expect(time.now()).toBe(1_000_250 + second * 1_000);
    pass(1_000);
  }
  expect(time.now()).toBe(1_000_250 + 3_605_000);
});

it('is whole milliseconds, although the monotonic clock is not', () => {
  const { clock, time } = machine();
  time.follow(12.25);
  clock.mono += 1_000.4;
  clock.machine += 1_000;
  expect(time.now()).toBe(1_001_012);
});

it('forgets a step that was taken back', () => {
  const { clock, time, pass } = machine();
  clock.machine += 60_000;
  expect(time.now()).toBe(1_000_000);
  clock.machine -= 60_000;
  pass(4_000);
  expect(time.now()).toBe(1_004_000);
  clock.machine += 60_000;
  pass(2_000);
  expect(time.now()).toBe(1_006_000);
});
