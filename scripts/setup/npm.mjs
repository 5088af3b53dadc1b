// The npm at hand, run by a chosen Node.
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { runCommand } from './run-command.mjs';
import { CannotGoOn } from './say.mjs';

/** @typedef {{ command: string, args: string[] }} Npm */

/**
 * `npm_execpath` is set by npm itself; a plain `node scripts/start.mjs` finds npm on PATH.
 * @param {string} node Node that runs npm
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @returns {Npm | undefined}
 */
export function findNpm(node, env = process.env, platform = process.platform) {
  const started = env['npm_execpath'];
  if (started !== undefined && /npm-cli\.[cm]?js$/.test(started) && existsSync(started)) return { command: node, args: [started] };
  for (const folder of (env['PATH'] ?? env['Path'] ?? '').split(delimiter)) {
    if (folder === '') continue;
    if (platform === 'win32') {
      const script = join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js');
      if (existsSync(script)) return { command: node, args: [script] };
    } else if (existsSync(join(folder, 'npm'))) {
      const script = realpathSync(join(folder, 'npm'));
      return /\.[cm]?js$/.test(script) ? { command: node, args: [script] } : { command: script, args: [] };
    }
  }
  return undefined;
}

/**
 * `npm ci` in a folder with a lockfile: every file's hash is checked, no script of a package runs.
 * @param {{ folder: string, what: string | { vietnamese: string, english: string }, logFile: string, node?: string }} options
 */
export async function npmCi({ folder, what, logFile, node = process.execPath }) {
  const { vietnamese, english } = typeof what === 'string' ? { vietnamese: what, english: what } : what;
  const npm = findNpm(node);
  if (!npm)
    throw new CannotGoOn(
      `không tìm thấy npm để lấy ${vietnamese}: hãy cài Node 24 kèm npm`,
      `npm was not found to fetch ${english}: install Node 24 with its npm`,
    );
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}` };
  const args = [
    ...npm.args,
    'ci',
    '--prefix',
    folder,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--include=dev',
    '--fetch-timeout=60000',
  ];
  const { code, output } = await runCommand(npm.command, args, { cwd: folder, env, logFile });
  if (code === 0) return;
  throw new CannotGoOn(
    `npm không lấy được ${vietnamese} (${reasonIn(output)}): kiểm tra mạng và cấu hình npm rồi chạy lại; nhật ký ở ${logFile}`,
    `npm could not fetch ${english}: check the network and npm's settings, then run again; the log is ${logFile}`,
  );
}

/**
 * The word that tells most in npm's complaint.
 * @param {string} output
 */
export function reasonIn(output) {
  const code = /npm (?:error|ERR!) code (\S+)/.exec(output)?.[1];
  if (code !== undefined) return code;
  const line = output.split('\n').find((each) => each.trim() !== '');
  return line?.trim().slice(0, 120) ?? 'không rõ · unknown';
}
