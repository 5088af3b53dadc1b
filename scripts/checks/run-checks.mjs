// Runs the checks and adds them up: tests without a page, then those of boxes, then those of the stage; all that reads the sources behind them.
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
  const boxes = checks.filter(({ browser }) => browser);
  /** @param {Check} check */
  const run = async (check) => {
    const missing = check.missing?.();
    if (missing !== undefined) {
      total.skipped.push({ name: check.name, reason: missing });
      return;
    }
    const since = Date.now();
    const { counts, output, logFile } = await runCheck(check, { ...setting, niceness: boxes.length > 0 ? behindBoxes(check) : 0 });
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
  const tests = checks.filter(({ vitest, browser }) => vitest && !browser);
  /** oxlint reads the types that tsc writes. */
  const typed = checks.filter(({ name }) => name === 'tsc' || name === 'oxlint');
  const others = checks.filter((check) => !check.vitest && !typed.includes(check));
  const allTests = runAll([...tests, ...boxes]);
  await Promise.all([allTests, runAll(typed).then(() => runAll(others)), runAll(others)]);
  return total;
}

/**
 * Tests have limits of time, and boxes promises of milliseconds; what reads the sources has none, but oxlint waits for tsc, which is short.
 * Their share of a busy processor, as niceness: only what tests leave over, which is most while boxes wait.
 * @param {Check} check
 */
const behindBoxes = ({ name, vitest }) => (vitest || name === 'tsc' ? 0 : 19);

/**
 * @param {Check} check
 * @param {Setting & { niceness: number }} setting
 * @returns {Promise<{ counts: TestCounts, output: string, logFile: string }>}
 */
async function runCheck(check, { root, logs, env, niceness, unprivileged }) {
  const logFile = join(logs, `${check.name}.log`);
  const user = check.browser ? unprivileged : undefined;
  const countsFile = join(user?.folder ?? logs, `${check.name}-counts.json`);
  const args = [
    toolPath(root, check),
    ...check.args,
    ...(check.vitest ? ['--reporter', 'default', '--reporter', join(root, 'scripts', 'checks', 'test-counts.mjs')] : []),
  ];
  const whole = { ...env, ...user?.as.env, [countsFileVariable]: countsFile };
  rmSync(countsFile, { force: true });
  const options = { cwd: root, logFile, env: whole, niceness };
  const { code, output } = user
    ? await runCommand(user.as.command, [...user.as.args, process.execPath, ...args], options)
    : await runCommand(process.execPath, args, options);
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
