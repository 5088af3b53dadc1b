import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { temporaryFolder } from './temporary-folder.mjs';

afterEach(() => vi.unstubAllEnvs());

it('is where the person who runs the tests wants it, can be passed by others, and goes', () => {
  vi.stubEnv('TMPDIR', import.meta.dirname);
  const { folder, remove } = temporaryFolder();
  expect(dirname(folder)).toBe(import.meta.dirname);
  expect(statSync(folder).mode & 0o777).toBe(0o755);
  remove();
  expect(existsSync(folder)).toBe(false);
});

it('is a folder of the system, in memory or not, when nobody says', () => {
  vi.stubEnv('TMPDIR', undefined);
  const { folder, remove } = temporaryFolder();
  expect(statSync(folder).isDirectory()).toBe(true);
  remove();
});
