// What Vite builds into dist/, and from what; each build replaces the one before in one step.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash, filesBelow } from './content-hash.mjs';
import { runCommand } from './run-command.mjs';
import { CannotGoOn, secondsSince } from './say.mjs';

/** @typedef {{ name: string, config: string, inputs: readonly string[] }} Build */

const shared = ['core', 'package-lock.json', 'tsconfig.base.json'];

/** @type {Build} */
export const stageBuild = { name: 'stage', config: 'renderer/vite.config.ts', inputs: ['renderer', ...shared] };
/** The console draws units on the map and shows scenes from `assets`. @type {Build} */
export const consoleBuild = { name: 'console', config: 'console/vite.config.ts', inputs: ['console', ...shared] };
/** @type {Build} */
export const serverBuild = { name: 'server', config: 'server/vite.config.ts', inputs: ['server', ...shared] };
/** @type {Build} */
export const chromiumBuild = { name: 'chromium', config: 'chromium/vite.config.ts', inputs: ['chromium', 'player', ...shared] };
/** @type {Build} */
export const electronBuild = { name: 'electron', config: 'electron/vite.config.ts', inputs: ['electron', 'player', ...shared] };

/** What runs on any machine; Electron's build only where its binary is. */
export const alwaysBuilt = [stageBuild, consoleBuild, serverBuild, chromiumBuild];

/** Tests are not built, so a changed test builds nothing. @param {string} path */
const isBuilt = (path) => !/\.test\.\w+$/.test(path);

/**
 * @param {string} root
 * @param {Build} build
 */
export function inputsHash(root, { inputs }) {
  return contentHash(root, filesBelow(root, inputs, isBuilt));
}

/**
 * @param {string} root
 * @param {Build} build
 */
export function isStale(root, build) {
  const stamp = join(root, 'dist', `${build.name}.inputs`);
  return !existsSync(join(root, 'dist', build.name)) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== inputsHash(root, build);
}

/**
 * @param {{ root: string, logs: string, say: import('./say.mjs').Say, builds: readonly Build[] }} options
 */
export async function provideBuilds({ root, logs, say, builds }) {
  const stale = builds.filter((build) => isStale(root, build));
  if (stale.length === 0) {
    say('Build', 'còn mới', 'up to date');
    return;
  }
  const since = Date.now();
  const names = stale.map(({ name }) => name).join(', ');
  say('Build', `dựng ${names}`, `building ${names}`);
  for (const build of stale) await buildOne(root, logs, build);
  say('Build', `đã dựng (${secondsSince(since)})`, 'built');
}

/**
 * @param {string} root
 * @param {string} logs
 * @param {Build} build
 */
async function buildOne(root, logs, build) {
  const dist = join(root, 'dist');
  const fresh = join(dist, `.${build.name}-${process.pid}`);
  const old = join(dist, `.${build.name}-old-${process.pid}`);
  const target = join(dist, build.name);
  const stamp = join(dist, `${build.name}.inputs`);
  mkdirSync(dist, { recursive: true });
  // Read before the build: a file saved during it makes the result stale, not wrongly new.
  const hash = inputsHash(root, build);
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const logFile = join(logs, `build-${build.name}.log`);
  try {
    const args = [vite, 'build', '--configLoader', 'native', '--config', join(root, build.config), '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'];
    const { code, output } = await runCommand(process.execPath, args, { cwd: root, logFile });
    if (code !== 0) {
      process.stderr.write(output);
      throw new CannotGoOn(`không dựng được ${build.name}; nhật ký ở ${logFile}`, `${build.name} could not be built; the log is ${logFile}`);
    }
    rmSync(stamp, { force: true });
    if (existsSync(target)) renameSync(target, old);
    renameSync(fresh, target);
    writeFileSync(stamp, hash);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}
