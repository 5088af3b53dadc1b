import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openQuarantine } from './quarantine.ts';
import { silentLog } from './testing/bench-player.ts';
import { fakeClock, type FakeClock } from './testing/fake-clock.ts';

const mark = 'a'.repeat(64);
const patient = { mark, item: 'video', reason: 'no picture', since: 1_000 };

let folder: string;
let clock: FakeClock;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ihanoi-quarantine-'));
  clock = fakeClock(0);
});
afterEach(() => rm(folder, { recursive: true }));
const open = (player = '1.0.0') => openQuarantine({ folder, player, clock, log: silentLog });

test('keeps content off for a while after a first failure, longer after each, for good after the fourth', async () => {
  const quarantine = await open();
  await quarantine.add(patient, 'late');
  expect(quarantine.reasonFor(mark)).toBe('no picture');
  clock.pass(15_000);
  expect(quarantine.reasonFor(mark)).toBeUndefined();
  for (const waitMs of [60_000, 600_000]) {
    await quarantine.add(patient, 'late');
    clock.pass(waitMs - 1);
    expect(quarantine.reasonFor(mark)).toBe('no picture');
    clock.pass(1);
    expect(quarantine.reasonFor(mark)).toBeUndefined();
  }
  await quarantine.add(patient, 'late');
  clock.pass(365 * 86_400_000);
  expect(quarantine.reasonFor(mark)).toBe('no picture');
  quarantine.forgive();
  expect(quarantine.patients).toHaveLength(1);
});

test('never adds up the busy moments of different days', async () => {
  const quarantine = await open();
  for (let day = 0; day < 5; day += 1) {
    await quarantine.add({ ...patient, since: day * 86_400_000 }, 'late');
    expect(quarantine.reasonFor(mark)).toBe('no picture');
    clock.pass(15_000);
    expect(quarantine.reasonFor(mark), `day ${day}`).toBeUndefined();
  }
});

test('remembers over a restart what failed four times, until the player is another version', async () => {
  const quarantine = await open();
  for (let failure = 0; failure < 4; failure += 1) await quarantine.add(patient, 'late');
  expect((await open()).reasonFor(mark)).toBe('no picture');
  expect((await open('1.0.1')).reasonFor(mark)).toBeUndefined();
});

test('keeps broken content off for good at once, and what the page fell with after the second fall', async () => {
  const quarantine = await open();
  await quarantine.add(patient, 'broken');
  clock.pass(365 * 86_400_000);
  expect(quarantine.reasonFor(mark)).toBe('no picture');
  await quarantine.clear();
  expect(quarantine.reasonFor(mark)).toBeUndefined();
  await quarantine.add(patient, 'fell');
  clock.pass(15_000);
  expect(quarantine.reasonFor(mark)).toBeUndefined();
  await quarantine.add(patient, 'fell');
  clock.pass(365 * 86_400_000);
  expect((await open()).reasonFor(mark)).toBe('no picture');
});

test('never speaks of content that did not fail, and forgives a bad moment', async () => {
  const quarantine = await open();
  await quarantine.add(patient, 'late');
  expect(quarantine.reasonFor('b'.repeat(64))).toBeUndefined();
  quarantine.forgive();
  expect(quarantine.patients).toEqual([]);
});
