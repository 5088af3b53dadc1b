// The browser that will show the stage, in the order Electron, installed Chromium or Chrome, the one from npm.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { provideElectron } from './electron-binary.mjs';
import { browserCandidates } from './installed-browser.mjs';
import { provideNpmChromium } from './npm-chromium.mjs';

/** `window` is false where the browser can only play unseen. @typedef {{ kind: 'electron' | 'chromium', path: string, window: boolean }} Browser */
/**
 * @typedef {{
 *   root: string, cache: string, logs: string, say: import('./say.mjs').Say, window: boolean, retryElectron?: boolean,
 *   env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform
 * }} BrowserOptions
 */

/** @param {string} path */
export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Not there, or not ours to run: the next one is looked at.
    return false;
  }
}

/**
 * Whether a browser answers at all: a packaged stub, or one without its libraries, does not. On Windows asking would open a window.
 * @param {string} path
 */
export function runs(path) {
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { timeout: 20_000, stdio: 'ignore' }).status === 0;
}

/** @param {string} path */
function electronRuns(path) {
  return spawnSync(path, ['--version'], { timeout: 20_000, stdio: 'ignore', env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } }).status === 0;
}

/**
 * @param {BrowserOptions} options
 * @returns {Promise<Browser>}
 */
export async function provideBrowser({ root, cache, logs, say, window, retryElectron = false, env = process.env, platform = process.platform }) {
  if (window) {
    const electron = await provideElectron({ root, cache, logs, say, env, retry: retryElectron, runs: electronRuns });
    if (electron !== undefined) {
      say('Browser', `Electron ở ${electron}`, `Electron at ${electron}`);
      return { kind: 'electron', path: electron, window };
    }
  }
  const installed = browserCandidates({ env, platform, isProgram }).find(runs);
  if (installed !== undefined) {
    say('Browser', installed, window ? 'in a window' : 'without a window');
    return { kind: 'chromium', path: installed, window };
  }
  const path = await provideNpmChromium({ cache, logs, say, runs });
  if (window)
    say(
      'Browser',
      'Chromium từ npm không mở được cửa sổ: phát ngầm (cài Chrome để có cửa sổ)',
      'the Chromium from npm opens no window: playing unseen (install Chrome to see it)',
    );
  else say('Browser', 'Chromium từ npm', 'Chromium from npm');
  return { kind: 'chromium', path, window: false };
}
