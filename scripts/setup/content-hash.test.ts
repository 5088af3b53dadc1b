// Stale is told by content: a rename or an edit counts, a new date on the same bytes does not.
import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inputsHash, isStale, type Build } from './builds.mjs';

let root = '';
const build: Build = { name: 'stage', config: 'renderer/vite.config.ts', inputs: ['renderer', 'core', 'package-lock.json'] };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'màn hình '));
  for (const folder of ['renderer/scenes', 'core', 'dist/stage']) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'renderer/scenes/Install.svelte'), '<p>iHanoi</p>');
  writeFileSync(join(root, 'core/plan.ts'), 'export {};');
  writeFileSync(join(root, 'package-lock.json'), '{}');
  writeFileSync(join(root, 'dist/stage.inputs'), inputsHash(root, build));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

test('a build whose inputs are the same bytes is not stale, whatever their dates', () => {
  utimesSync(join(root, 'core/plan.ts'), new Date(), new Date(2030, 0, 1));
  expect(isStale(root, build)).toBe(false);
});

test.each([
  ['an edited file', () => writeFileSync(join(root, 'core/plan.ts'), 'export { };')],
  ['a new file', () => writeFileSync(join(root, 'renderer/new.ts'), '')],
  ['a renamed file', () => renameSync(join(root, 'core/plan.ts'), join(root, 'core/plans.ts'))],
  ['a removed folder', () => rmSync(join(root, 'core'), { recursive: true })],
  ['another lockfile', () => writeFileSync(join(root, 'package-lock.json'), '{ }')],
  ['a result that is gone', () => rmSync(join(root, 'dist/stage'), { recursive: true })],
  ['a note that is gone', () => rmSync(join(root, 'dist/stage.inputs'))],
])('%s makes a build stale', (_, change) => {
  change();
  expect(isStale(root, build)).toBe(true);
});

test('bytes that move from one file to the next make a build stale', () => {
  writeFileSync(join(root, 'core/plan.ts'), 'export {}');
  writeFileSync(join(root, 'core/play.ts'), ';');
  const before = inputsHash(root, build);
  writeFileSync(join(root, 'core/plan.ts'), 'export {};');
  writeFileSync(join(root, 'core/play.ts'), '');
  expect(inputsHash(root, build)).not.toBe(before);
});

test('a changed test builds nothing', () => {
  writeFileSync(join(root, 'core/plan.test.ts'), 'changed');
  expect(isStale(root, build)).toBe(false);
});
