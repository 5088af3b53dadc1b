// Photographs that a real box takes of its window, held by the real server against the plan: the right picture, and another one in its place.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { displayReportSchema, reportPaths } from '../core/report-api.ts';
import { chromiumPath, noBrowser } from './support/browser.ts';
import { playlistsWith } from './support/playlists.ts';
import { connectedScreen, signedInFetch, type StaffFetch } from './support/staff.ts';
import { startTrial, type Trial } from './support/trial.ts';

// The parts are tested by themselves in every run; the whole of it takes a minute.
const whole = process.env['TEST_FULL'] === '1';
const why = chromiumPath() === undefined ? ` (${noBrowser})` : whole ? '' : ' (the whole suite only)';
const patience = { timeout: 60_000, interval: 500 };

describe.skipIf(!whole || chromiumPath() === undefined)(`a photograph of a real screen${why}`, { timeout: 240_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi picture '));
  let trial: Trial;
  let staff: StaffFetch;

  const look = () => connectedScreen(staff);
  /** Asks for a photograph, and waits until it is there: one at a time. */
  const photograph = async () => {
    const { id, capture } = await look();
    await staff('POST', `/api/screens/${id}/capture`);
    await vi.waitFor(async () => expect((await look()).capture?.takenAt).not.toBe(capture?.takenAt), patience);
  };
  const counted = async () => {
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' });
    const { id } = await look();
    const report = displayReportSchema.parse(await staff('GET', `${reportPaths.display}?from=${today}&to=${today}`));
    return report.screens.find((screen) => screen.id === id)?.pictures ?? { same: 0, other: 0 };
  };

  beforeAll(async () => {
    const onlyPicture = playlistsWith(folder, (playlist) => {
      const picture = playlist.items.find(({ scene }) => scene === 'picture');
      return picture ? { ...playlist, items: [{ ...picture, seconds: 3_600, weight: 1, windows: [] }] } : playlist;
    });
    trial = await startTrial({ screen: 'reception', playlists: onlyPicture });
    staff = await signedInFetch(trial.url, trial.signInLink);
    await trial.stage.waitForSelector('[data-scene="picture"][data-turn]', { timeout: 60_000, state: 'attached' });
    const isTold = async () => expect((await look()).health?.shows?.scene).toBe('picture');
    await vi.waitFor(isTold, patience);
    // The one that every box takes by itself soon after its first turn.
    await vi.waitFor(async () => expect((await look()).capture).not.toBeNull(), patience);
  }, 240_000);
  afterAll(async () => {
    await trial.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('agrees with the plan, caption and all', async () => {
    await photograph();
    await vi.waitFor(async () => expect((await counted()).same).toBeGreaterThan(0), patience);
    expect((await counted()).other).toBe(0);
  });

  it('does not when another picture stands in its place, whatever the page says of itself', async () => {
    await trial.stage.evaluate(() => {
      const picture = document.querySelector<HTMLImageElement>('[data-turn] img');
      if (picture)
        picture.src = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900"><rect width="800" height="900" fill="#fff"/></svg>')}`;
    });
    await photograph();
    await vi.waitFor(async () => expect((await counted()).other).toBeGreaterThan(0), patience);
  });
});
