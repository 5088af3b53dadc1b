// The real Electron, where its binary is present: the stage in its window, shut in, and back after a crash. Needs a display on Linux.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bridgeGlobal } from '../core/bridge-names.ts';
import { stageUrl } from '../electron/stage-scheme.ts';
import { electronBinary } from '../scripts/setup/electron-binary.mjs';
import { root } from './support/children.ts';
import { visibleNow } from './support/stage.ts';

const binary = electronBinary(root, process.env);
const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;
const missing = binary === undefined ? 'no Electron binary' : hasDisplay ? undefined : 'no display';

describe('Electron itself', () => {
  const data = mkdtempSync(join(tmpdir(), 'ihanoi electron '));
  let app: ElectronApplication | undefined;
  let page: Page | undefined;

  beforeAll(async () => {
    if (missing !== undefined || binary === undefined) return;
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const options = ['--data', data, '--window', 'app', '--size', '960x576', '--kind', 'led'];
    app = await _electron.launch({ executablePath: binary, args: [...asRoot, join(root, 'dist', 'electron', 'main.js'), ...options] });
    page = await app.firstWindow();
    await page.waitForSelector('[data-item][data-turn]', { timeout: 60_000, state: 'attached' });
  });
  afterAll(async () => {
    await app?.close();
    rmSync(data, { recursive: true, maxRetries: 5 });
  });

  const whenPresent = (name: string, run: (stage: Page, electron: ElectronApplication) => Promise<void>) =>
    test(name, async ({ skip }) => {
      skip(missing !== undefined, missing);
      if (page && app) await run(page, app);
    });

  whenPresent('plays the factory playlist in a window of exactly its pixels', async (stage) => {
    expect(stage.url()).toBe(stageUrl);
    expect((await visibleNow(stage))?.state).toBe('playing');
    expect(await stage.evaluate(() => [innerWidth, innerHeight, devicePixelRatio])).toEqual([960, 576, 1]);
  });

  whenPresent('gives the page the bridge and nothing of Node or Electron', async (stage) => {
    const seen = await stage.evaluate(() => ['require', 'process', 'module', 'electron'].filter((name) => name in window));
    expect(seen).toEqual([]);
    expect(await stage.evaluate((name) => name in window, bridgeGlobal)).toBe(true);
  });

  whenPresent('lets the page go nowhere', async (stage) => {
    await stage.evaluate(() => void (location.href = 'https://example.org/'));
    expect(await stage.evaluate(() => open('https://example.org/') === null)).toBe(true);
    await expect(stage.evaluate(() => fetch('https://example.org/'))).rejects.toThrow();
    expect(stage.url()).toBe(stageUrl);
  });

  whenPresent('is back on screen after its renderer crashed', async (stage, electron) => {
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
    await vi.waitFor(async () => expect((await visibleNow(stage))?.state).toBe('playing'), { timeout: 25_000 });
  });
});
