// A wall of two screens on real pages: their pictures put together, with the frame between them cut out, are one picture, and no word of it lies behind the frame.
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import type { Profile } from '../../core/profile.ts';
import { wallCanvas } from '../../core/wall.ts';
import { covers } from '../../scripts/pictures/covers.ts';
import { atRest, showAllOfWall } from '../../scripts/pictures/open-stage-page.ts';
import { planFor } from '../../scripts/pictures/plan-for.ts';
import { shippedBoard, shippedCampaign } from '../../scripts/pictures/shipped-content.ts';
import { wallScreens } from '../../scripts/pictures/screens.ts';
import { describeStage } from '../support/bare-stage.ts';
import { inkFaults } from '../support/text-ink.ts';

/** Of 255: each page smooths the edges of turned shapes by itself. */
const slack = 20;
const now = Date.parse('2024-11-21T10:00:00+07:00');

describeStage('a wall', (rig) => {
  /** What one screen of the wall shows, or the whole picture that it lays out. */
  async function picture(profile: Profile, item: string, cover?: 'alert', whole = false): Promise<{ png: PNG; faults: string[] }> {
    const { viewport } = whole ? wallCanvas(profile).profile : profile;
    const { page, tell, shows } = await rig.open({ ...viewport, fixedTime: now });
    if (whole) await showAllOfWall(page, viewport);
    const turns = [{ id: 'now', start: now - 4_000, end: now + 40_000, item }];
    await tell({ type: 'board', board: shippedBoard(shippedCampaign('hanoi-districts', now), 'hanoi-districts', now) });
    await tell({ type: 'plan', plan: { ...planFor({ screen: 'reception', now, tree: 'hanoi-districts', language: 'vi', turns }), profile } });
    await shows('now');
    if (cover) {
      await tell({ type: 'cover', cover: covers[cover], profile });
      await page.waitForSelector(`html[data-state="${cover}"]`, { state: 'attached' });
    }
    await atRest(page);
    const png = PNG.sync.read(await page.screenshot());
    const faults = whole ? await inkFaults(page) : [];
    await page.close();
    return { png, faults };
  }

  /** Largest difference of a value in a part of the whole. */
  function difference(part: PNG, whole: PNG, left: number): number {
    let most = 0;
    for (let y = 0; y < part.height; y++)
      for (let x = 0; x < part.width; x++)
        for (let channel = 0; channel < 3; channel++) {
          const [a, b] = [part.data[(y * part.width + x) * 4 + channel] ?? 0, whole.data[(y * whole.width + x + left) * 4 + channel] ?? 0];
          most = Math.max(most, Math.abs(a - b));
        }
    return most;
  }

  it.each([
    ['scoreboard', 'view-ranking', undefined],
    ['alert', 'install', 'alert'],
  ] as const)('of two shows one %s, without a seam', async (_, item, cover) => {
    const [left, right] = wallScreens;
    const whole = await picture(left, item, cover, true);
    expect([whole.png.width, whole.png.height]).toEqual([2 * 960 + 32, 540]);
    expect(whole.faults).toEqual([]);
    const parts = [(await picture(left, item, cover)).png, (await picture(right, item, cover)).png] as const;
    expect(difference(parts[0], whole.png, 0)).toBeLessThanOrEqual(slack);
    expect(difference(parts[1], whole.png, wallCanvas(right).x)).toBeLessThanOrEqual(slack);
    // It is a split, not the same picture twice.
    expect(difference(parts[0], parts[1], 0)).toBeGreaterThan(100);
  });

  it('of two has no word behind the frame between them', async () => {
    expect((await picture(wallScreens[0], 'report-message', undefined, true)).faults).toEqual([]);
  });
});
