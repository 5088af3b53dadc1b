import { describe, expect, test } from 'vitest';
import { askTimes } from './time-asking.ts';
import { fakeClock } from './testing/fake-clock.ts';

const setUp = () => {
  const clock = fakeClock(0);
  const asked: { nonce: string; at: number }[] = [];
  let silences = 0;
  const times = askTimes({
    clock,
    ask: (nonce) => asked.push({ nonce, at: clock.monoMs() }),
    silent() {
      silences += 1;
      times.rest();
    },
  });
  const answerAll = () => asked.forEach(({ nonce }) => times.answered(nonce));
  return { clock, asked, times, answerAll, silences: () => silences };
};

describe('asking for the time', () => {
  test('asks a few times soon after the start, then every two minutes or so', () => {
    const { clock, asked, times, answerAll } = setUp();
    times.begin();
    for (let second = 0; second < 3_600; second += 1) {
      clock.pass(1_000);
      answerAll();
    }
    expect(asked.slice(0, 3).map(({ at }) => at)).toEqual([500, 1_500, 4_000]);
    const gaps = asked.slice(4).map(({ at }, index) => at - (asked[index + 3]?.at ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(90_000);
    for (const gap of gaps) expect(gap).toBeLessThanOrEqual(150_000);
    expect(new Set(gaps).size).toBeGreaterThan(10);
  });

  test('leaves a server that answers neither of two questions', () => {
    const { clock, asked, times, silences } = setUp();
    times.begin();
    clock.pass(600_000);
    expect(silences()).toBe(1);
    expect(asked.length).toBeLessThan(6);
  });

  test('forgives one lost answer', () => {
    const { clock, asked, times, silences } = setUp();
    times.begin();
    clock.pass(10_000);
    clock.pass(16_000);
    expect(asked).toHaveLength(4);
    times.answered(asked.at(-1)?.nonce ?? '');
    clock.pass(60_000);
    expect(silences()).toBe(0);
  });

  test('takes one answer to a question, and none to what nobody asked', () => {
    const { clock, asked, times } = setUp();
    times.begin();
    clock.pass(600);
    const nonce = asked[0]?.nonce ?? '';
    expect([times.answered(nonce), times.answered(nonce), times.answered('x'.repeat(43))]).toEqual([500, undefined, undefined]);
  });
});
