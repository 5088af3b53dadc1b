import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { sha256 } from './ed25519.ts';
import { openHasher, type Hasher } from './hasher.ts';
import { rememberingLog, silentLog } from './testing/bench-player.ts';

const bytes = Buffer.alloc(3_000_000, 'nội dung');
let folder: string;
let path: string;
let hasher: Hasher;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ihanoi-hasher-'));
  path = join(folder, 'file');
  await writeFile(path, bytes);
});
afterEach(() => hasher.close());
afterAll(() => rm(folder, { recursive: true }));

test('hashes files and growing content alike', async () => {
  hasher = openHasher(silentLog);
  expect(await hasher.file(path)).toEqual({ sha256: sha256(bytes), bytes: bytes.length });
  const growing = await hasher.begin(path);
  expect(growing.bytes).toBe(bytes.length);
  await Promise.all([growing.add(Buffer.from('một')), growing.add(Buffer.from('hai'))]);
  expect(await growing.end()).toBe(sha256(Buffer.concat([bytes, Buffer.from('mộthai')])));
});

test('says with its code why a file cannot be read', async () => {
  hasher = openHasher(silentLog);
  await expect(hasher.file(join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(hasher.begin(folder)).rejects.toMatchObject({ code: 'EISDIR' });
});

test('reads no faster than it is told, and answers others meanwhile', async () => {
  hasher = openHasher(silentLog);
  const begun = performance.now();
  const slow = hasher.file(path, 10_000_000).then((hashed) => ({ hashed, ms: performance.now() - begun }));
  await hasher.file(path);
  const { hashed, ms } = await slow;
  expect(hashed.sha256).toBe(sha256(bytes));
  expect(ms).toBeGreaterThan(200);
});

test('goes on without its thread when that cannot start', async () => {
  const log = rememberingLog();
  hasher = openHasher(log, pathToFileURL(join(folder, 'no-such-thread.ts')));
  await expect(hasher.file(path)).rejects.toThrow();
  expect(await hasher.file(path)).toEqual({ sha256: sha256(bytes), bytes: bytes.length });
  expect(log.lines.map(({ text }) => text)).toEqual(['the hashing thread fell, hashing goes on without it']);
});
