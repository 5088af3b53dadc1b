// What `npm test` runs: the tests, and beside them all that only reads the sources.
import { join } from 'node:path';
import { programsFolder } from './postgres-programs.mjs';

/**
 * Of `vitest` each test counts; any other check counts as one. `browser`: opens pages, which root should not. `long`: only where the long suites run. `missing` says
 * what this machine lacks for it.
 * @typedef {{ name: string, tool: string, args: readonly string[], vitest?: true, browser?: true, long?: true, missing?: () => string | undefined }} Check
 */

/** @param {string} project of vitest.config.ts @returns {Check} */
const vitest = (project) => ({ name: project, tool: 'vitest/vitest.mjs', args: ['run', '--configLoader', 'native', '--project', project], vitest: true });

/** @type {readonly Check[]} */
export const checks = [
  { name: 'tsc', tool: 'typescript-native/bin/tsc', args: ['-b'] },
  { name: 'oxlint', tool: 'oxlint/bin/oxlint', args: ['--max-warnings', '0'] },
  { name: 'eslint', tool: 'eslint/bin/eslint.js', args: ['--max-warnings', '0', '.'] },
  { name: 'prettier', tool: 'prettier/bin/prettier.cjs', args: ['--check', '--log-level', 'warn', '.'] },
  {
    name: 'svelte-check-renderer',
    tool: 'svelte-check/bin/svelte-check',
    args: ['--workspace', 'renderer', '--tsconfig', 'tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  },
  {
    name: 'svelte-check-console',
    tool: 'svelte-check/bin/svelte-check',
    args: ['--workspace', 'console', '--tsconfig', 'tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  },
  { name: 'dependency-cruiser', tool: 'dependency-cruiser/bin/dependency-cruiser.mjs', args: ['--config', '.dependency-cruiser.mjs', '.'] },
  { name: 'knip', tool: 'knip/bin/knip.js', args: ['--no-progress', '--treat-config-hints-as-errors'] },
  vitest('unit'),
  vitest('films'),
  { ...vitest('postgres'), missing: () => (programsFolder() === undefined ? 'PostgreSQL is not installed' : undefined) },
  { ...vitest('e2e'), browser: true },
  { ...vitest('stage'), browser: true },
  { ...vitest('kills'), browser: true, long: true },
];

/**
 * @param {readonly string[]} names none for all
 * @param {boolean} isWhole whether the long suites run
 */
export function chosenChecks(names, isWhole) {
  const here = checks.filter(({ long }) => isWhole || !long);
  const unknown = names.filter((name) => !here.some((check) => check.name === name));
  return { chosen: names.length === 0 ? here : here.filter(({ name }) => names.includes(name)), unknown };
}

/**
 * @param {string} root
 * @param {Check} check
 */
export function toolPath(root, { tool }) {
  return join(root, 'node_modules', tool);
}
