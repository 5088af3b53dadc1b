// What a stranger finds in a clone: the rooms of the design and nothing else, and no word of any one machine.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './setup/paths.mjs';

const { stdout, status } = spawnSync('git', ['-c', `safe.directory=${root.replaceAll('\\', '/')}`, '-c', 'safe.directory=*', 'ls-files', '-z'], {
  cwd: root,
  encoding: 'utf8',
});
const files = status === 0 ? stdout.split('\0').filter((file) => file !== '' && existsSync(join(root, file))) : [];

const rooms = [
  'core',
  'player',
  'electron',
  'chromium',
  'renderer',
  'server',
  'console',
  'assets',
  'playlists',
  'tests',
  'bench',
  'deploy',
  'docs',
  'scripts',
  '.ci',
];
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'LICENSE', 'package.json', 'package-lock.json', 'knip.json', 'eslint.config.js', 'vitest.config.ts'],
  ...[
    'tsconfig.json',
    'tsconfig.base.json',
    'tsconfig.tests.json',
    '.dependency-cruiser.mjs',
    '.editorconfig',
    '.gitignore',
    '.prettierignore',
    '.prettierrc.json',
  ],
];

describe.skipIf(files.length === 0)(`the repository${files.length === 0 ? ' (not a git clone)' : ''}`, () => {
  it('holds only the rooms and pages that the design names', () => {
    const strange = files.filter((file) => !rooms.includes(file.split('/')[0] ?? '') && !pages.includes(file));
    expect(strange).toEqual([]);
  });

  it('names no path of a machine and no registry host', () => {
    const text = files.filter((file) => /\.(?:ts|mjs|js|svelte|json|md|css|html|svg|csv|sh)$|^\.ci\//.test(file) && file !== 'scripts/repository.test.ts');
    const wrong = text.filter((file) => {
      const content = readFileSync(join(root, file), 'utf8');
      // The public registry is npm's own default and stands in every lockfile.
      const hosts = file.endsWith('package-lock.json') ? content.replaceAll('https://registry.npmjs.org/', '') : content;
      return /\/(?:work|root|home\/[a-z]+|Users\/[a-z]+)\/(?!\*)[\w.]/.test(hosts) || /registry\.[a-z]|deb\.debian|debian\.org\/debian/.test(hosts);
    });
    expect(wrong).toEqual([]);
  });
});
