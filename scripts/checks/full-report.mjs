// The record of a whole run: which commit, which seed, every fault test with what it measured.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

/** @typedef {import('./test-counts.mjs').TestCounts} TestCounts */
/** `only`: names of the checks that ran, where it were not all. @typedef {{ total: TestCounts, only?: string, seed: string, seconds: number, at: Date }} FullRun */

/** @param {string} root */
function commitOf(root) {
  const git = (/** @type {string[]} */ ...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? '';
  const commit = git('rev-parse', 'HEAD');
  return commit === '' ? 'không rõ · unknown' : `${commit}${git('status', '--porcelain') === '' ? '' : ' (có sửa đổi · with changes)'}`;
}

/**
 * @param {string} root
 * @param {FullRun} run
 */
export function reportText(root, { total, only, seed, seconds, at }) {
  const title = only === undefined ? 'Kiểm thử toàn bộ · Whole test run' : 'Một phần kiểm thử dài · Part of the long tests';
  const lines = [
    `# ${title}, ${at.toISOString()}`,
    '',
    `- commit: ${commitOf(root)}`,
    `- seed: ${seed} (\`TEST_SEED=${seed} npm run test:full${only === undefined ? '' : ` -- --only ${only}`}\`)`,
    `- máy · machine: ${cpus().length} × ${cpus()[0]?.model ?? '?'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`,
    `- ${Math.round(seconds)} s: ${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`,
    '',
    '## Sự cố · Faults',
  ];
  const files = [...new Set(total.evidence.map(({ file }) => file))].sort();
  for (const file of files) {
    lines.push('', `### ${file}`, '');
    for (const { name, state, ms, notes } of total.evidence.filter((each) => each.file === file)) {
      lines.push(`- **${state}** ${name} (${(ms / 1_000).toFixed(1)} s)`, ...notes.map((note) => `  - ${note}`));
    }
  }
  if (total.skipped.length > 0) lines.push('', '## Bỏ qua · Skipped', '', ...total.skipped.map(({ name, reason }) => `- ${name} (${reason})`));
  return `${lines.join('\n')}\n`;
}

/**
 * @param {string} root
 * @param {FullRun} run
 * @returns {string} its path
 */
export function writeReport(root, run) {
  const folder = join(root, 'docs', 'reports');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `test-full-${run.at.toISOString().slice(0, 16).replace(/[-:]/g, '')}.md`);
  writeFileSync(path, reportText(root, run));
  return path;
}
