// The last resort for a screen without a window: the Chromium that npm's @sparticuz/chromium holds, pinned by its lockfile.
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npmCi } from './npm.mjs';
import { runCommand } from './run-command.mjs';
import { CannotGoOn, secondsSince } from './say.mjs';

const recipe = join(dirname(fileURLToPath(import.meta.url)), 'npm-chromium');
const version = '153.0.0';

/** Its libraries and fonts stand in for a system's that has none. Paths are taken from where the script lies. */
const starter = `#!/bin/sh
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
if [ -d "$here/unpacked/al2023/lib" ]; then export LD_LIBRARY_PATH="$here/unpacked/al2023/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"; fi
if [ ! -e /etc/fonts/fonts.conf ]; then export FONTCONFIG_PATH="$here/unpacked/fonts"; fi
exec "$here/unpacked/chromium" "$@"
`;

/**
 * @param {{ cache: string, logs: string, say: import('./say.mjs').Say, runs: (path: string) => boolean }} options
 * @returns {Promise<string>} path of a command that starts it
 */
export async function provideNpmChromium({ cache, logs, say, runs }) {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw noBrowser(`npm không có Chromium cho ${process.platform}-${process.arch}`, `npm has no Chromium for ${process.platform}-${process.arch}`);
  const home = join(cache, 'chromium', version);
  const command = join(home, 'chromium.sh');
  if (existsSync(command)) return command;
  const since = Date.now();
  say(
    'Browser',
    `không thấy trình duyệt, lấy @sparticuz/chromium ${version} từ npm (67 MB)`,
    `none found, fetching @sparticuz/chromium ${version} from npm (67 MB)`,
  );
  const fresh = `${home}.${process.pid}`;
  mkdirSync(join(fresh, 'unpacked'), { recursive: true });
  try {
    for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(recipe, name), join(fresh, name));
    const logFile = join(logs, 'npm-chromium.log');
    await npmCi({ folder: fresh, what: '@sparticuz/chromium', logFile }).catch((fault) => {
      if (!(fault instanceof CannotGoOn)) throw fault;
      throw noBrowser(
        `không thấy trình duyệt, npm cũng không lấy được (nhật ký ở ${logFile})`,
        `no browser was found and npm could not fetch one (the log is ${logFile})`,
      );
    });
    await unpack(fresh, logs, []);
    writeFileSync(join(fresh, 'chromium.sh'), starter, { mode: 0o755 });
    if (!runs(join(fresh, 'chromium.sh'))) await unpack(fresh, logs, ['--libraries']);
    if (!runs(join(fresh, 'chromium.sh')))
      throw noBrowser('Chromium từ npm không chạy được trên máy này', 'the Chromium from npm does not run on this machine');
    rmSync(join(fresh, 'node_modules'), { recursive: true });
    rmSync(home, { recursive: true, force: true });
    renameSync(fresh, home);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  say('Browser', `đã có Chromium ${version} (${secondsSince(since)})`, `Chromium ${version} is here`);
  return command;
}

/**
 * @param {string} folder
 * @param {string} logs
 * @param {readonly string[]} more
 */
async function unpack(folder, logs, more) {
  const unpacked = join(folder, 'unpacked');
  const logFile = join(logs, 'npm-chromium-unpack.log');
  const { code } = await runCommand(process.execPath, [join(recipe, 'unpack.mjs'), folder, ...more], {
    cwd: folder,
    logFile,
    env: { ...process.env, TMPDIR: unpacked },
  });
  if (code !== 0)
    throw new CannotGoOn(
      `không giải nén được Chromium (còn đủ chỗ trống không?); nhật ký ở ${logFile}`,
      `Chromium could not be unpacked (is the disk full?); the log is ${logFile}`,
    );
  // Tests run it as another user than the one who fetched it.
  chmodSync(join(unpacked, 'chromium'), 0o755);
}

/**
 * @param {string} vietnamese
 * @param {string} english
 */
export function noBrowser(vietnamese, english) {
  return new CannotGoOn(`${vietnamese}: hãy cài Chromium hoặc Chrome, hoặc đặt CHROMIUM_PATH`, `${english}: install Chromium or Chrome, or set CHROMIUM_PATH`);
}
