// Core runs in plain Node; and each room rule bites: a small tree that breaks it is refused by the real dependency-cruiser, and core has no globals of a page or of Node.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from './setup/paths.mjs';

const target = 'export const it = 1;\n';
const importing = (path: string) => `import { it } from '${path}';\nexport const here = it;\n`;

const allowed: Readonly<Record<string, string>> = {
  'core/fine.ts': target,
  'player/fine.ts': importing('../core/fine.ts'),
  'server/fine.ts': importing('../core/fine.ts'),
  'electron/fine.ts': `${importing('../player/fine.ts').replace('{ it }', '{ here as it }')}export { app } from 'electron';\n`,
};
const rooms = [
  ['core', 'player'],
  ['player', 'server'],
  ['player', 'chromium'],
  ['server', 'player'],
  ['server', 'tests'],
  ['renderer', 'server'],
  ['console', 'renderer'],
  ['chromium', 'electron'],
  ['electron', 'chromium'],
] as const;
const roomFile = (from: string, to: string) => `${from}/to-${to}.ts`;
const others = [
  ['Node in core', 'core/node.ts', `import { join } from 'node:path';\nexport const it = join('a');\n`, 'pure-rooms-import-no-node'],
  ['Node in the stage', 'renderer/node.ts', `import { join } from 'node:path';\nexport const it = join('a');\n`, 'pure-rooms-import-no-node'],
  ['electron in the player', 'player/electron.ts', `export { app } from 'electron';\n`, 'electron-only-in-electron'],
  ['Kysely outside a store', 'server/screens/screen-routes.ts', `export { sql } from 'kysely';\n`, 'kysely-only-in-stores'],
  ['a test package in the product', 'server/test-package.ts', `export { default } from 'fast-check';\n`, 'product-imports-no-development-packages'],
  ['a file that is not there', 'server/gone.ts', importing('./nowhere.ts'), 'no-unknown-import'],
  ['a circle', 'core/circle-a.ts', `import { b } from './circle-b.ts';\nexport const a = () => b;\n`, 'no-circle'],
] as const;

/** A folder with what the tools need to judge a tree in it. */
function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi-rooms-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const file of ['package.json', '.dependency-cruiser.mjs', 'tsconfig.base.json']) cpSync(join(root, file), join(folder, file));
  return folder;
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Rules that each file breaks, by the one run over a tree that holds all cases. */
let broken: Map<string, string[]>;

beforeAll(() => {
  const folder = temporary();
  write(folder, {
    ...allowed,
    ...Object.fromEntries(
      rooms.flatMap(([from, to]) => [[`${to}/target.ts`, target] as const, [roomFile(from, to), importing(`../${to}/target.ts`)] as const]),
    ),
    ...Object.fromEntries(others.map(([, path, text]) => [path, text] as const)),
    'core/circle-b.ts': `import { a } from './circle-a.ts';\nexport const b = () => a;\n`,
  });
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const { stdout } = spawnSync(process.execPath, [cruiser, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', '.'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  rmSync(folder, { recursive: true });
  const { summary } = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } };
  broken = new Map();
  for (const { from, rule } of summary.violations) broken.set(from, [...(broken.get(from) ?? []), rule.name]);
}, 60_000);

describe('the room rules', () => {
  it.each(Object.keys(allowed))('let through what the design allows: %s', (path) => {
    expect(broken.get(path)).toBeUndefined();
  });

  it.each(rooms)('refuse that %s imports %s', (from, to) => {
    expect(broken.get(roomFile(from, to))?.some((name) => name.startsWith(`${from}-imports-only-`))).toBe(true);
  });

  it.each(others)('refuse %s', (_, path, __, rule) => {
    expect(broken.get(path)).toContain(rule);
  });
});

describe('the world of core', () => {
  it('is all there for a Node that has nothing else', () => {
    const files = readdirSync(join(root, 'core')).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('.d.ts'));
    const script = `for (const file of ${JSON.stringify(files)}) await import(new URL('core/' + file, ${JSON.stringify(pathToFileURL(root + '/').href)}).href);`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: tmpdir(), encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    expect(files.length).toBeGreaterThan(50);
  });

  const strangers = ['document.title', 'process.env', 'setTimeout(() => undefined, 1)', 'fetch("/")', 'Buffer.from("")', 'console.log(1)'];
  let said: string;
  beforeAll(() => {
    const folder = temporary();
    const texts = strangers.map((expression, index) => [`core/stranger-${index}.ts`, `export const it: unknown = ${expression};\n`] as const);
    write(folder, Object.fromEntries(texts));
    for (const file of ['core/tsconfig.json', 'core/globals.d.ts']) cpSync(join(root, file), join(folder, file));
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const args = ['-p', 'core', '--noEmit', '--emitDeclarationOnly', 'false', '--composite', 'false', '--incremental', 'false'];
    said = spawnSync(process.execPath, [tsc, ...args], { cwd: folder, encoding: 'utf8' }).stdout;
    rmSync(folder, { recursive: true });
  }, 60_000);

  it.each(strangers)('has no %s', (expression) => {
    expect(said).toMatch(new RegExp(`core/stranger-${strangers.indexOf(expression)}\\.ts\\(.*(TS2304|TS2584|TS2591|TS2580)`));
  });
});
