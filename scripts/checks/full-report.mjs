// The record of a whole run: which commit, which seed, every fault test with what it measured.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

/** @typedef {import('./test-counts.mjs').TestCounts} TestCounts */

/** @param {string} root */
function commitOf(root) {
  const git = (/** @type {string[]} */ ...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? '';
  const commit = git('rev-parse', 'HEAD');
  return commit === '' ? 'không rõ · unknown' : `${commit}${git('status', '--porcelain') === '' ? '' : ' (có sửa đổi · with changes)'}`;
}

/**
 * @param {string} root
 * @param {{ total: TestCounts, seed: string, seconds: number, at: Date }} run
 */
export function reportText(root, { total, seed, seconds, at }) {
  const lines = [
    `# Kiểm thử toàn bộ · Whole test run, ${at.toISOString()}`,
    '',
    `- commit: ${commitOf(root)}`,
    `- seed: ${seed} (\`TEST_SEED=${seed} npm run test:full\`)`,
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
 * @param {{ total: TestCounts, seed: string, seconds: number, at: Date }} run
 * @returns {string} its path
 */
export function writeReport(root, run) {
  const folder = join(root, 'docs', 'reports');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `test-full-${run.at.toISOString().slice(0, 16).replace(/[-:]/g, '')}.md`);
  writeFileSync(path, reportText(root, run));
  return path;
}
