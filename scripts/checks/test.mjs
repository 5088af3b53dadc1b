// `npm test`: everything that CI runs, ending in one line that adds it up.
import { parseArgs } from 'node:util';
import { join } from 'node:path';
import { cache, logs, root } from '../setup/paths.mjs';
import { CannotGoOn, say, secondsSince } from '../setup/say.mjs';
import { setUp } from '../setup/setup.mjs';
import { checks, chosenChecks } from './checks.mjs';
import { writeReport } from './full-report.mjs';
import { runChecks } from './run-checks.mjs';
import { temporaryFolder } from './temporary-folder.mjs';
import { unprivileged } from './unprivileged.mjs';

/** Says to the tests that the long suites run whole. */
const fullVariable = 'TEST_FULL';
/** What chance depends on in tests that draw. */
const seedVariable = 'TEST_SEED';
const usualSeed = '311';

/** @param {readonly string[]} argv */
export async function test(argv) {
  const { values } = parseArgs({ args: [...argv], options: { full: { type: 'boolean' }, only: { type: 'string' } } });
  const { chosen, unknown } = chosenChecks(values.only?.split(',') ?? [], values.full ?? false);
  if (unknown.length > 0)
    throw new CannotGoOn(`không có phép kiểm ${unknown.join(', ')}`, `no such check; there are ${checks.map(({ name }) => name).join(', ')}`);
  const since = Date.now();
  const browser = await setUp({ window: false });
  const temporary = temporaryFolder();
  // What every program asks for its temporary files, this one included.
  process.env['TMPDIR'] = temporary.folder;
  const user = chosen.some(({ browser: opensPages }) => opensPages) ? userForTests(browser.path) : undefined;
  const env = {
    ...process.env,
    CHROMIUM_PATH: browser.path,
    [seedVariable]: process.env[seedVariable] ?? usualSeed,
    NO_COLOR: '1',
    FORCE_COLOR: '0',
    NODE_COMPILE_CACHE: join(cache, 'compile'),
    ...(values.full ? { [fullVariable]: '1' } : {}),
  };
  /** @param {string} line */
  const print = (line) => process.stdout.write(`${line}\n`);
  try {
    const total = await runChecks(chosen, { root, logs, env, print, ...(user ? { unprivileged: user } : {}) });
    for (const { name, reason } of total.skipped) print(`skipped ${name} (${reason})`);
    if (values.full)
      print(
        `report ${writeReport(root, { total, ...(values.only === undefined ? {} : { only: values.only }), seed: env[seedVariable] ?? usualSeed, seconds: (Date.now() - since) / 1_000, at: new Date() })}`,
      );
    print(`total ${secondsSince(since)}`);
    print(`${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`);
    process.exitCode = total.failed > 0 ? 1 : 0;
  } finally {
    user?.remove();
    temporary.remove();
  }
}

/** @param {string} browser */
function userForTests(browser) {
  if (process.getuid?.() !== 0) return undefined;
  const mustRead = ['package.json', 'node_modules/vitest/vitest.mjs', 'server', 'dist/stage'].map((path) => join(root, path));
  const user = unprivileged({ root, mustRun: [process.execPath, browser], mustRead });
  if (!('why' in user)) {
    say(
      'Tests',
      'chạy bằng root: kiểm thử trình duyệt và sự cố chạy bằng người dùng không quyền',
      'running as root: browser and fault tests run as a user without rights',
    );
    return user;
  }
  say('Tests', `kiểm thử trình duyệt vẫn chạy bằng root (${user.why})`, 'browser tests go on as root: another user cannot read this clone');
  return undefined;
}
