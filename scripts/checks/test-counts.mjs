// A Vitest reporter that writes what the last line needs: counts, and why each skipped test was skipped.
import { writeFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: { name: string, reason: string }[] }} TestCounts */

/** Where the counts go. */
export const countsFileVariable = 'TEST_COUNTS_FILE';

export default class TestCountsReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandled
   */
  onTestRunEnd(modules, unhandled) {
    const file = process.env[countsFileVariable];
    if (file !== undefined) writeFileSync(file, JSON.stringify(countTests(modules, unhandled.length)));
  }
}

/**
 * A file that cannot be loaded, a hook that fails and an error nobody caught each count as one failure.
 * @param {readonly import('vitest/node').TestModule[]} modules
 * @param {number} unhandled
 * @returns {TestCounts}
 */
export function countTests(modules, unhandled) {
  /** @type {TestCounts} */
  const counts = { passed: 0, failed: unhandled, skipped: [] };
  for (const module of modules) {
    for (const broken of [module, ...module.children.allSuites()]) counts.failed += broken.errors().length > 0 ? 1 : 0;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === 'passed') counts.passed += 1;
      else if (result.state === 'failed') counts.failed += 1;
      else if (result.state === 'skipped')
        counts.skipped.push({ name: `${module.relativeModuleId}: ${test.fullName}`, reason: result.note ?? reasonOf(test.options.mode) });
      else counts.failed += 1;
    }
  }
  return counts;
}

/** @param {string} mode */
function reasonOf(mode) {
  return mode === 'todo' ? 'todo' : 'no reason given';
}
