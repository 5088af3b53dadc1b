// Everything a command needs, provided in order: packages, builds, a browser.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { provideBrowser } from './browser.mjs';
import { alwaysBuilt, electronBuild, provideBuilds } from './builds.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { providePackages } from './packages.mjs';
import { cache, logs, root } from './paths.mjs';
import { CannotGoOn, say } from './say.mjs';

/**
 * @param {{ window: boolean, retryElectron?: boolean }} wishes
 * @returns {Promise<import('./browser.mjs').Browser>}
 */
export function setUp({ window, retryElectron = false }) {
  return alone(async () => {
    await providePackages({ root, logs, say });
    const browser = await provideBrowser({ root, cache, logs, say, window, retryElectron });
    const withElectron = browser.kind === 'electron' && existsSync(join(root, electronBuild.config));
    await provideBuilds({ root, logs, say, builds: withElectron ? [...alwaysBuilt, electronBuild] : alwaysBuilt });
    return browser;
  });
}

/** For those who only want to see dist/. */
export function providePackagesAndBuilds() {
  return alone(async () => {
    await providePackages({ root, logs, say });
    await provideBuilds({ root, logs, say, builds: alwaysBuilt });
  });
}

/**
 * @template T
 * @param {() => Promise<T>} work
 */
async function alone(work) {
  try {
    mkdirSync(logs, { recursive: true });
  } catch (error) {
    throw new CannotGoOn(`không ghi được vào ${cache} (${String(error)})`, `${cache} cannot be written`);
  }
  say('Node', process.version, 'ready');
  return oneAtATime(join(cache, 'setup.lock'), say, work);
}
