// The light of a picture, measured in its pixels: streets at night have no white and less light than by day, a dark hall less, a lobby in the sun more; codes read in all of them.
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import type { Profile } from '../../core/profile.ts';
import type { SceneName } from '../../core/scenes.ts';
import { atRest } from '../../scripts/pictures/open-stage-page.ts';
import { itemWith, planFor } from '../../scripts/pictures/plan-for.ts';
import { screens, type ScreenName } from '../../scripts/pictures/screens.ts';
import { codesIn } from '../support/pixels.ts';
import { describeStage } from '../support/bare-stage.ts';

const linear = Array.from({ length: 256 }, (_, value) => (value / 255) ** 2.2);

describeStage('the light of a picture', (rig) => {
  /** Mean light as a share of white, that of the brightest pixel, and what a camera reads. */
  async function lightOf(screen: ScreenName, time: string, change: Partial<Profile> = {}, scene: SceneName = 'install') {
    const now = Date.parse(`2024-11-21T${time}:00+07:00`);
    const profile = { ...screens[screen].profile, ...change };
    const { page, tell, shows } = await rig.open({ ...profile.viewport, fixedTime: now });
    const plan = planFor({ screen, now, tree: 'hanoi-districts', language: 'vi', turns: [] });
    const turns = [{ id: 'now', start: now - 1_000, end: now + 600_000, item: itemWith(plan, scene) ?? '' }];
    await tell({ type: 'plan', plan: { ...plan, profile, turns } });
    await shows('now');
    await atRest(page);
    const palette = await page.getAttribute('[data-turn]', 'data-palette');
    const png = await page.screenshot();
    await page.close();
    const { data } = PNG.sync.read(png);
    let [sum, brightest] = [0, 0];
    // Every fourth pixel of a row: enough for a mean.
    for (let index = 0; index < data.length; index += 16) {
      const light = [0.2126, 0.7152, 0.0722].reduce((total, weight, channel) => total + weight * (linear[data[index + channel] ?? 0] ?? 0), 0);
      sum += light;
      brightest = Math.max(brightest, light);
    }
    return { palette, mean: sum / (data.length / 16), brightest, codes: await codesIn(png) };
  }
  const code = ['HTTPS://IHANOI.GOV.VN'];

  it.each(['street', 'strip', 'pole'] as const)('has no white on the %s at night, and a third less in the mean, while its code still reads', async (screen) => {
    const day = await lightOf(screen, '12:00');
    const night = await lightOf(screen, '20:00');
    expect([day.palette, night.palette]).toEqual(['usual', 'led-night']);
    expect(day.brightest).toBeCloseTo(1);
    expect(night.brightest).toBeLessThan(0.7);
    expect(night.mean).toBeLessThan(day.mean * 0.67);
    // The card of the code fills a third of a pole.
    expect(night.mean).toBeLessThan(0.22);
    expect(night.codes).toEqual(code);
  });

  it.each(['picture', 'video'] as const)('keeps a %s as calm as the words beside it, on a street at night and in a dark hall', async (scene) => {
    const day = await lightOf('street', '12:00', {}, scene);
    const night = await lightOf('street', '20:00', {}, scene);
    const dark = await lightOf('reception', '12:00', { surroundings: 'dark' }, scene);
    expect([night.palette, dark.palette]).toEqual(['led-night', 'dark-room']);
    expect(day.brightest).toBeGreaterThan(0.85);
    expect(night.brightest).toBeLessThan(0.7);
    expect(dark.brightest).toBeLessThan(0.75);
  });

  it('follows the room indoors', async () => {
    const screen = 'reception';
    const usual = await lightOf(screen, '12:00');
    const dark = await lightOf(screen, '12:00', { surroundings: 'dark' });
    const bright = await lightOf(screen, '12:00', { surroundings: 'bright' });
    expect([usual, dark, bright].map(({ palette }) => palette)).toEqual(['usual', 'dark-room', 'daylight']);
    expect(dark.mean).toBeLessThan(usual.mean * 0.75);
    expect(dark.brightest).toBeLessThan(0.75);
    expect(bright.mean).toBeGreaterThan(usual.mean);
    for (const { codes } of [usual, dark, bright]) expect(codes).toEqual(code);
  });
});
