// What a stranger finds in a clone: the rooms of the design and nothing else, and no word of any one machine.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { npmCi } from './setup/npm.mjs';
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
  ...[
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'LICENSE',
    'package.json',
    'package-lock.json',
    'knip.json',
    '.oxlintrc.json',
    'eslint.config.js',
    'vitest.config.ts',
  ],
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

describe('fault 96: what comes from outside', () => {
  const packages = Object.entries(
    (JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, { integrity?: string; resolved?: string }> }).packages,
  ).filter(([path]) => path !== '');

  it('is held to its hash, each package, and to no other place than the registry in use', () => {
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? '')).map(([path]) => path)).toEqual([]);
    expect(packages.filter(([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'))).toEqual([]);
  });

  it('names exact versions', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, Record<string, string>>;
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^(?:npm:[\w@/-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  it.runIf(process.platform !== 'win32')('runs no script of its own when it is installed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ihanoi packages '));
    try {
      const poisoned = { name: 'poisoned', version: '1.0.0', scripts: { install: 'echo 1 > ran', preinstall: 'echo 1 > ran', postinstall: 'echo 1 > ran' } };
      writeFileSync(join(folder, 'package.json'), JSON.stringify(poisoned));
      writeFileSync(
        join(folder, 'package-lock.json'),
        JSON.stringify({ name: 'poisoned', version: '1.0.0', lockfileVersion: 3, packages: { '': { name: 'poisoned', version: '1.0.0' } } }),
      );
      await npmCi({ folder, what: 'gói thử', logFile: join(folder, 'npm.log') });
      expect(existsSync(join(folder, 'ran'))).toBe(false);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
