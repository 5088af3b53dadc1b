// Which browser is taken: the one asked for, then the names on PATH in their order; a failed Electron is remembered, not fetched again.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isProgram, provideBrowser } from './browser.mjs';
import { provideElectron } from './electron-binary.mjs';
import { browserCandidates } from './installed-browser.mjs';
import { isNewEnough } from './node24.mjs';
import { findNpm, npmCi } from './npm.mjs';

let folder = '';
const said: string[] = [];
const say = (...words: string[]) => void said.push(words.join(' '));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'máy của tôi '));
  said.length = 0;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function program(path: string, script = '#!/bin/sh\nexit 0\n'): string {
  const whole = join(folder, path);
  mkdirSync(join(whole, '..'), { recursive: true });
  writeFileSync(whole, script);
  chmodSync(whole, 0o755);
  return whole;
}

describe('an installed browser', () => {
  it('is looked for as asked, then by name, then by folder', () => {
    const chrome = program('one/google-chrome');
    const chromium = program('two/chromium');
    const asked = program('mine/my-browser');
    const env = { PATH: [join(folder, 'one'), join(folder, 'two')].join(':') };
    expect(browserCandidates({ env, platform: 'linux', isProgram })).toEqual([chromium, chrome]);
    expect(browserCandidates({ env: { ...env, CHROMIUM_PATH: asked }, platform: 'linux', isProgram })).toEqual([asked, chromium, chrome]);
  });

  it('is not a folder, nor a file that cannot be run', () => {
    mkdirSync(join(folder, 'one/chromium'), { recursive: true });
    writeFileSync(join(folder, 'one/google-chrome'), '');
    expect(browserCandidates({ env: { PATH: join(folder, 'one') }, platform: 'linux', isProgram })).toEqual([]);
  });

  it('is passed over when it does not answer', async () => {
    program('one/chromium', '#!/bin/sh\nexit 1\n');
    const chrome = program('one/google-chrome');
    const env = { PATH: join(folder, 'one') };
    const browser = await provideBrowser({ root: folder, cache: folder, logs: folder, say, window: false, env, platform: 'linux' });
    expect(browser).toEqual({ kind: 'chromium', path: chrome, window: false });
  });
});

describe('the browser of a window', () => {
  it('is Electron where its binary runs, before any installed Chromium', async () => {
    program('one/chromium');
    const electron = program('node_modules/electron/dist/electron');
    writeFileSync(join(folder, 'node_modules/electron/package.json'), '{"version":"45.0.0","type":"commonjs"}');
    const asked = {
      root: folder,
      cache: folder,
      logs: folder,
      say,
      window: true,
      env: { PATH: `${join(folder, 'one')}:${process.env['PATH']}` },
      platform: 'linux',
    } as const;
    expect(await provideBrowser(asked)).toEqual({ kind: 'electron', path: electron, window: true });
    program('node_modules/electron/dist/electron', '#!/bin/sh\nexit 1\n');
    program('node_modules/electron/install.js', 'process.exit(1)');
    expect(await provideBrowser(asked)).toEqual({ kind: 'chromium', path: join(folder, 'one/chromium'), window: true });
    expect(said.at(-1)).toContain('in a window');
  });
});

describe('no browser at all', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
    'is said in both languages, with what to do, when none can be fetched either',
    async () => {
      // A registry that refuses every connection, and a cache that holds nothing.
      for (const [name, value] of Object.entries({ registry: 'http://127.0.0.1:9/', cache: join(folder, 'npm'), fetch_retries: '0' }))
        vi.stubEnv(`npm_config_${name}`, value);
      const asked = provideBrowser({ root: folder, cache: folder, logs: folder, say, window: false, env: { PATH: folder }, platform: 'linux' });
      await expect(asked).rejects.toThrow(
        /không thấy trình duyệt.*hãy cài Chromium.* · no browser was found.*install Chromium or Chrome, or set CHROMIUM_PATH$/,
      );
    },
    60_000,
  );
});

describe('Electron', () => {
  const installer = (body: string) => {
    program('node_modules/electron/install.js', `require('node:fs').appendFileSync(${JSON.stringify(join(folder, 'runs'))}, 'x');\n${body}`);
    writeFileSync(join(folder, 'node_modules/electron/package.json'), '{"version":"45.0.0","type":"commonjs"}');
  };
  const runs = () => readFileSync(join(folder, 'runs'), 'utf8').length;
  const provide = (more: object = {}) =>
    provideElectron({ root: folder, cache: join(folder, 'cache'), logs: folder, say, env: { PATH: process.env['PATH'] }, ...more });

  it('runs its installer once, remembers a failure and says so', async () => {
    installer('process.exit(1)');
    expect(await provide()).toBeUndefined();
    expect(await provide()).toBeUndefined();
    expect(runs()).toBe(1);
    expect(said.at(-1)).toContain('retry-electron');
    await provide({ retry: true });
    expect(runs()).toBe(2);
  });

  it('is given up when its installer takes too long', async () => {
    installer('setInterval(() => undefined, 1000)');
    expect(await provide({ timeoutMs: 300 })).toBeUndefined();
    expect(said.at(-1)).toContain('out of time');
  });

  it('is taken from the folder that ELECTRON_OVERRIDE_DIST_PATH names', async () => {
    installer('process.exit(1)');
    const binary = program('built/electron');
    expect(await provide({ env: { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'built') } })).toBe(binary);
  });
});

describe('Node and npm', () => {
  it.each([
    ['v18.20.0', false],
    ['v20.20.2', false],
    ['v23.11.1', false],
    ['v24.0.0', true],
    ['v26.1.0', true],
  ])('%s is new enough: %s', (version, enough) => {
    expect(isNewEnough(version)).toBe(enough);
  });

  it('says in each language what npm should have fetched', async () => {
    vi.stubEnv('PATH', join(folder, 'empty'));
    vi.stubEnv('npm_execpath', undefined);
    try {
      await expect(npmCi({ folder, what: { vietnamese: 'các gói', english: 'the packages' }, logFile: join(folder, 'npm.log') })).rejects.toThrow(
        'không tìm thấy npm để lấy các gói: hãy cài Node 24 kèm npm · npm was not found to fetch the packages: install Node 24 with its npm',
      );
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('finds the npm that started it before any on PATH', () => {
    const own = program('own/npm-cli.js');
    const other = program('bin/npm');
    expect(findNpm('node', { npm_execpath: own, PATH: join(folder, 'bin') }, 'linux')).toEqual({ command: 'node', args: [own] });
    expect(findNpm('node', { PATH: join(folder, 'bin') }, 'linux')).toEqual({ command: other, args: [] });
    expect(findNpm('node', { PATH: join(folder, 'empty') }, 'linux')).toBeUndefined();
  });
});
