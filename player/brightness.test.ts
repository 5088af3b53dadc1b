// The hook for controllers that dim: a real program is called with the light of the hour, and again until it succeeds.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Profile } from '../core/profile.ts';
import { startBrightness } from './brightness.ts';
import { factoryProfile } from './shell-arguments.ts';
import { silentLog } from './testing/bench-player.ts';
import { fakeClock } from './testing/fake-clock.ts';
import { openWarnings } from './warnings.ts';

const minuteMs = 60_000;
const wall: Profile = { ...factoryProfile('led', 960, 576), dimmedBy: 'controller', peakCdM2: 5_000 };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ihanoi light '));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A controller's program: writes down what it is told, and fails while a file named "broken" lies beside it. */
function start(instant: string, change: { profile?: Profile; isTrusted?: boolean } = {}) {
  const program = join(folder, 'led-brightness');
  writeFileSync(program, `#!/bin/sh\ncd "${folder}" || exit 1\ntest -e broken && exit 3\necho "$1" >> told\n`);
  chmodSync(program, 0o755);
  const clock = fakeClock(Date.parse(`2024-11-21T${instant}:00+07:00`));
  const warnings = openWarnings(
    () => clock.now(),
    () => clock.monoMs(),
  );
  let changes = 0;
  const log = { ...silentLog, info: () => void (changes += 1) };
  const trustedNow = () => (change.isTrusted === false ? undefined : clock.now());
  const { stop } = startBrightness({
    program,
    profile: () => change.profile ?? wall,
    zone: () => 'Asia/Ho_Chi_Minh',
    trustedNow,
    clock,
    warnings,
    log,
  });
  const told = () => (existsSync(join(folder, 'told')) ? readFileSync(join(folder, 'told'), 'utf8').trim().split('\n').map(Number) : []);
  /** The program has ended with 0 after so many changes. */
  const changed = (times: number) => expect.poll(() => changes).toBe(times);
  return { clock, warnings, told, changed, stop };
}

test('asks for full light by day, for 300 of 5,000 cd/m² in the evening, and for 150 in the small hours', async () => {
  const { clock, told, changed, stop } = start('12:00');
  await changed(1);
  expect(told()).toEqual([100]);
  clock.set(Date.parse('2024-11-21T20:00:00+07:00'));
  clock.pass(minuteMs);
  await changed(2);
  expect(told()).toEqual([100, 6]);
  clock.set(Date.parse('2024-11-22T01:00:00+07:00'));
  clock.pass(minuteMs);
  await expect.poll(told).toEqual([100, 6, 3]);
  stop();
});

test('says it again after ten minutes, for a controller that forgot, and not before', async () => {
  const { clock, told, changed, stop } = start('12:00');
  await changed(1);
  clock.pass(9 * minuteMs);
  expect(told()).toEqual([100]);
  clock.pass(minuteMs);
  await expect.poll(told).toEqual([100, 100]);
  stop();
});

test('asks for the night while nobody knows the time', async () => {
  const { told, stop } = start('12:00', { isTrusted: false });
  await expect.poll(told).toEqual([3]);
  stop();
});

test('tells people when the program fails, and tries again until it succeeds', async () => {
  writeFileSync(join(folder, 'broken'), '');
  const { clock, warnings, told, stop } = start('12:00');
  const codes = () => warnings.list().map(({ code }) => code);
  await expect.poll(codes).toEqual(['brightness-failed']);
  rmSync(join(folder, 'broken'));
  clock.pass(minuteMs);
  await expect.poll(told).toEqual([100]);
  await expect.poll(codes).toEqual([]);
  stop();
});

test.each(['picture', undefined] as const)('leaves the controller alone where the profile says %s', async (dimmedBy) => {
  const profile = { ...wall, dimmedBy };
  const { clock, told, stop } = start('12:00', { profile });
  clock.pass(30 * minuteMs);
  await new Promise(setImmediate);
  expect(told()).toEqual([]);
  stop();
});
