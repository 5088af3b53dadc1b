import { createServer, type Server } from 'node:http';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import fc from 'fast-check';
import { sha256 } from './ed25519.ts';
import { openFileStore, type FileStoreOptions } from './file-store.ts';
import { openHasher } from './hasher.ts';
import { silentLog } from './testing/bench-player.ts';

const bytes = Buffer.alloc(100_000, 'ảnh');
const file = { sha256: sha256(bytes), bytes: bytes.length, type: 'image/png' };
const hasher = openHasher(silentLog);
const { signal } = new AbortController();

let folder: string;
let server: Server;
let url: URL;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ihanoi-files-'));
  server = createServer((_, response) => response.end(bytes));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});
afterAll(() => hasher.close());

const path = () => join(folder, file.sha256);
const open = (change: Partial<FileStoreOptions> = {}) => openFileStore({ folder, hasher, log: silentLog, spareBytes: 0, ...change });

test.each([
  ['is cut off', () => writeFile(path(), bytes.subarray(1))],
  ['has one bit turned (fault 13)', () => writeFile(path(), Buffer.concat([bytes.subarray(1), Buffer.from([7])]))],
  ['is empty', () => writeFile(path(), '')],
  ['is a folder', () => mkdir(join(path(), 'below'), { recursive: true })],
  ['is gone', () => rm(path(), { force: true })],
])('fault 18: a file that %s is not shown, and is fetched again', async (_, spoil) => {
  await spoil();
  const files = open();
  expect(await files.verify(file)).toBe(false);
  expect(files.file(file.sha256)).toBeUndefined();
  expect(await files.bring(file, url, signal)).toEqual({ ok: true });
  expect(files.file(file.sha256)).toEqual({ path: path(), type: 'image/png', bytes: bytes.length });
  expect(await readFile(path())).toEqual(bytes);
});

/** Files of 1,000 bytes each, the first one the oldest. */
async function fill(names: readonly string[]): Promise<void> {
  for (const [index, name] of names.entries()) {
    await writeFile(join(folder, name), Buffer.alloc(1_000));
    await utimes(join(folder, name), 1_000 + index, 1_000 + index);
  }
}

test('fault 10: keeps what no manifest names while there is room, and lets the oldest go first', async () => {
  const files = open({ budgetBytes: 4_000 });
  await fill(['a', 'b', 'c', 'd']);
  expect(await files.makeRoom(0, new Set(['a']))).toBeUndefined();
  expect(await readdir(folder)).toEqual(['a', 'b', 'c', 'd']);
  expect(await files.makeRoom(1_500, new Set(['a']))).toBeUndefined();
  expect(await readdir(folder)).toEqual(['a', 'd']);
});

test('counts the age of a file from the last manifest that named it', async () => {
  const files = open({ budgetBytes: 2_000 });
  await fill(['a', 'b', 'c']);
  await files.makeRoom(0, new Set(['a', 'b', 'c']));
  await files.makeRoom(0, new Set(['b', 'c']));
  expect(await readdir(folder)).toEqual(['b', 'c']);
  await files.makeRoom(1_000, new Set(['c']));
  expect(await readdir(folder)).toEqual(['c']);
});

test('says how much room is missing and keeps everything that is named', async () => {
  const files = open();
  await fill(['a', 'b']);
  expect(await files.makeRoom(2 ** 60, new Set(['a', 'b']))).toMatch(/^no space: \d+ MiB more are needed$/);
  expect(await readdir(folder)).toEqual(['a', 'b']);
});

test('never removes what is named, never removes a newer file before an older one, and never more than it must', async () => {
  const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(names, names, fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 }), async (present, named, budget, needed) => {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder);
      await fill(present);
      const files = open({ budgetBytes: budget * 1_000 });
      await files.makeRoom(needed * 1_000, new Set(named));
      const left = await readdir(folder);
      const removed = present.filter((name) => !left.includes(name));
      expect(removed.filter((name) => named.includes(name))).toEqual([]);
      const cached = present.filter((name) => !named.includes(name));
      expect(removed).toEqual(cached.slice(0, removed.length));
      const over = present.length + needed - budget;
      expect(removed.length).toBe(Math.min(cached.length, Math.max(0, over)));
    }),
    { numRuns: 100 },
  );
});

test('fault 11, fault 16: a process without file handles blames no file', async () => {
  await writeFile(path(), bytes);
  let code: string | undefined;
  const failing = { ...hasher, file: (at: string) => (code === undefined ? hasher.file(at) : Promise.reject(Object.assign(new Error(code), { code }))) };
  const files = open({ hasher: failing });
  expect(await files.verify(file)).toBe(true);
  code = 'EMFILE';
  expect(await files.verify(file)).toBe(true);
  code = 'EIO';
  // Fault 11: what cannot be read is not shown and makes place for a new copy.
  expect(await files.verify(file)).toBe(false);
  expect(await readdir(folder)).toEqual([]);
});
