import { createServer, type RequestListener, type Server } from 'node:http';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { download } from './download.ts';
import { sha256 } from './ed25519.ts';
import { openFileStore } from './file-store.ts';
import { silentLog } from './testing/bench-player.ts';

const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));
const file = { sha256: sha256(bytes), bytes: bytes.length, type: 'image/png' };
const { signal } = new AbortController();

let folder: string;
let server: Server;
let answer: RequestListener;
let url: URL;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ihanoi-files-'));
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/media/${file.sha256}`);
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const path = () => join(folder, file.sha256);
const bring = () => download(url, file, path(), signal);

test('brings a whole file and leaves nothing beside it', async () => {
  answer = (_, response) => response.end(bytes);
  expect(await bring()).toEqual({ ok: true });
  expect(await readFile(path())).toEqual(bytes);
  expect(await readdir(folder)).toEqual([file.sha256]);
});

test('goes on where the line broke', async () => {
  const ranges: (string | undefined)[] = [];
  answer = ({ headers: { range } }, response) => {
    ranges.push(range);
    if (range === undefined) {
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, 70_000));
      void vi.waitFor(async () => expect((await stat(`${path()}.part`)).size).toBeGreaterThan(0), { interval: 5 }).then(() => response.destroy());
      return;
    }
    const from = Number(/\d+/.exec(range)?.[0]);
    response.writeHead(206, { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }).end(bytes.subarray(from));
  };
  await expect(bring()).rejects.toThrow();
  const { length } = await readFile(`${path()}.part`);
  expect(length).toBeGreaterThan(0);
  expect(await bring()).toEqual({ ok: true });
  expect(ranges).toEqual([undefined, `bytes=${length}-`]);
  expect(await readFile(path())).toEqual(bytes);
});

test('begins anew with a server that knows no ranges', async () => {
  await writeFile(`${path()}.part`, 'an earlier try');
  answer = (_, response) => response.end(bytes);
  expect(await bring()).toEqual({ ok: true });
});

test('throws a partial file away that leads to another hash', async () => {
  await writeFile(`${path()}.part`, 'an earlier try');
  answer = ({ headers: { range } }, response) => {
    const from = Number(/\d+/.exec(range ?? '')?.[0] ?? 0);
    if (from > 0) response.writeHead(206, { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` });
    response.end(bytes.subarray(from));
  };
  expect(await bring()).toMatchObject({ ok: false });
  expect(await bring()).toEqual({ ok: true });
});

test.each([
  ['a page instead of the file', (_request, response) => response.end('<html>sign in</html>')],
  ['other bytes of the same length', (_request, response) => response.end(Buffer.alloc(bytes.length))],
  ['status 404', (_request, response) => response.writeHead(404).end()],
  [
    'more than was signed, without an end',
    (_request, response) => {
      const more = () => response.destroyed || response.write(bytes, more);
      more();
    },
  ],
] satisfies [string, RequestListener][])('takes nothing from a server that sends %s', async (_, listener) => {
  answer = listener;
  expect(await bring()).toMatchObject({ ok: false });
  expect((await readdir(folder)).includes(file.sha256)).toBe(false);
});

test('removes a damaged file and fetches it again', async () => {
  answer = (_, response) => response.end(bytes);
  const files = openFileStore(folder, silentLog);
  await writeFile(path(), bytes.subarray(1));
  expect(await files.verify(file)).toBe(false);
  expect(files.file(file.sha256)).toBeUndefined();
  expect(await files.bring(file, url, signal)).toEqual({ ok: true });
  expect(files.file(file.sha256)).toEqual({ path: path(), type: 'image/png', bytes: bytes.length });
});

test('removes what no manifest names any more', async () => {
  const files = openFileStore(folder, silentLog);
  for (const name of [file.sha256, 'a'.repeat(64), `${'b'.repeat(64)}.part`]) await writeFile(join(folder, name), bytes);
  await files.keepOnly(new Set([file.sha256]));
  expect(await readdir(folder)).toEqual([file.sha256]);
});
