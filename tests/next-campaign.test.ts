// One campaign after the other on a running screen: asked for and agreed to in the console, the old board leaves, and the new one stands once it has figures.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importPreviewSchema, importPaths } from '../core/import-api.ts';
import { issuedSchema } from '../core/board-api.ts';
import { chromiumPath, noBrowser } from './support/browser.ts';
import { invite, launchBrowser, post, signedIn } from './support/desk.ts';
import { differingShare, drawnShare } from './support/pixels.ts';
import { addPasskey, virtualAuthenticator } from './support/passkeys.ts';
import { playlistsWith } from './support/playlists.ts';
import { settled, waitForScene } from './support/stage.ts';
import { startTrial, type Trial } from './support/trial.ts';

const browserPath = chromiumPath();

/** What one frame of the stage said of itself. */
interface Frame {
  readonly manifest: string | undefined;
  readonly snapshot: string | undefined;
  readonly scene: string | undefined;
}

describe.skipIf(browserPath === undefined)(`the campaign after this one${browserPath === undefined ? ` (${noBrowser})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi next '));
  let trial: Trial;
  let browser: Browser;

  /** From here on the stage keeps what each of its frames was, once for each change. */
  const watch = () =>
    trial.stage.evaluate(() => {
      const frames: Frame[] = [];
      Object.assign(globalThis, { frames });
      const look = () => {
        const layer = document.querySelector<HTMLElement>('[data-item]');
        const manifest = document.querySelector<HTMLElement>('[data-manifest]')?.dataset['manifest'];
        const frame = { manifest, scene: layer?.dataset['scene'], snapshot: layer?.querySelector<HTMLElement>('[data-snapshot]')?.dataset['snapshot'] };
        if (JSON.stringify(frame) !== JSON.stringify(frames.at(-1))) frames.push(frame);
        requestAnimationFrame(look);
      };
      look();
    });
  const seen = () => trial.stage.evaluate(() => (globalThis as unknown as { frames: Frame[] }).frames);
  const board = () => trial.stage.locator('[data-item] [data-snapshot]').first();
  const boardWords = async () => (await board().innerText()).normalize('NFC').replaceAll('\u00a0', ' ');

  beforeAll(async () => {
    // The board and a page of words in turn: what plays while the next campaign has no figures yet.
    const playlists = playlistsWith(folder, (playlist) => ({
      ...playlist,
      items: ['scoreboard', 'install'].flatMap((scene) => {
        const item = playlist.items.find((each) => each.scene === scene);
        return item ? [{ ...item, seconds: 9, weight: 1, windows: [] }] : [];
      }),
    }));
    trial = await startTrial({ screen: 'reception', tree: 'hanoi-districts', playlists });
    browser = await launchBrowser();
    await waitForScene(trial.stage, 'scoreboard');
  });
  afterAll(async () => {
    await browser.close();
    await trial.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('takes two administrators, and no frame shows figures of one campaign under the other', async () => {
    await settled(trial.stage);
    const before = await trial.stage.screenshot();
    const old = await board().getAttribute('data-snapshot');
    expect(await boardWords()).toContain('Phú Xuyên');
    await watch();

    const first = await signedIn(browser, trial.signInLink);
    const link = await invite(first, { name: 'Chị Hoa', role: 'admin', login: 'hoa.tran' });
    await first.getByRole('link', { name: 'Chiến dịch' }).click();
    await first.getByTestId('next-campaign').click();
    await first.getByTestId('next-ask').click();
    // Whatever is never that of the campaign before is asked for.
    for (const path of ['name.vi', 'plan', 'period.startDate', 'denominator.source'])
      expect(await first.locator(`[data-testid="problem"][data-path="${path}"]`).innerText(), path).toBe('chưa nhập');
    const typed = {
      ...{ 'name.vi': 'Chiến dịch Xuân 2027', plan: '12/KH-UBND', 'period.startDate': '2026-12-01', 'period.endDate': '2027-02-28' },
      ...{ 'source.vi': 'Sở Khoa học và Công nghệ', 'denominator.source': 'Công an thành phố', 'denominator.asOf': '2026-11-01' },
    };
    for (const [path, text] of Object.entries(typed)) await first.getByTestId(`setting-${path}`).fill(text);
    expect(await first.getByTestId('next-tree').inputValue()).toBe('hanoi-communes-2025');
    await first.getByTestId('next-ask').click();
    await first.getByTestId('asked-change').waitFor();
    expect(await first.getByTestId('asked-confirm').count(), 'whoever asks does not agree').toBe(0);

    // Asking changes no screen.
    const asked = await seen();
    expect(new Set(asked.map(({ manifest }) => manifest)).size).toBe(1);

    const second = await signedIn(browser, link, 390);
    // Whoever agrees has a second factor, and is told so until then.
    await second.evaluate(() => void (location.hash = '#/campaign/next'));
    expect((await second.getByTestId('asked-why').innerText()).normalize('NFC')).toContain('xác thực hai bước');
    await virtualAuthenticator(second);
    await addPasskey(second, { password: 'gió mùa Đông Bắc', name: 'Điện thoại của Hoa' });
    await second.evaluate(() => void (location.hash = '#/campaign/next'));
    await second.getByTestId('asked-confirm').waitFor();
    expect(await second.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await second.getByTestId('asked-confirm').click();
    await second.getByTestId('asked-change').waitFor({ state: 'detached' });
    // What a phone shows of the next form and of the new units' targets can be reached without scrolling sideways.
    const cut = () =>
      second.locator('.card').evaluateAll((cards) =>
        cards.flatMap((card) => {
          const { right } = card.getBoundingClientRect();
          return [...card.querySelectorAll('.input')].filter((input) => input.getBoundingClientRect().right > right - 8).map(({ outerHTML }) => outerHTML);
        }),
      );
    await second.getByTestId('next-form').waitFor();
    expect(await cut()).toEqual([]);
    // The form that stood open over the change is a copy of the campaign that is in force now.
    for (const page of [first, second]) {
      await page.getByTestId('next-form').waitFor();
      expect(await page.getByTestId('setting-denominator.source').inputValue()).toBe('Công an thành phố');
      expect(await page.getByTestId('setting-source.vi').inputValue()).toBe('Sở Khoa học và Công nghệ');
      expect(await page.getByTestId('setting-name.vi').inputValue()).toBe('');
    }
    await second.evaluate(() => void (location.hash = '#/scoreboard/targets'));
    await second.locator('[data-testid="target-row"]', { hasText: 'Văn Miếu - Quốc Tử Giám' }).waitFor();
    expect(await cut()).toEqual([]);

    const manifest = asked[0]?.manifest ?? '';
    await trial.stage.waitForSelector(`[data-manifest]:not([data-manifest="${manifest}"])`, { state: 'attached', timeout: 60_000 });
    await waitForScene(trial.stage, 'install');
    await settled(trial.stage);
    expect(drawnShare(await trial.stage.screenshot())).toBeGreaterThan(0.02);

    const table = ['Đơn vị;Số tài khoản;Dân số từ đủ 15 tuổi', 'Phường Ba Đình;5200;11111', 'Phường Hoàn Kiếm;9400;33333', 'Xã Ba Vì;4700;22222'].join('\r\n');
    const { id } = importPreviewSchema.parse(await post(second, importPaths.imports, Buffer.from(table)));
    const { number } = issuedSchema.parse(await post(second, importPaths.confirm(id), {}));
    await trial.stage.waitForSelector(`[data-item] [data-snapshot="${number}"]`, { state: 'attached', timeout: 60_000 });
    await settled(trial.stage);
    const words = await boardWords();
    // Phường and xã are ranked apart, page after page.
    expect(words).toMatch(/Phường Ba Đình\s+46,8%|Xã Ba Vì\s+21,2%/u);
    expect(words).toContain('Sở Khoa học và Công nghệ');
    expect(words).not.toMatch(/Phú Xuyên|số liệu minh họa/iu);
    expect(differingShare(before, await trial.stage.screenshot())).toBeGreaterThan(0.01);

    // Frame by frame: one manifest, then the other; of each only its own figures, and always something.
    const frames = await seen();
    const manifests = frames.map((frame) => frame.manifest).filter((each, index, all) => each !== all[index - 1]);
    expect(manifests).toEqual([manifest, expect.not.stringMatching(/^(factory|card)$/)]);
    for (const frame of frames) {
      expect(frame.scene, JSON.stringify(frames)).toBeDefined();
      const own = frame.manifest === manifest ? old : String(number);
      expect([undefined, own], JSON.stringify(frames)).toContain(frame.snapshot);
    }
  });
});
