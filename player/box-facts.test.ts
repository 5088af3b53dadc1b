import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readBoxFacts } from './box-facts.ts';
import { silentLog } from './testing/bench-player.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ihanoi-box-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function zone(name: string, text: string): Promise<void> {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, 'temp'), text);
}

test('fault 9: tells the temperature of the hottest zone, and leaves out what no sensor can mean', async () => {
  await zone('thermal_zone0', '48312\n');
  await zone('thermal_zone1', '71500\n');
  await zone('thermal_zone2', '-274000\n');
  await zone('cooling_device0', '999000\n');
  const { board } = await readBoxFacts({ dataDir: folder, thermalDir: folder, askThrottled: () => Promise.resolve('throttled=0x50005\n'), log: silentLog });
  expect(board).toEqual({ celsius: 71.5, throttled: true });
});

test('a board that was throttled in the past runs at full speed now', async () => {
  const { board } = await readBoxFacts({ dataDir: folder, thermalDir: folder, askThrottled: () => Promise.resolve('throttled=0x50000'), log: silentLog });
  expect(board).toEqual({ celsius: null, throttled: false });
});

test('a machine without sensors says so, and its disk has room', async () => {
  const none = { dataDir: folder, thermalDir: join(folder, 'none'), askThrottled: () => Promise.reject(new Error('no such program')), log: silentLog };
  const { board, disk } = await readBoxFacts(none);
  expect(board).toEqual({ celsius: null, throttled: null });
  expect(disk?.freeBytes).toBeGreaterThan(0);
  expect(disk?.totalBytes).toBeGreaterThanOrEqual(disk?.freeBytes ?? Infinity);
  expect((await readBoxFacts({ ...none, dataDir: join(folder, 'gone') })).disk).toBeNull();
});
