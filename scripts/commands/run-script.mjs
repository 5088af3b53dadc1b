// Runs one script of the repository with all set up, its output straight to the terminal.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { cache, root } from '../setup/paths.mjs';
import { setUp } from '../setup/setup.mjs';

/**
 * @param {string} script path from the root of the repository
 * @param {readonly string[]} args
 */
export async function runScript(script, args) {
  const browser = await setUp({ window: false });
  return runAlone(script, args, browser.path);
}

/**
 * @param {string} script
 * @param {readonly string[]} args
 * @param {string} browser
 * @returns {Promise<number>} its exit code
 */
export function runAlone(script, args, browser) {
  const env = { ...process.env, CHROMIUM_PATH: browser, NODE_COMPILE_CACHE: join(cache, 'compile') };
  const child = spawn(process.execPath, [join(root, script), ...args], { cwd: root, env, stdio: 'inherit' });
  const stop = () => child.kill('SIGTERM');
  process.once('exit', stop);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      process.removeListener('exit', stop);
      resolve(code ?? 1);
    });
  });
}
