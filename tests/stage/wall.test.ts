// A wall of two screens on real pages: their pictures put together, with the frame between them cut out, are the picture that one screen of that size shows.
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import type { Profile } from '../../core/profile.ts';
import { wallCanvas } from '../../core/wall.ts';
import { covers } from '../../scripts/pictures/covers.ts';
import { atRest } from '../../scripts/pictures/open-stage-page.ts';
import { planFor } from '../../scripts/pictures/plan-for.ts';
import { shippedBoard, shippedCampaign } from '../../scripts/pictures/shipped-content.ts';
import { wallScreens } from '../../scripts/pictures/screens.ts';
import { describeStage } from '../support/bare-stage.ts';

/** Of 255: each page smooths the edges of turned shapes by itself. */
const slack = 20;
const now = Date.parse('2024-11-21T10:00:00+07:00');

describeStage('a wall', (rig) => {
  async function picture(profile: Profile, item: string, cover?: 'alert'): Promise<PNG> {
    const { page, tell, shows } = await rig.open({ ...profile.viewport, fixedTime: now });
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
    await page.close();
    return png;
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
    const { profile } = wallCanvas(left);
    expect(profile.viewport).toEqual({ x: 0, y: 0, width: 2 * 960 + 32, height: 540 });
    const whole = await picture(profile, item, cover);
    const parts = [await picture(left, item, cover), await picture(right, item, cover)] as const;
    expect(difference(parts[0], whole, 0)).toBeLessThanOrEqual(slack);
    expect(difference(parts[1], whole, wallCanvas(right).x)).toBeLessThanOrEqual(slack);
    // It is a split, not the same picture twice.
    expect(difference(parts[0], parts[1], 0)).toBeGreaterThan(100);
  });
});
