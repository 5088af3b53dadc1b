import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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
