// Electron's binary: its own installer runs once, within a time limit; a failure is remembered and Chromium takes over.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from './run-command.mjs';
import { secondsSince } from './say.mjs';

const limitMs = 60_000;

/**
 * @typedef {{
 *   root: string, cache: string, logs: string, say: import('./say.mjs').Say, env?: NodeJS.ProcessEnv, retry?: boolean,
 *   timeoutMs?: number, runs?: (path: string) => boolean
 * }} ElectronOptions
 */

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function electronBinary(root, env) {
  const folder = env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(root, 'node_modules', 'electron', 'dist');
  const name = process.platform === 'win32' ? 'electron.exe' : process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
  const path = join(folder, name);
  return existsSync(path) ? path : undefined;
}

/**
 * @param {ElectronOptions} options
 * @returns {Promise<string | undefined>} path of a binary that runs, if it can be had
 */
export async function provideElectron({ root, cache, logs, say, env = process.env, retry = false, timeoutMs = limitMs, runs = () => true }) {
  const memory = join(cache, 'electron-failed.json');
  const version = electronVersion(root);
  const present = () => {
    const path = electronBinary(root, env);
    return path !== undefined && runs(path) ? path : undefined;
  };
  const found = present();
  if (found !== undefined) return found;
  if (!retry && rememberedFailure(memory) === version) {
    say(
      'Electron',
      'lần trước không lấy được, dùng Chromium (thử lại: npm start -- --retry-electron)',
      'could not be had last time, using Chromium (to try again: npm start -- --retry-electron)',
    );
    return undefined;
  }
  rmSync(memory, { force: true });
  const since = Date.now();
  say('Electron', `lấy bản ${version}, tối đa ${Math.round(timeoutMs / 1000)} s`, `fetching ${version}, ${Math.round(timeoutMs / 1000)} s at most`);
  const logFile = join(logs, 'electron.log');
  const ticks = setInterval(() => {
    say('Electron', `vẫn đang lấy (${secondsSince(since)})`, 'still fetching');
  }, 10_000);
  const { code, timedOut, output } = await runCommand(process.execPath, [join(root, 'node_modules', 'electron', 'install.js')], {
    cwd: root,
    logFile,
    env,
    timeoutMs,
  });
  clearInterval(ticks);
  const fetched = code === 0 ? present() : undefined;
  if (fetched !== undefined) {
    say('Electron', `đã có ${version} (${secondsSince(since)})`, `${version} is here`);
    return fetched;
  }
  const reason = timedOut
    ? 'hết giờ · out of time'
    : (output.split('\n').find((line) => line.trim() !== '') ?? 'không chạy được · does not run').trim().slice(0, 100);
  mkdirSync(dirname(memory), { recursive: true });
  writeFileSync(memory, JSON.stringify({ version, failedAt: new Date().toISOString(), reason }));
  say('Electron', `không lấy được (${reason}), dùng Chromium; nhật ký ở ${logFile}`, `could not be had, using Chromium; the log is ${logFile}`);
  return undefined;
}

/** @param {string} root */
function electronVersion(root) {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'));
  return String(version);
}

/**
 * @param {string} memory
 * @returns {string | undefined}
 */
function rememberedFailure(memory) {
  if (!existsSync(memory)) return undefined;
  try {
    return String(JSON.parse(readFileSync(memory, 'utf8')).version);
  } catch {
    // A torn note is no note: the installer runs once more.
    return undefined;
  }
}
