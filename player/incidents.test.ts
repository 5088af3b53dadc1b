import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openIncidents } from './incidents.ts';
import { silentLog } from './testing/bench-player.ts';

let folder: string;
let now: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ihanoi-incidents-'));
  now = 1_000;
});
afterEach(() => rm(folder, { recursive: true }));
const open = () => openIncidents({ folder, now: () => now, log: silentLog });

test('sums up what happened without a server, over a restart, and tells it until the next time', async () => {
  const first = await open();
  first.note('start');
  first.disconnected();
  first.note('quarantine');
  first.frameAge(900);
  first.note('page-reload');
  await first.settled();

  now = 90_000;
  const second = await open();
  second.note('start');
  second.frameAge(4_000);
  second.frameAge(2_000);
  expect(second.offline).toBeUndefined();
  second.connected();
  expect(second.offline).toEqual({
    since: 1_000,
    until: 90_000,
    counts: { outage: 1, quarantine: 1, 'page-reload': 1, start: 1 },
    worstFrameAgeMs: 4_000,
  });
  expect(second.counts).toEqual({ start: 1 });
  await second.settled();
  expect((await open()).offline?.until).toBe(90_000);
});

test('tells a line that comes and goes as one time with several outages', async () => {
  const incidents = await open();
  for (let outage = 0; outage < 3; outage += 1) {
    incidents.disconnected();
    now += 5_000;
    incidents.connected();
    now += 5_000;
  }
  expect(incidents.offline).toMatchObject({ since: 1_000, until: 26_000, counts: { outage: 3 } });
  now += 3_600_000;
  incidents.disconnected();
  incidents.connected();
  expect(incidents.offline).toMatchObject({ since: 3_631_000, counts: { outage: 1 } });
});

test('a quiet run has nothing to sum up', async () => {
  const incidents = await open();
  incidents.connected();
  incidents.note('start');
  expect(incidents.offline).toBeUndefined();
});
