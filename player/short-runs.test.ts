import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countShortRuns, type ShortRuns } from './short-runs.ts';
import { openBench, silentLog } from './testing/bench-player.ts';
import { fakeClock, type FakeClock } from './testing/fake-clock.ts';
import { until } from './testing/until.ts';

let folder: string;
let clock: FakeClock;
let told: number[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ihanoi-runs-'));
  told = [];
});
afterEach(() => rm(folder, { recursive: true, maxRetries: 5, retryDelay: 100 }));

/** A start; unless it is stopped, its power is cut. */
const start = (): Promise<ShortRuns> => {
  clock = fakeClock(1_000_000);
  return countShortRuns({ folder, clock, log: silentLog }, (runs) => told.push(runs));
};

test('five runs that ended within minutes are told at each start from the sixth on', async () => {
  for (let cut = 0; cut < 5; cut += 1) await start();
  expect(told).toEqual([]);
  await start();
  await start();
  expect(told).toEqual([5, 6]);
});

test('a run that lasts begins the count anew', async () => {
  for (let cut = 0; cut < 4; cut += 1) await start();
  const last = await start();
  clock.pass(11 * 60_000);
  await last.stop();
  for (let cut = 0; cut < 5; cut += 1) await start();
  expect(told).toEqual([]);
});

test('a run that is ended on purpose does not count', async () => {
  for (let time = 0; time < 12; time += 1) await (await start()).stop();
  await start();
  expect(told).toEqual([]);
});

test('fault 6: a box that was cut off again and again says so in its report', async () => {
  const bench = await openBench();
  try {
    for (let cut = 0; cut < 5; cut += 1) await countShortRuns({ folder: bench.folder, clock: fakeClock(0), log: silentLog }, () => undefined);
    const player = await bench.start();
    await until(() => expect(player.health().warnings).toContainEqual(expect.objectContaining({ code: 'short-runs', detail: '5 runs' })));
  } finally {
    await bench.clear();
  }
});
