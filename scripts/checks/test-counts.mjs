// A Vitest reporter that writes what the last line needs: counts, and why each skipped test was skipped.
import { writeFileSync } from 'node:fs';

/** What one fault test showed: its state, and the figures that it noted. @typedef {{ file: string, name: string, state: string, ms: number, notes: string[] }} Evidence */
/** @typedef {{ passed: number, failed: number, skipped: { name: string, reason: string }[], evidence: Evidence[] }} TestCounts */

/** Titles that name a line of the list of faults. */
const faultTitle = /\bfault \d/;

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
  const counts = { passed: 0, failed: unhandled, skipped: [], evidence: [] };
  for (const module of modules) {
    for (const broken of [module, ...module.children.allSuites()]) counts.failed += broken.errors().length > 0 ? 1 : 0;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (faultTitle.test(test.fullName) || module.relativeModuleId.startsWith('tests/fault/')) {
        const notes = test.annotations().map(({ message }) => message);
        counts.evidence.push({ file: module.relativeModuleId, name: test.fullName, state: result.state, ms: test.diagnostic()?.duration ?? 0, notes });
      }
      if (result.state === 'passed') counts.passed += 1;
      else if (result.state === 'failed') counts.failed += 1;
      else if (result.state === 'skipped') counts.skipped.push({ name: `${module.relativeModuleId}: ${test.fullName}`, reason: result.note ?? reasonOf(test) });
      else counts.failed += 1;
    }
  }
  return counts;
}

/**
 * A test or suite that may be skipped ends its name with the reason, in brackets.
 * @param {Pick<import('vitest/node').TestCase, 'name' | 'parent' | 'options'>} test
 */
function reasonOf(test) {
  if (test.options.mode === 'todo') return 'todo';
  /** @type {{ type?: string, name?: string, parent?: unknown } | undefined} */
  let named = test;
  while (named?.name !== undefined) {
    const reason = /\(([^()]+)\)$/.exec(named.name)?.[1];
    if (reason !== undefined) return reason;
    named = /** @type {typeof named} */ (named.parent);
  }
  return 'no reason given';
}
