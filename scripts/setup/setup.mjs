// Everything a command needs, provided in order: packages, builds, a browser.
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { provideBrowser } from './browser.mjs';
import { alwaysBuilt, electronBuild, provideBuilds } from './builds.mjs';
import { electronBinary } from './electron-binary.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { providePackages } from './packages.mjs';
import { cache, logs, root } from './paths.mjs';
import { say } from './say.mjs';

/**
 * @param {{ window: boolean, retryElectron?: boolean }} wishes
 * @returns {Promise<import('./browser.mjs').Browser>}
 */
export function setUp({ window, retryElectron = false }) {
  return alone(async () => {
    await providePackages({ root, logs, say });
    const browser = await provideBrowser({ root, cache, logs, say, window, retryElectron });
    const withElectron = electronBinary(root, process.env) !== undefined;
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
  say('Node', process.version, 'ready');
  // A user who may not change this clone runs what another has set up; a step with something left to do says so.
  if (!isWritable(existsSync(cache) ? cache : root)) return work();
  mkdirSync(logs, { recursive: true });
  return oneAtATime(join(cache, 'setup.lock'), say, work);
}

/** @param {string} folder */
function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
