// The machine's clock is wrong, or is set while the player runs; what is then on screen, with and without the server.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { programmeAt } from '../core/programme.ts';
import { machineClock, type MachineClock } from './machine-clock.ts';
import { compileContent } from './content.ts';
import { openBench, openPage, type Bench, type TestPage } from './testing/bench-player.ts';
import { messageItem, sampleManifest } from './testing/samples.ts';
import { startSmallServer, type SmallServer } from './testing/small-server.ts';
import { until } from './testing/until.ts';

const day = 86_400_000;
const dateOf = (instant: number) => new Date(instant + 7 * 3_600_000).toISOString().slice(0, 10);

/** The machine's clock, off by what a test says. */
function turnable(): MachineClock & { shiftMs: number } {
  const clock = { ...machineClock, shiftMs: 0, now: () => Date.now() + clock.shiftMs };
  return clock;
}

const manifest = () =>
  sampleManifest(
    [
      messageItem('over', { windows: [{ endDate: dateOf(Date.now() - day) }] }),
      messageItem('last-year', { windows: [{ startDate: dateOf(Date.now() - 400 * day), endDate: dateOf(Date.now() - 300 * day) }] }),
      messageItem('now', { windows: [{ startDate: dateOf(Date.now() - day), endDate: dateOf(Date.now() + day) }] }),
      messageItem('always'),
      messageItem('later', { windows: [{ startDate: dateOf(Date.now() + 5 * 365 * day) }] }),
    ],
    { version: 2 },
  );

const shownIn = ({ plan }: TestPage) => new Set(plan?.turns.map(({ item }) => item));
const forbidden = ['over', 'last-year', 'later'];

let bench: Bench;
let server: SmallServer;
let hash: string;

/** A box that has played the manifest at a trusted time, and was switched off; its server is gone. */
beforeEach(async () => {
  bench = await openBench();
  server = await startSmallServer();
  const player = await bench.start({ enrol: server.token });
  hash = server.publish(manifest());
  await until(() => expect(player.health().manifest.playing).toBe(hash));
  await until(() => expect(player.health().clock.trusted).toBe(true));
  await player.stop();
  await server.stop();
});
afterEach(async () => {
  await bench.clear();
  await server.stop();
});

const wrongs: [string, number][] = [
  ['in 1970', -Date.now()],
  ['in 2038', Date.UTC(2038, 0, 20) - Date.now()],
  ['one day back', -day],
  ['one hour ahead', 3_600_000],
  ['one day ahead', day],
  ['one year back', -365 * day],
];

/** What the programme has now; beside an edge both, because clocks agree to within a round trip of a busy machine. */
function dueNow(): readonly (string | undefined)[] {
  const { compiled } = compileContent(hash, manifest());
  return [-250, 0, 250].map((byMs) => programmeAt(compiled, Date.now() + byMs).item);
}

describe.each(wrongs)('fault 26, 27, 28: a clock %s', (_, shiftMs) => {
  test('starts without the server, and shows nothing that is over or not yet due', async () => {
    const clock = turnable();
    clock.shiftMs = shiftMs;
    const player = await bench.start({ clock });
    const page = openPage(player, clock);
    page.showNow();
    for (const item of forbidden) expect(shownIn(page)).not.toContain(item);
    expect(player.health().warnings?.map(({ code }) => code)).toContain('clock-untrusted');
  });

  test('starts with the server, and shows what is due by the server’s time', async () => {
    const clock = turnable();
    clock.shiftMs = shiftMs;
    await server.start();
    const page = openPage(await bench.start({ clock }), clock);
    await until(() => expect(shownIn(page)).toEqual(new Set(['now', 'always'])));
    expect(dueNow()).toContain(page.showNow().item);
    await until(() => {
      const { clock: told, warnings } = server.health.at(-1) ?? {};
      expect([told?.trusted, Math.abs((told?.offsetMs ?? 0) + shiftMs) < 1_000]).toEqual([true, true]);
      expect(warnings?.map(({ code }) => code)).toEqual(['clock-off']);
    });
  });

  test('is set while the player runs, and changes nothing on screen', async () => {
    const clock = turnable();
    await server.start();
    const page = openPage(await bench.start({ clock }), clock);
    await until(() => expect(shownIn(page)).toEqual(new Set(['now', 'always'])));
    clock.shiftMs = shiftMs;
    await until(() => expect(Math.abs((page.plan?.clockOffsetMs ?? 0) + shiftMs)).toBeLessThan(1_000));
    expect(dueNow()).toContain(page.showNow().item);
    expect(shownIn(page)).toEqual(new Set(['now', 'always']));
  });
});

test('fault 27: a clock that jumps again and again is planned for each time', async () => {
  const clock = turnable();
  await server.start();
  const page = openPage(await bench.start({ clock }), clock);
  await until(() => expect(shownIn(page)).toEqual(new Set(['now', 'always'])));
  for (const shiftMs of [3_600_000, -7_200_000, 30 * day, 0]) {
    clock.shiftMs = shiftMs;
    await until(() => expect(Math.abs((page.plan?.clockOffsetMs ?? 0) + shiftMs)).toBeLessThan(1_000));
    expect(['now', 'always']).toContain(page.showNow().item);
  }
});

test('a machine that slept plans anew and asks for the time at once', { timeout: 30_000 }, async () => {
  let sleptMs = 0;
  const clock: MachineClock = { ...machineClock, now: () => Date.now() + sleptMs, monoMs: () => machineClock.monoMs() + sleptMs };
  const awake = await startSmallServer({ now: clock.now });
  const other = await openBench();
  try {
    let asked = 0;
    awake.onTime(() => (asked += 1));
    const page = openPage(await other.start({ clock, enrol: awake.token }), clock);
    const sleeping = awake.publish(manifest());
    await until(() => expect(page.plan?.manifest).toBe(sleeping));
    // The questions that follow a start are over; the next one would come after minutes.
    await until(() => expect(asked).toBe(3));
    sleptMs = 60 * 3_600_000;
    await until(() => expect(asked).toBeGreaterThanOrEqual(4));
    await until(() => expect(page.plan?.turns[0]?.start).toBeGreaterThan(clock.now() - 120_000));
    expect(shownIn(page)).toEqual(new Set(['always']));
    page.showNow();
  } finally {
    await other.clear();
    await awake.stop();
  }
});
