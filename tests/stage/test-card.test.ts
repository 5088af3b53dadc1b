// The technician's test card on a real page, by its pixels, on every composition: each corner one lit pixel, whole bars, little light, and back by itself.
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import type { Cover } from '../../core/cover.ts';
import type { Profile } from '../../core/profile.ts';
import { type StagePage } from '../../scripts/pictures/open-stage-page.ts';
import { planFor } from '../../scripts/pictures/plan-for.ts';
import { screenNames, screens, type ScreenName } from '../../scripts/pictures/screens.ts';
import { describeStage } from '../support/bare-stage.ts';

const manifest = 'c0ffee'.padEnd(64, '0');

describeStage('the test card', (rig) => {
  interface Wish {
    readonly remainingMs?: number;
    readonly profile?: Profile;
    readonly output?: { readonly width: number; readonly height: number };
  }

  async function show(
    screen: ScreenName,
    { remainingMs = 60_000, profile = screens[screen].profile, output = profile.viewport }: Wish = {},
  ): Promise<StagePage> {
    const stage = await rig.open({ width: output.width, height: output.height });
    const now = Date.now();
    const turn = { id: 'now', start: now - 1_000, end: now + 600_000, item: 'otp' };
    const plan = planFor({ screen, now, tree: 'hanoi-districts', language: 'vi', turns: [turn] });
    await stage.tell({ type: 'plan', plan: { ...plan, manifest, profile } });
    await stage.shows('now');
    // It is said a frame after it stands, and not at all once something lies over it.
    await stage.page.waitForFunction(() => window.shotBridge.said.some(({ type }) => type === 'shown'));
    const cover: Cover = { state: 'test', item: 'test-card', number: 12, name: 'Bộ phận Một cửa phường Ba Đình', endsAt: now + remainingMs, remainingMs };
    await stage.tell({ type: 'cover', cover, profile });
    await stage.page.waitForSelector('html[data-state="test"]', { state: 'attached' });
    return stage;
  }

  async function pixels({ page }: StagePage) {
    const { data, width, height } = PNG.sync.read(await page.screenshot());
    const at = (x: number, y: number) => data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3).toString('hex');
    return { at, data, width, height };
  }

  it.each(screenNames)('has single pixels in its corners, a frame, whole bars and little light on the %s', async (screen) => {
    const stage = await show(screen);
    const { at, data, width, height } = await pixels(stage);
    const [right, bottom] = [width - 1, height - 1];
    for (const [x, y, across, down] of [
      [0, 0, 1, 1],
      [right, 0, -1, 1],
      [0, bottom, 1, -1],
      [right, bottom, -1, -1],
    ] as const) {
      expect(at(x, y)).toBe('ffffff');
      for (const [dx, dy] of [
        [1, 0],
        [0, 1],
        [1, 1],
      ] as const)
        expect(at(x + dx * across, y + dy * down)).toBe('000000');
      expect(at(x + 2 * across, y + 2 * down)).toBe('ffc845');
      expect(at(x + 3 * across, y + 3 * down)).not.toBe('ffc845');
    }
    const bar = Math.max(10, Math.round(height * 0.045));
    const row = (top: number, count: number) => Array.from({ length: count }, (_, index) => at(6 + Math.round(((index + 0.5) * (width - 12)) / count), top));
    expect(row(height - 6 - 2 * bar + 4, 8)).toEqual(['bfbfbf', 'bfbf00', '00bfbf', '00bf00', 'bf00bf', 'bf0000', '0000bf', '000000']);
    const greys = row(height - 6 - bar + 4, 16).map((colour) => parseInt(colour.slice(0, 2), 16));
    expect(greys).toEqual(Array.from({ length: 16 }, (_, index) => index * 17));
    const mean = data.reduce((sum, value, index) => (index % 4 === 3 ? sum : sum + (value / 255) ** 2.2), 0) / (width * height * 3);
    expect(mean).toBeLessThan(0.16);

    const text = (await stage.page.innerText('[data-cover="test-card"]')).replaceAll(/\s+/g, ' ');
    for (const part of [
      `Bảng thử · Màn hình số 12`,
      `${width}×${height} điểm ảnh tại 0,0`,
      `Cửa sổ ${width}×${height}`,
      'Tỷ lệ điểm ảnh 1',
      'Nội dung c0ffee000000',
    ])
      expect(text).toContain(part);
    // What one person wrote is read indoors only.
    expect(text.includes('Ba Đình')).toBe(screens[screen].profile.audience === 'indoor');
    expect(await stage.page.$$('.test [data-clipped]')).toEqual([]);
    expect((await stage.said()).findLast(({ type }) => type === 'covered')).toMatchObject({ state: 'test', item: 'test-card' });
    const clock = await stage.page.innerText('.clock');
    expect(clock).toMatch(/^\d\d:\d\d:\d\d$/);
    await stage.page.waitForFunction((before) => document.querySelector<HTMLElement>('.clock')?.innerText !== before, clock, { timeout: 3_000 });
    await stage.page.close();
  });

  it('stands exactly in its viewport, and says where the window is too small for it', async () => {
    const profile: Profile = { ...screens.street.profile, viewport: { x: 100, y: 50, width: 960, height: 576 } };
    const stage = await show('street', { profile, output: { width: 1_000, height: 700 } });
    const { at } = await pixels(stage);
    expect([at(100, 50), at(101, 50), at(100, 51), at(99, 50), at(100, 49)]).toEqual(['ffffff', '000000', '000000', '0a0708', '0a0708']);
    expect(await stage.page.innerText('.test .wrong')).toBe('Cửa sổ 1000×700');
    await stage.page.close();
  });

  it('goes back to the programme by itself, without its player', async () => {
    const stage = await show('pole', { remainingMs: 700 });
    await stage.page.waitForSelector('html[data-state="playing"]', { state: 'attached', timeout: 10_000 });
    expect(await stage.page.$('[data-cover]')).toBeNull();
    await stage.page.waitForFunction(() => window.shotBridge.said.filter(({ type }) => type === 'shown').length === 2);
    await stage.page.close();
  });
});
