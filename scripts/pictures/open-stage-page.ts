// Opens the built stage in a page of a screen's size, with a bridge that the caller speaks through.
import type { Browser, Page } from 'playwright-core';
import type { FromStage, ToStage } from '../../core/bridge.ts';

export interface StagePage {
  readonly page: Page;
  tell(message: ToStage): Promise<void>;
  /** Everything the stage has said so far. */
  said(): Promise<FromStage[]>;
  shows(turn: string): Promise<void>;
}

declare global {
  interface Window {
    shotBridge: { said: FromStage[]; tell?: (message: unknown) => void };
  }
}

/** Whoever takes hundreds of pictures must not lose them to a minute in which others have the processor. */
const busyMachineMs = 120_000;

export interface StagePageOptions {
  readonly width: number;
  readonly height: number;
  /** The machine's clock stands at this instant, and so does its running time; timers run on. */
  readonly fixedTime?: number;
  readonly file?: string;
}

export async function openStagePage(browser: Browser, url: string, { width, height, fixedTime, file = 'stage.html' }: StagePageOptions): Promise<StagePage> {
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: 1 });
  page.setDefaultNavigationTimeout(busyMachineMs);
  if (fixedTime !== undefined) {
    await page.clock.setFixedTime(fixedTime);
    await page.addInitScript(() => {
      performance.now = () => 0.25;
    });
  }
  await page.addInitScript(() => {
    window.shotBridge = { said: [] };
    Object.assign(window, {
      ihanoiBridge: {
        send: (message: FromStage) => void window.shotBridge.said.push(message),
        onMessage: (listener: (message: unknown) => void) => {
          window.shotBridge.tell = listener;
        },
      },
    });
  });
  await page.goto(`${url}/${file}`);
  await page.waitForFunction(() => window.shotBridge.tell !== undefined);
  return {
    page,
    tell: (message) => page.evaluate((sent) => window.shotBridge.tell?.(sent), message),
    said: () => page.evaluate(() => window.shotBridge.said),
    shows: async (turn) => {
      await page.waitForSelector(`[data-turn="${turn}"]`, { timeout: 15_000 });
    },
  };
}

/** Resolves when nothing moves any more. */
export async function atRest(page: Page): Promise<void> {
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
  await page.evaluate(() => new Promise((resolve) => void requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** A screen of a wall lays out the whole picture; now its page shows all of it, not its part. */
export async function showAllOfWall(page: Page, { width, height }: { readonly width: number; readonly height: number }): Promise<void> {
  await page.evaluate((rule) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rule);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, `main { width: ${width}px !important; height: ${height}px !important; }`);
}
