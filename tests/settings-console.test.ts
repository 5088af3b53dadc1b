// Settings filled in in the console: what is wrong is said at its field, what holds reaches the box, and what two people edit is put together.
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, noBrowser } from './support/browser.ts';
import { startTrial, type Trial } from './support/trial.ts';

const patience = { timeout: 30_000 };

describe.skipIf(chromiumPath() === undefined)(`settings in the console${chromiumPath() === undefined ? ` (${noBrowser})` : ''}`, () => {
  let trial: Trial;
  let browser: Browser;
  let desk: Page;

  beforeAll(async () => {
    trial = await startTrial({ screen: 'reception' });
    await trial.stage.waitForSelector('[data-state="playing"]:not([data-manifest="factory"])', { timeout: 60_000, state: 'attached' });
    browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: ['--no-sandbox'] });
    desk = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    await desk.goto(trial.signInLink);
    await desk.getByTestId('screen-edit').first().waitFor({ timeout: 60_000 });
  });
  afterAll(async () => {
    await browser.close();
    await trial.stop();
  });

  it('a screen is found by its new tag, goes dark by its new hours, and comes back', async () => {
    const card = desk.locator('article', { hasText: 'LCD phòng tiếp công dân' });
    await card.getByTestId('screen-edit').click(patience);
    await desk.getByTestId('screen-name').fill(' ', patience);
    await desk.getByTestId('screen-save').click(patience);
    expect(await desk.locator('[data-testid="problem"][data-path="name"]').innerText(patience)).toBe('chưa nhập');
    await desk.getByTestId('screen-name').fill('Sảnh tầng 1', patience);
    await desk.getByTestId('screen-tags').fill('sảnh, công ty Ánh Sáng', patience);
    await desk.getByTestId('add-window').click(patience);
    await desk.locator('input[type="date"]').nth(1).fill('2000-01-02', patience);
    await desk.getByTestId('screen-save').click(patience);
    await desk.getByTestId('screen-saved').waitFor(patience);
    await trial.stage.waitForSelector('[data-state="off"]', { ...patience, state: 'attached' });

    // Another person saves meanwhile: what was typed here stays, and what they wrote is there too.
    const other = await desk.context().newPage();
    await other.goto(desk.url());
    await desk.getByTestId('screen-place').fill('Tầng 1', patience);
    await other.getByTestId('screen-contact').fill('Bình, 0912 345 678', patience);
    await other.getByTestId('screen-save').click(patience);
    await desk.getByTestId('screen-merged').waitFor(patience);
    expect(await desk.getByTestId('screen-contact').inputValue()).toBe('Bình, 0912 345 678');
    expect(await desk.getByTestId('screen-place').inputValue()).toBe('Tầng 1');
    await desk.getByRole('button', { name: 'Bỏ khung giờ 1' }).click(patience);
    await desk.getByTestId('screen-save').click(patience);
    await desk.getByTestId('screen-saved').waitFor(patience);
    await other.close();
    await trial.stage.waitForSelector('[data-state="playing"]', { ...patience, state: 'attached' });

    await desk.evaluate(() => void (location.hash = '#/screens'));
    await desk.locator('input[type="search"]').fill('anh sang', patience);
    expect(await desk.locator('article h2, article h3').allInnerTexts()).toEqual([expect.stringContaining('Sảnh tầng 1')]);
  });

  it('who speaks beside a code is another on the screen once the campaign says so', async () => {
    const before = await trial.stage.getAttribute('html', 'data-manifest');
    await desk.evaluate(() => void (location.hash = '#/campaign'));
    await desk.getByTestId('setting-stale.leaveAfterHours').fill('2', patience);
    await desk.getByTestId('campaign-save').click(patience);
    expect(await desk.getByTestId('problem').innerText(patience)).toBe('phải lâu hơn hoặc bằng lúc làm mờ');
    await desk.getByTestId('setting-stale.leaveAfterHours').fill('168', patience);
    await desk.getByTestId('setting-speaker.vi').fill('UBND phường Láng', patience);
    await desk.getByTestId('campaign-save').click(patience);
    await desk.getByTestId('campaign-saved').waitFor(patience);
    await trial.stage.waitForSelector(`[data-state="playing"]:not([data-manifest="${before}"])`, { ...patience, state: 'attached' });
    const playing = await trial.stage.getAttribute('html', 'data-manifest');
    expect(await (await fetch(new URL(`/manifests/${playing}`, desk.url()))).text()).toContain('UBND phường Láng');
  });
});
