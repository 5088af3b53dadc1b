import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isSupervised } from './supervised.ts';
import { feedSystemd } from './systemd-watchdog.ts';
import { silentLog } from './testing/bench-player.ts';
import { fakeClock } from './testing/fake-clock.ts';
import { until } from './testing/until.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ihanoi-notify-'));
  // In place of systemd's own program: notes down what it was told.
  await writeFile(join(folder, 'systemd-notify'), `#!/bin/sh\nprintf '%s %s\\n' "$NOTIFY_SOCKET" "$*" >> "${folder}/told"\n`);
  await chmod(join(folder, 'systemd-notify'), 0o755);
});
afterEach(() => rm(folder, { recursive: true }));

const told = () => readFile(join(folder, 'told'), 'utf8').catch(() => '');
const env = () => ({ PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`, NOTIFY_SOCKET: '/run/notify', WATCHDOG_USEC: '60000000' });

test('feeds systemd only while a frame that counts was seen in the last five seconds', async () => {
  const clock = fakeClock(0);
  let seenAt = 0;
  const watchdog = feedSystemd({ env: env(), seenWithin: (ms) => clock.monoMs() - seenAt <= ms, clock, log: silentLog });
  watchdog.ready();
  await until(async () => expect(await told()).toBe('/run/notify --no-block READY=1\n'));
  seenAt = 14_000;
  clock.pass(15_000);
  await until(async () => expect(await told()).toMatch(/WATCHDOG=1\n$/));
  const before = await told();
  // The picture stands still from here on: the next three feeds are left out, and systemd ends the unit.
  clock.pass(45_000);
  seenAt = 61_000;
  watchdog.ready();
  await until(async () => expect(await told()).toBe(`${before}/run/notify --no-block READY=1\n`));
  watchdog.stop();
});

test('says nothing where systemd did not start it', async () => {
  const { NOTIFY_SOCKET: _socket, ...bare } = env();
  const clock = fakeClock(0);
  const watchdog = feedSystemd({ env: bare, seenWithin: () => true, clock, log: silentLog });
  watchdog.ready();
  clock.pass(120_000);
  expect(await told()).toBe('');
});

test('knows who would start it again', () => {
  expect(isSupervised({}, false)).toBe(false);
  expect(isSupervised({}, true)).toBe(true);
  expect(isSupervised({ INVOCATION_ID: 'a1' }, false)).toBe(true);
});
