// Where an installed Chromium or Chrome is found: CHROMIUM_PATH, then the usual names on PATH, then the usual places.
import { posix, win32 } from 'node:path';

/** @typedef {{ env: NodeJS.ProcessEnv, platform: NodeJS.Platform, isProgram: (path: string) => boolean }} Machine */

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const macApps = ['Chromium.app/Contents/MacOS/Chromium', 'Google Chrome.app/Contents/MacOS/Google Chrome'];
const windowsApps = ['Chromium\\Application\\chrome.exe', 'Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

/**
 * Programs that look like one, best first.
 * @param {Machine} machine
 * @returns {string[]}
 */
export function browserCandidates({ env, platform, isProgram }) {
  const asked = env['CHROMIUM_PATH'];
  const { join, delimiter } = platform === 'win32' ? win32 : posix;
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, platform === 'win32' ? `${name}.exe` : name)));
  const found = [...(asked === undefined || asked === '' ? [] : [asked]), ...onPath, ...usualPlaces(env, platform)];
  return [...new Set(found)].filter(isProgram);
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @returns {string[]}
 */
function usualPlaces(env, platform) {
  if (platform === 'darwin') return ['/Applications', `${env['HOME'] ?? ''}/Applications`].flatMap((folder) => macApps.map((app) => posix.join(folder, app)));
  if (platform !== 'win32') return [];
  const folders = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].filter((folder) => folder !== undefined);
  return windowsApps.flatMap((app) => folders.map((folder) => win32.join(folder, app)));
}
