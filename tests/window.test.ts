// The window on a real display: what stands in front of people is the page alone, to the last pixel.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import sharp, { type Sharp } from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../server/testing/free-port.ts';
import { chromiumPath, joinableBrowser, noBrowser } from './support/browser.ts';
import { root, startChild, type Child } from './support/children.ts';
import { noDisplay, openDisplay, type Display } from './support/display.ts';
import { pixelsOfStill } from './support/pixels.ts';
import { settled, visibleNow } from './support/stage.ts';
import { joinStage } from './support/box.ts';

const browserPath = chromiumPath();
const missing = browserPath === undefined ? noBrowser : noDisplay;

/** Longer than a browser takes to find out the language of a page, and to offer what people at a desk may want. */
const offersMs = 6_000;
const closeEnough = 4;

interface Open {
  readonly display: Display;
  /** Takes hold of the page; until then nothing but the shell drives it. */
  joinPage(): Promise<Page>;
}

describe.skipIf(missing !== undefined)(`the window of a box${missing === undefined ? '' : ` (${missing})`}`, () => {
  let folder = '';
  let display: Display | undefined;
  let shell: Child | undefined;
  let joined: { browser: Browser; page: Page } | undefined;

  const open = async (window: 'kiosk' | 'app', size: { width: number; height: number }, screen: { width: number; height: number }): Promise<Open> => {
    folder = mkdtempSync(join(tmpdir(), 'ihanoi window '));
    display = await openDisplay(size);
    const debugPort = await freePort();
    const browser = joinableBrowser(folder, browserPath ?? '', debugPort);
    const args = ['--data', join(folder, 'player'), '--window', window, '--size', `${screen.width}x${screen.height}`, '--kind', 'led', '--browser', browser];
    shell = startChild(join(root, 'dist/chromium/main.js'), args, { env: { DISPLAY: display.name } });
    await shell.message('playing');
    const joinPage = async () => {
      joined = await joinStage(debugPort);
      return joined.page;
    };
    return { display, joinPage };
  };

  afterEach(async () => {
    await joined?.browser.close();
    await shell?.end();
    await display?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  /** Looks at the display and at the page at one moment, between two turns. */
  const look = async (seen: Display, page: Page): Promise<{ shown: Buffer; drawn: Buffer }> => {
    const before = await visibleNow(page);
    await settled(page);
    const shown = await seen.picture();
    const drawn = await page.screenshot();
    const after = await visibleNow(page);
    return before !== undefined && before.turn === after?.turn ? { shown, drawn } : look(seen, page);
  };

  it('fault 67: shows nothing but its page: no bubble, no pointer, no dark edge', async () => {
    const size = { width: 960, height: 576 };
    const { display: seen, joinPage } = await open('kiosk', size, size);
    const pixels = async (png: Buffer) =>
      pixelsOfStill(
        await sharp(png)
          .extract({ left: 0, top: 0, ...size })
          .removeAlpha()
          .png()
          .toBuffer(),
      );
    await expect
      .poll(async () => (await seen.picture()).equals(await seen.picture({ pointer: false })), { timeout: 10_000, message: 'the pointer is not seen' })
      .toBe(true);
    const page = await joinPage();
    const until = performance.now() + offersMs;
    do {
      const { shown, drawn } = await look(seen, page);
      expect((await pixels(shown)).equals(await pixels(drawn)), 'the display shows what the page draws').toBe(true);
    } while (performance.now() < until);
  });

  it('shows the whole picture on a smaller display at a desk, and still pictures it at its true size', async () => {
    const { display: seen, joinPage } = await open('app', { width: 1280, height: 900 }, { width: 1920, height: 1080 });
    const page = await joinPage();
    const small = (picture: Sharp) => picture.resize({ width: 128, height: 72 }).removeAlpha().raw().toBuffer();
    const whole = { left: 0, top: 0, width: 1280, height: 720 };
    /** What people see once it stands still. */
    const still = async (before: Buffer): Promise<Buffer> => {
      await pause(300);
      const now = await seen.picture();
      return now.equals(before) ? now : still(now);
    };
    /** How far the display is from what the page draws, in the mean. The display is looked at first: Playwright's own picture lays the page out anew for a while. */
    const distance = async (): Promise<number> => {
      const before = await visibleNow(page);
      const shown = await small(sharp(await still(await seen.picture())).extract(whole));
      const drawn = await page.screenshot();
      expect(await sharp(drawn).metadata()).toMatchObject({ width: 1920, height: 1080 });
      const wanted = await small(sharp(drawn));
      // Another turn may have begun between the two.
      if ((await visibleNow(page))?.turn !== before?.turn) return distance();
      return [...shown].reduce((sum, value, at) => sum + Math.abs(value - (wanted[at] ?? 255)), 0) / shown.length;
    };
    await expect.poll(distance, { timeout: 60_000, interval: 200 }).toBeLessThan(closeEnough);
  });
});
