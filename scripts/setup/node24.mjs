// Node 24 for a machine with an older one: fetched once from npm into .cache, by its hash.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockOf, nodePackageFor } from './node24-packages.mjs';
import { npmCi } from './npm.mjs';
import { CannotGoOn, secondsSince } from './say.mjs';

export const neededMajor = 24;

/**
 * @param {string} version such as "v20.20.2"
 */
export function isNewEnough(version) {
  return Number.parseInt(version.replace(/^v/, ''), 10) >= neededMajor;
}

/**
 * Path of a Node 24 in the cache, fetched if it is not there yet.
 * @param {{ cache: string, logs: string, say: import('./say.mjs').Say, platform?: string, arch?: string }} options
 * @returns {Promise<string>}
 */
export async function provideNode24({ cache, logs, say, platform = process.platform, arch = process.arch }) {
  const pack = nodePackageFor(platform, arch);
  if (!pack) {
    throw new CannotGoOn(
      `cần Node ${neededMajor} (đang có ${process.version}) và npm không có bản cho ${platform}-${arch}: hãy tự cài Node ${neededMajor}`,
      `Node ${neededMajor} is needed (this is ${process.version}) and npm has none for ${platform}-${arch}: please install Node ${neededMajor}`,
    );
  }
  const home = join(cache, 'node24', `${pack.name}-${pack.version}`);
  const binary = join(home, 'node_modules', pack.name, pack.binary);
  // The folder gets its name only when it is whole and its Node has run.
  if (existsSync(binary)) return binary;
  const since = Date.now();
  say('Node', `đang có ${process.version}, lấy ${pack.version} từ npm`, `this is ${process.version}, fetching ${pack.version} from npm`);
  const fresh = `${home}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  try {
    writeFileSync(join(fresh, 'package.json'), JSON.stringify({ private: true, dependencies: { [pack.name]: pack.version } }));
    writeFileSync(join(fresh, 'package-lock.json'), JSON.stringify(lockOf(pack)));
    await npmCi({ folder: fresh, what: `Node ${pack.version}`, logFile: join(logs, 'node24.log'), node: process.execPath });
    const fetched = join(fresh, 'node_modules', pack.name, pack.binary);
    const tried = spawnSync(fetched, ['--version'], { encoding: 'utf8' });
    if (tried.status !== 0) {
      throw new CannotGoOn(
        `Node ${pack.version} lấy về không chạy được trên máy này: hãy tự cài Node ${neededMajor}`,
        `the Node ${pack.version} that was fetched does not run on this machine: please install Node ${neededMajor}`,
      );
    }
    if (!existsSync(binary)) renameSync(fresh, home);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  say('Node', `đã có ${pack.version} (${secondsSince(since)})`, `${pack.version} is here`);
  return binary;
}
