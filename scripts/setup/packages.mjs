// Installed packages: they match the lockfile, whole, or `npm ci` lays them anew.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmCi } from './npm.mjs';
import { secondsSince } from './say.mjs';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage */

const stampName = '.ihanoi-lock';

/** @param {string} file @returns {Record<string, LockedPackage>} */
function packagesIn(file) {
  /** @type {unknown} */
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  return /** @type {{ packages: Record<string, LockedPackage> }} */ (lock).packages;
}

/** @param {string} root */
function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/**
 * Why the packages have to be installed; `undefined` when they match. A broken or foreign install is told by npm's own
 * list of what it laid (`.package-lock.json`, written last) and by the folders being there.
 * @param {string} root
 * @returns {{ vietnamese: string, english: string } | undefined}
 */
export function whyInstall(root) {
  const laid = join(root, 'node_modules', '.package-lock.json');
  const stamp = join(root, 'node_modules', stampName);
  if (!existsSync(join(root, 'node_modules'))) return { vietnamese: 'chưa có', english: 'none yet' };
  if (!existsSync(laid)) return { vietnamese: 'lần cài trước dở dang', english: 'the last install was not finished' };
  const installed = packagesIn(laid);
  const known = existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash(root);
  if (!known && !sameAsLocked(packagesIn(join(root, 'package-lock.json')), installed))
    return { vietnamese: 'tệp khóa đã đổi', english: 'the lockfile has changed' };
  const gone = Object.keys(installed).find((folder) => !existsSync(join(root, folder, 'package.json')));
  if (gone !== undefined) return { vietnamese: `thiếu ${gone}`, english: `${gone} is missing` };
  return undefined;
}

/**
 * Whether somebody's own `npm ci` laid exactly what the lockfile says (optional packages of other platforms apart).
 * @param {Record<string, LockedPackage>} locked
 * @param {Record<string, LockedPackage>} installed
 */
function sameAsLocked(locked, installed) {
  for (const [folder, { version, integrity, optional }] of Object.entries(locked)) {
    if (folder === '') continue;
    const here = installed[folder];
    if (here ? here.version !== version || here.integrity !== integrity : optional !== true) return false;
  }
  return Object.keys(installed).every((folder) => folder in locked);
}

/**
 * @param {{ root: string, logs: string, say: import('./say.mjs').Say }} options
 */
export async function providePackages({ root, logs, say }) {
  const reason = whyInstall(root);
  if (reason) {
    const since = Date.now();
    say('Packages', `cài từ package-lock.json (${reason.vietnamese})`, `installing from package-lock.json (${reason.english})`);
    rmSync(join(root, 'node_modules', stampName), { force: true });
    await npmCi({ folder: root, what: { vietnamese: 'các gói', english: 'the packages' }, logFile: join(logs, 'npm-ci.log') });
    say('Packages', `đã cài (${secondsSince(since)})`, 'installed');
  } else say('Packages', 'đủ', 'complete');
  const stamp = join(root, 'node_modules', stampName);
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockHash(root)) writeFileSync(stamp, lockHash(root));
}
