// Root reads what it must not, so tests that break things run as a user without rights, where the machine lets that user read the clone.
import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** "nobody" on every system that has setpriv. */
const uid = 65_534;

/** @typedef {{ command: string, args: string[], env: NodeJS.ProcessEnv }} AsUser */
/** @typedef {{ as: AsUser, folder: string, remove: () => void }} Unprivileged */

/**
 * @param {{ root: string, mustRun: readonly string[], mustRead: readonly string[] }} needs
 * @returns {Unprivileged | { why: string }}
 */
export function unprivileged({ root, mustRun, mustRead }) {
  const command = 'setpriv';
  const args = ['--reuid', String(uid), '--regid', String(uid), '--clear-groups'];
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi-tests-'));
  chownSync(folder, uid, uid);
  const remove = () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const env = { ...process.env, HOME: folder, TMPDIR: folder, XDG_CONFIG_HOME: join(folder, '.config'), XDG_CACHE_HOME: join(folder, '.cache') };
  const look = `const fs = require('node:fs'); const [run, read] = ${JSON.stringify([mustRun, mustRead])};
    for (const path of run) fs.accessSync(path, fs.constants.X_OK); for (const path of read) fs.accessSync(path, fs.constants.R_OK);`;
  const tried = spawnSync(command, [...args, process.execPath, '--eval', look], { cwd: root, env, encoding: 'utf8' });
  if (tried.status === 0) return { as: { command, args, env }, folder, remove };
  remove();
  const why = tried.error?.message ?? /Error: (.*)/.exec(tried.stderr)?.[1] ?? tried.stderr.trim().split('\n')[0] ?? '';
  return { why };
}
