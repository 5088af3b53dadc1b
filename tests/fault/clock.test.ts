// The whole box starts without its server in 1970 and in 2038: real player, real Chromium, real pixels.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, noBrowser } from '../support/browser.ts';
import { noOtherClock, otherClock } from '../support/other-clock.ts';
import { drawnShare } from '../support/pixels.ts';
import { playlistsWith, tour } from '../support/playlists.ts';
import { visibleNow, type Visible } from '../support/stage.ts';
import { startTrial, type Trial } from '../support/trial.ts';

const missing = chromiumPath() === undefined ? noBrowser : otherClock(0) === undefined ? noOtherClock : undefined;
/** Promised are 5 s from the start of the player to a correct picture; a loaded machine may take five times as long. */
const promisedMs = 5_000;

describe.skipIf(missing !== undefined)(`fault 26: a box whose clock is wrong${missing === undefined ? '' : ` (${missing})`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi clock '));
  let trial: Trial;
  let campaign: string | undefined;

  beforeAll(async () => {
    const dated = { startDate: '2020-01-01' };
    const tours = tour(600);
    trial = await startTrial({
      screen: 'street',
      playlists: playlistsWith(folder, (playlist) => {
        const { items, ...rest } = tours(playlist);
        return { ...rest, items: items.map((item) => (item.scene === 'message' ? { ...item, windows: [dated] } : item)) };
      }),
    });
    await trial.stage.waitForSelector('[data-state="playing"]:not([data-manifest="factory"])', { timeout: 60_000, state: 'attached' });
    await trial.stage.waitForSelector('[data-item]', { state: 'attached' });
    campaign = (await visibleNow(trial.stage))?.manifest;
    await trial.killServer();
  });
  afterAll(async () => {
    await trial.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function startAt(instant: number): Promise<Visible | undefined> {
    await trial.killShell();
    const begun = performance.now();
    await trial.startShellAgain(otherClock(instant));
    const tookMs = performance.now() - begun;
    process.stdout.write(`${new Date(instant).getUTCFullYear()}: first turn ${Math.round(tookMs)} ms after the start (promised ${promisedMs} ms)\n`);
    expect(tookMs).toBeLessThan(5 * promisedMs);
    expect(new Date(await trial.stage.evaluate(() => Date.now())).getUTCFullYear()).toBe(new Date(instant).getUTCFullYear());
    expect(drawnShare(await trial.stage.screenshot())).toBeGreaterThan(0.02);
    return visibleNow(trial.stage);
  }

  it('plays its campaign in 1970, at the time it knew last', async () => {
    const visible = await startAt(Date.UTC(1970, 0, 2));
    expect(visible).toMatchObject({ state: 'playing', manifest: campaign });
    expect(visible?.scene).not.toBe('message');
  });

  it('plays the factory playlist in 2038, because nobody can say that the campaign still holds', async () => {
    expect(await startAt(Date.UTC(2038, 0, 20))).toMatchObject({ state: 'playing', manifest: 'factory' });
  });

  it('plays its campaign when the clock is right again', async () => {
    await trial.killShell();
    await trial.startShellAgain();
    expect(await visibleNow(trial.stage)).toMatchObject({ state: 'playing', manifest: campaign });
  });
});
