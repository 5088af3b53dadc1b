// The end of a contest as people see it: proposed in the console, confirmed by a second person, final on the running screen and on the public page.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { chromiumPath, noBrowser } from './support/browser.ts';
import { invite, launchBrowser, signedIn } from './support/desk.ts';
import { firstPageOnly, playlistsWith } from './support/playlists.ts';
import { differingShare } from './support/pixels.ts';
import { settled, waitForScene, wordsOn } from './support/stage.ts';
import { startTrial, type Trial } from './support/trial.ts';

const browserPath = chromiumPath();

describe.skipIf(browserPath === undefined)(`the end of a contest${browserPath === undefined ? ` (${noBrowser})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi final '));
  let trial: Trial;
  let browser: Browser;

  const board = () => trial.stage.locator('[data-item] [data-snapshot]').first();

  beforeAll(async () => {
    const resultToo = (playlist: Parameters<typeof firstPageOnly>[0]) => {
      const result = playlist.items.filter(({ id }) => id === 'result').map((item) => ({ ...item, seconds: 9, windows: [] }));
      const { items, ...rest } = firstPageOnly(playlist);
      return { ...rest, items: [...items, ...result] };
    };
    trial = await startTrial({ screen: 'reception', playlists: playlistsWith(folder, resultToo) });
    browser = await launchBrowser();
    await waitForScene(trial.stage, 'scoreboard');
  });
  afterAll(async () => {
    await browser.close();
    await trial.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('takes two people, and then the screen says that the result is final and thanks everybody', async () => {
    await settled(trial.stage);
    const before = await trial.stage.screenshot();
    expect((await board().innerText()).normalize('NFC')).not.toContain('Kết quả cuối cùng');

    const first = await signedIn(browser, trial.signInLink);
    const link = await invite(first, { name: 'Chị Hoa', role: 'approver', login: 'hoa.tran' });
    await first.getByRole('link', { name: 'Kết quả thi đua' }).click();
    await first.getByTestId('final-open').click();
    await first.getByTestId('basis-number').fill('12/QĐ-UBND');
    await first.getByTestId('basis-date').fill('2026-11-28');
    await first.getByTestId('basis-office').fill('UBND thành phố Hà Nội');
    await first.getByTestId('final-send').click();
    await first.getByTestId('final-proposal').waitFor();
    expect(await first.getByTestId('final-confirm').count(), 'whoever proposed does not confirm').toBe(0);
    expect(await first.getByTestId('final-why').innerText()).toContain('không tự chốt');

    const second = await signedIn(browser, link);
    await second.getByRole('link', { name: 'Kết quả thi đua' }).click();
    await second.getByTestId('final-confirm').click();
    await second.getByTestId('final-sure').check();
    await second.getByTestId('final-settle').click();
    await second.getByTestId('final-done').waitFor();

    await vi.waitFor(async () => expect((await board().innerText()).normalize('NFC').replaceAll('\u00a0', ' ')).toContain('Kết quả cuối cùng'), {
      timeout: 20_000,
    });
    await settled(trial.stage);
    expect(differingShare(before, await trial.stage.screenshot())).toBeGreaterThan(0.003);
    // The result phase of a trial begins at once.
    await waitForScene(trial.stage, 'message');
    await vi.waitFor(async () => expect(await wordsOn(trial.stage, '[data-item="result"]')).toMatch(/cảm ơn/iu), {
      timeout: 20_000,
    });
  });

  it('stands on the public page, with its document and the way to check it', async () => {
    const visitor = await browser.newPage();
    await visitor.goto(`${trial.url}/scoreboard`);
    for (const width of [320, 360, 705, 768, 1_024, 1_440]) {
      await visitor.setViewportSize({ width, height: 900 });
      // A table that is wider than its sheet would be cut, not scrolled.
      const cut = await visitor.locator('.sheet').evaluateAll((sheets) => sheets.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length);
      expect(cut, `sheets that are cut at a width of ${width}`).toBe(0);
    }
    const page = (await visitor.locator('body').innerText()).normalize('NFC');
    expect(page).toContain('Kết quả cuối cùng');
    expect(page).toContain('12/QĐ-UBND ngày 28/11/2026, UBND thành phố Hà Nội');
    await visitor.getByRole('link', { name: /Trang cố định và chữ ký/ }).click();
    expect((await visitor.locator('body').innerText()).normalize('NFC')).toContain('Kiểm tra chữ ký');
    await visitor.close();
  });
});
