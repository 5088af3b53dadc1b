// What an office does at its desk besides publishing: codes on paper, targets, an address for its figures, sheets to hang up, and the frame for other sites. Real server, real player, real Chromium.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPdf } from '../server/reports/testing/read-files.ts';
import { chromiumPath, noBrowser } from './support/browser.ts';
import { launchBrowser, signedIn } from './support/desk.ts';
import { differingShare } from './support/pixels.ts';
import { playlistsWith } from './support/playlists.ts';
import { waitForScene } from './support/stage.ts';
import { startTrial, type Trial } from './support/trial.ts';

const patience = { timeout: 30_000 };
const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';
const unit = { code: 'd001', name: 'Quận Ba Đình' };

describe.skipIf(chromiumPath() === undefined)(`an office at its desk${chromiumPath() === undefined ? ` (${noBrowser})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi office '));
  let trial: Trial;
  let browser: Browser;
  let desk: Page;

  const open = (path: string) => desk.evaluate((hash) => void (location.hash = hash), path);
  const words = async (testid: string) => (await desk.getByTestId(testid).first().innerText(patience)).normalize('NFC').replaceAll('\u00a0', ' ');

  beforeAll(async () => {
    const playlists = playlistsWith(folder, (playlist) => ({
      ...playlist,
      items: playlist.items.filter(({ scene }) => scene === 'install').map((item) => ({ ...item, seconds: 20, windows: [] })),
    }));
    trial = await startTrial({ screen: 'reception', playlists });
    browser = await launchBrowser();
    desk = await signedIn(browser, trial.signInLink);
    await waitForScene(trial.stage, 'install');
  });
  afterAll(async () => {
    await browser.close();
    await trial.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('makes a code for a poster, prints it with its unit, sees who opened it, and ends it', async () => {
    await open('#/codes');
    await desk.getByTestId('paper-needs-host').waitFor(patience);
    await desk.getByTestId('host-field').fill('q.hanoi.gov.vn', patience);
    await desk.getByTestId('host-checked').check(patience);
    await desk.getByTestId('host-set').click(patience);
    await desk.getByTestId('host-done').waitFor(patience);

    await desk.getByTestId('paper-new').click(patience);
    await desk.getByTestId('paper-kind').selectOption('poster', patience);
    await desk.getByTestId('paper-unit').selectOption(unit.code, patience);
    await desk.getByTestId('paper-name').fill('Chợ Hôm', patience);
    await desk.getByTestId('paper-make').click(patience);
    const code = (await desk.getByTestId('paper').getAttribute('data-code', patience)) ?? '';
    expect(await words('paper-made')).toContain(code);
    const [download] = await Promise.all([desk.waitForEvent('download', patience), desk.getByTestId('paper-print').click(patience)]);
    const [page = ''] = await readPdf(await PDFiumLibrary.init(), readFileSync(await download.path()));
    expect(page.replaceAll('\u00a0', ' ')).toContain(unit.name);

    await fetch(`${trial.url}/q/${code}`, { redirect: 'manual', headers: { 'user-agent': iphone } });
    const row = desk.locator(`[data-testid="funnel-row"][data-key="${code}"]`);
    // The page hears of it by itself.
    await row.locator('td.strong', { hasText: /^\s*1\s*$/ }).waitFor(patience);
    expect((await row.innerText()).normalize('NFC')).toMatch(/Chợ Hôm[\s\S]*Áp phích/);
    await row.getByTestId('show-hours').click(patience);
    expect(await row.getByTestId('show-hours').getAttribute('aria-pressed', patience)).toBe('true');

    await desk
      .getByTestId('paper')
      .getByRole('button', { name: /^(?:Ngừng|Thôi|Kết thúc)/ })
      .click(patience);
    await desk.getByTestId('paper-end').click(patience);
    await desk.getByTestId('paper-print').waitFor({ state: 'detached', ...patience });
  });

  it('sets the target of a unit, which is there again on the next visit', async () => {
    await open('#/scoreboard/targets');
    const row = desk.locator(`[data-testid="target-row"][data-unit="${unit.code}"]`);
    await row.locator('input').fill('150.000', patience);
    const reached = await row.getByTestId('target-reached').innerText();
    expect(reached).toMatch(/^\d+(?:,\d)?%$/);
    await desk.getByTestId('targets-save').click(patience);
    await desk.getByTestId('targets-saved').waitFor(patience);
    await desk.reload();
    await row.waitFor(patience);
    expect(await row.locator('input').inputValue()).toBe('150.000');
    expect(await row.getByTestId('target-reached').innerText()).toBe(reached);
  });

  it('is told in words why figures are not fetched from an address that nobody allowed', async () => {
    await open('#/scoreboard/source');
    await desk.getByTestId('source-url').fill('https://so-lieu.example.com/ihanoi.csv', patience);
    await desk.getByTestId('source-set').click(patience);
    expect(await words('failure')).toMatch(/không nằm trong danh sách cho phép.*--figure-hosts/);
    expect(await desk.getByTestId('source-end').count()).toBe(0);
  });

  it('prints what is on now on each screen, one page each, without the tools around it', async () => {
    await open('#/screens/sheets');
    const sheet = desk.getByTestId('sheet');
    await sheet.getByTestId('sheet-turn').nth(3).waitFor(patience);
    expect(await sheet.count(), 'of screens in service only').toBe(1);
    expect(await words('sheet-shows')).toBe('Mã cài đặt iHanoi');
    expect((await sheet.getByTestId('sheet-turn').allInnerTexts()).every((text) => /^\d\d:\d\d(?::\d\d)?\s+Mã cài đặt iHanoi$/.test(text.trim()))).toBe(true);
    const pages = await readPdf(await PDFiumLibrary.init(), await desk.pdf({ format: 'A4', preferCSSPageSize: true }));
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('LCD phòng tiếp công dân');
    expect(pages[0]).toContain('Mã cài đặt iHanoi');
    expect(pages[0]).not.toContain(await desk.getByTestId('sheet-print').innerText());
  });

  describe('the scoreboard in the frame of another site', () => {
    let site: Server;
    beforeAll(async () => {
      // Neither scripts nor the site's own rights inside.
      const page = `<!doctype html><style>:root{color-scheme:light dark}body{margin:0}iframe{display:block;width:100%;height:100vh;border:0}</style><iframe sandbox src="${trial.url}/embed/scoreboard"></iframe>`;
      site = createServer((_, answer) => void answer.writeHead(200, { 'content-type': 'text/html' }).end(page));
      await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    });
    afterAll(() => void site.close());
    async function read(colorScheme: 'light' | 'dark'): Promise<Page> {
      const reader = await browser.newPage({ colorScheme, viewport: { width: 390, height: 700 } });
      await reader.goto(`http://localhost:${(site.address() as AddressInfo).port}/`);
      await reader.frameLocator('iframe').locator('h1').waitFor(patience);
      return reader;
    }

    it('stands without a sideways scroll and without a cut word at any width', async () => {
      const reader = await read('light');
      const frame = reader.frameLocator('iframe');
      for (const width of [240, 320, 390, 600, 1_024, 1_920]) {
        await reader.setViewportSize({ width, height: 700 });
        expect((await frame.locator('body').innerText(patience)).normalize('NFC')).toMatch(/Phú Xuyên|Mỹ Đức/);
        const wide = await frame.locator('body').evaluate((body) => {
          const page = body.ownerDocument.documentElement;
          const cut = [...body.querySelectorAll<HTMLElement>('h1, h2, p, th, .rate')].filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1);
          return { scrolls: page.scrollWidth - page.clientWidth, cut: cut.map(({ outerHTML }) => outerHTML) };
        });
        expect(wide, `at ${width} px`).toEqual({ scrolls: 0, cut: [] });
      }
    });

    it('follows the reader’s light or dark', async () => {
      const [light, dark] = [await (await read('light')).screenshot(), await (await read('dark')).screenshot()];
      expect(differingShare(light, dark)).toBeGreaterThan(0.9);
    });
  });
});
