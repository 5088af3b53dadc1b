import { symlinkSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLogFile } from './log-file.ts';
import { fakeClock } from './testing/fake-clock.ts';
import { until } from './testing/until.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ihanoi-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('moves a log that has grown too long away, at the start and while it runs, and goes on writing', async () => {
  const path = join(folder, 'player.log');
  await writeFile(path, 'x'.repeat(2_000));
  const clock = fakeClock(0);
  const { log, tail } = openLogFile(path, clock, 1_000);
  expect((await readFile(`${path}.1`, 'utf8')).length).toBe(2_000);
  for (let line = 0; line < 20; line += 1) log.info({ line }, 'màn hình');
  clock.pass(10 * 60_000);
  await until(async () => expect(await readFile(`${path}.1`, 'utf8')).toContain('"line":19'));
  await until(async () => {
    log.info({}, 'goes on');
    expect(await tail()).toContain('goes on');
  });
  expect(await tail()).not.toContain('"line":0');
});

test('begins anew over a file that it may not open, and over a folder in its place does without', async () => {
  const path = join(folder, 'player.log');
  await writeFile(path, 'not ours');
  await chmod(path, 0o000);
  openLogFile(path, fakeClock(0)).log.info({}, 'màn hình');
  expect(await readFile(path, 'utf8')).toContain('màn hình');
  const blocked = join(folder, 'blocked.log');
  await mkdir(join(blocked, 'inside'), { recursive: true });
  expect(() => openLogFile(blocked, fakeClock(0)).log.info({}, 'màn hình')).not.toThrow();
});

test('fault 10: a disk that takes no line costs lines, not the player, and they are counted when it takes lines again', async () => {
  const path = join(folder, 'player.log');
  // Every write to it fails as on a full disk.
  symlinkSync('/dev/full', path);
  const { log, tail } = openLogFile(path, fakeClock(0));
  for (let line = 0; line < 3; line += 1) expect(() => log.info({ line }, 'màn hình')).not.toThrow();
  await rm(path);
  log.info({}, 'goes on');
  const lines = (await tail()).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([{ lost: 3 }, { msg: 'goes on' }]);
});
