// Runs the checks and adds them up: tests one kind after the other, all else beside them on what they leave of the processor.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../setup/run-command.mjs';
import { secondsSince } from '../setup/say.mjs';
import { toolPath } from './checks.mjs';
import { countsFileVariable } from './test-counts.mjs';

/** @typedef {import('./checks.mjs').Check} Check */
/** @typedef {import('./test-counts.mjs').TestCounts} TestCounts */
/**
 * @typedef {{
 *   root: string, logs: string, env: NodeJS.ProcessEnv, print: (line: string) => void,
 *   unprivileged?: import('./unprivileged.mjs').Unprivileged
 * }} Setting
 */

/**
 * Goes on after a failure; the output of what failed is printed whole.
 * @param {readonly Check[]} checks
 * @param {Setting} setting
 * @returns {Promise<TestCounts>}
 */
export async function runChecks(checks, setting) {
  /** @type {TestCounts} */
  const total = { passed: 0, failed: 0, skipped: [], evidence: [] };
  /** @param {Check} check */
  const run = async (check) => {
    const missing = check.missing?.();
    if (missing !== undefined) {
      total.skipped.push({ name: check.name, reason: missing });
      return;
    }
    const since = Date.now();
    const { counts, output, logFile } = await runCheck(check, setting);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped.push(...counts.skipped);
    total.evidence.push(...counts.evidence);
    const detail = check.vitest ? `  ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped.length} skipped` : '';
    if (counts.failed > 0) setting.print(output.trimEnd());
    setting.print(
      `${counts.failed > 0 ? 'FAILED' : 'ok    '}  ${check.name.padEnd(22)}${secondsSince(since).padStart(8)}${detail}${counts.failed > 0 ? `  (${logFile})` : ''}`,
    );
  };
  /** @param {Check[]} waiting */
  const runAll = async (waiting) => {
    for (let check = waiting.shift(); check; check = waiting.shift()) await run(check);
  };
  /** eslint reads the types that tsc writes. @param {Check} check */
  const readsTypes = ({ name }) => name === 'tsc' || name === 'eslint';
  const tests = checks.filter(watchesTheClock);
  const typed = checks.filter(readsTypes);
  const others = checks.filter((check) => !watchesTheClock(check) && !readsTypes(check));
  await Promise.all([runAll(tests), runAll(typed).then(() => runAll(others)), runAll(others)]);
  return total;
}

/** Tests have time limits, and promises of milliseconds to look after; what only reads the sources can wait. @param {Check} check */
const watchesTheClock = ({ vitest }) => vitest !== undefined;

/**
 * @param {Check} check
 * @param {Setting} setting
 * @returns {Promise<{ counts: TestCounts, output: string, logFile: string }>}
 */
async function runCheck(check, { root, logs, env, unprivileged }) {
  const logFile = join(logs, `${check.name}.log`);
  const user = check.vitest === 'e2e' ? unprivileged : undefined;
  const countsFile = join(user?.folder ?? logs, `${check.name}-counts.json`);
  const args = [
    toolPath(root, check),
    ...check.args,
    ...(check.vitest ? ['--reporter', 'default', '--reporter', join(root, 'scripts', 'checks', 'test-counts.mjs')] : []),
  ];
  const whole = { ...env, ...user?.as.env, [countsFileVariable]: countsFile };
  rmSync(countsFile, { force: true });
  const { code, output } = user
    ? await runCommand(user.as.command, [...user.as.args, process.execPath, ...args], { cwd: root, logFile, env: whole })
    : await runCommand(process.execPath, args, { cwd: root, logFile, env: whole, idle: !watchesTheClock(check) });
  const counts = check.vitest ? countsIn(countsFile) : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [], evidence: [] };
  // A run that broke off, found no test, or failed outside its tests is a failure too.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return { counts, output, logFile };
}

/**
 * @param {string} file
 * @returns {TestCounts}
 */
function countsIn(file) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: [], evidence: [] };
  return JSON.parse(readFileSync(file, 'utf8'));
}
