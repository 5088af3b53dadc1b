import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDiskCare, type DiskCare } from './disk-care.ts';
import { silentLog } from './testing/bench-player.ts';
import { fakeClock } from './testing/fake-clock.ts';
import { openWarnings } from './warnings.ts';

const reserveBytes = 100_000;
let folder: string;
let care: DiskCare;
/** Of each time that media were let go: what the folder still held. */
let dropped: string[][];
const dropCache = async () => dropped.push(await readdir(folder));
const clock = fakeClock(1_000_000);
const warnings = openWarnings(clock.now, clock.monoMs);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ihanoi-disk-'));
  dropped = [];
  care = startDiskCare({ folder, warnings, clock, log: silentLog, dropCache, reserveBytes });
  await care.look();
});
afterEach(async () => {
  await care.stop();
  await rm(folder, { recursive: true, force: true });
});

const fault = (code: string) => Object.assign(new Error(code), { code });
const codes = () => warnings.list().map(({ code }) => code);

test('keeps a reserve whose every byte is really on the disk', async () => {
  const { size, blocks } = await stat(join(folder, 'reserve'));
  expect(size).toBe(reserveBytes);
  expect(blocks * 512).toBeGreaterThanOrEqual(reserveBytes);
  expect(await readdir(folder)).toEqual(['reserve']);
});

test('gives its reserve up when a write finds no room, then lets media go, and makes it again when there is room', async () => {
  await care.troubled(fault('ENOSPC'));
  expect(await readdir(folder)).toEqual([]);
  expect([dropped, codes()]).toEqual([[[]], ['disk-full']]);
  await care.look();
  expect(await readdir(folder)).toEqual(['reserve']);
  expect(codes()).toEqual([]);
});

test.each([
  ['EROFS', 'disk-read-only'],
  ['EIO', 'disk-failing'],
])('tells people of %s, and keeps its reserve', async (code, warning) => {
  await care.troubled(fault(code));
  expect(codes()).toEqual([warning]);
  expect(await readdir(folder)).toEqual(['reserve']);
  await care.look();
  expect(codes()).toEqual([]);
});

test('fault 16: a process that has no handles left blames no disk', async () => {
  await care.troubled(fault('EMFILE'));
  expect(codes()).toEqual([]);
});
