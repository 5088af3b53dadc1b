// Each room rule bites: a small tree that breaks it is refused by the real dependency-cruiser, and core has no globals of a page or of Node.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from './setup/paths.mjs';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ihanoi-rooms-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const file of ['package.json', '.dependency-cruiser.mjs', 'tsconfig.base.json']) cpSync(join(root, file), join(folder, file));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Names of the rules that the tree breaks. */
function broken(): string[] {
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const { stdout } = spawnSync(process.execPath, [cruiser, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', '.'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } };
  return [...new Set(summary.violations.map(({ rule }) => rule.name))];
}

const target = 'export const it = 1;\n';
const importing = (path: string) => `import { it } from '${path}';\nexport const here = it;\n`;

describe('the room rules', () => {
  it('let through what the design allows', () => {
    write({ 'core/a.ts': target, 'player/b.ts': importing('../core/a.ts'), 'server/d.ts': importing('../core/a.ts') });
    write({ 'electron/c.ts': `${importing('../player/b.ts').replace('{ it }', '{ here as it }')}export { app } from 'electron';\n` });
    expect(broken()).toEqual([]);
  });

  it.each([
    ['core', 'player'],
    ['player', 'server'],
    ['player', 'chromium'],
    ['server', 'player'],
    ['server', 'tests'],
    ['renderer', 'server'],
    ['console', 'renderer'],
    ['chromium', 'electron'],
    ['electron', 'chromium'],
  ])('refuse that %s imports %s', (from, to) => {
    write({ [`${to}/a.ts`]: target, [`${from}/b.ts`]: importing(`../${to}/a.ts`) });
    expect(broken().some((name) => name.startsWith(`${from}-imports-only-`))).toBe(true);
  });

  it.each([
    ['Node in core', 'core/a.ts', `import { join } from 'node:path';\nexport const it = join('a');\n`, 'pure-rooms-import-no-node'],
    ['Node in the stage', 'renderer/a.ts', `import { join } from 'node:path';\nexport const it = join('a');\n`, 'pure-rooms-import-no-node'],
    ['electron in the player', 'player/a.ts', `export { app } from 'electron';\n`, 'electron-only-in-electron'],
    ['Kysely outside a store', 'server/screens/screen-routes.ts', `export { sql } from 'kysely';\n`, 'kysely-only-in-stores'],
    ['a test package in the product', 'server/a.ts', `export { default } from 'fast-check';\n`, 'product-imports-no-development-packages'],
    ['a file that is not there', 'server/a.ts', importing('./gone.ts'), 'no-unknown-import'],
  ])('refuse %s', (_, path, text, rule) => {
    write({ [path]: text });
    expect(broken()).toContain(rule);
  });

  it('refuse a circle', () => {
    write({ 'core/a.ts': `import { b } from './b.ts';\nexport const a = () => b;\n`, 'core/b.ts': `import { a } from './a.ts';\nexport const b = () => a;\n` });
    expect(broken()).toContain('no-circle');
  });
});

describe('the world of core', () => {
  it.each(['document.title', 'process.env', 'setTimeout(() => undefined, 1)', 'fetch("/")', 'Buffer.from("")', 'console.log(1)'])('has no %s', (expression) => {
    write({ 'core/a.ts': `export const it: unknown = ${expression};\n` });
    for (const file of ['core/tsconfig.json', 'core/globals.d.ts']) cpSync(join(root, file), join(folder, file));
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { status, stdout } = spawnSync(
      process.execPath,
      [tsc, '-p', 'core', '--noEmit', '--emitDeclarationOnly', 'false', '--composite', 'false', '--incremental', 'false'],
      { cwd: folder, encoding: 'utf8' },
    );
    expect(status).not.toBe(0);
    expect(stdout).toMatch(/TS2304|TS2584|TS2591|TS2580/);
  });
});
