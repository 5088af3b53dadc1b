import { createServer as createTlsServer } from 'node:https';
import { createServer, type RequestListener, type Server } from 'node:http';
import { mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { download, type DownloadRequest } from './download.ts';
import { sha256 } from './ed25519.ts';
import { openHasher, type Hasher } from './hasher.ts';
import { silentLog } from './testing/bench-player.ts';
import { until } from './testing/until.ts';

const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));
const file = { sha256: sha256(bytes), bytes: bytes.length, type: 'image/png' };
const { signal } = new AbortController();
const hasher: Hasher = openHasher(silentLog);
afterAll(() => hasher.close());

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
const bring = (change: Partial<DownloadRequest> = {}) => download({ url, file, path: path(), hasher, signal, ...change });

test('brings a whole file and leaves nothing beside it', async () => {
  answer = (_, response) => response.end(bytes);
  expect(await bring()).toEqual({ ok: true });
  expect(await readFile(path())).toEqual(bytes);
  expect(await readdir(folder)).toEqual([file.sha256]);
});

test('fault 15: flushes the file before it stands under its name, and its folder afterwards', async () => {
  answer = (_, response) => response.end(bytes);
  const handle = await open(folder);
  const flush = vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'sync');
  await handle.close();
  try {
    flush.mockRejectedValueOnce(Object.assign(new Error('i/o error'), { code: 'EIO' }));
    await expect(bring()).rejects.toThrow('i/o error');
    expect(await readdir(folder)).toEqual([`${file.sha256}.part`]);
    flush.mockClear();
    expect(await bring()).toEqual({ ok: true });
    expect(flush).toHaveBeenCalled();
    const named: boolean[] = [];
    await rm(path());
    flush.mockImplementation(async () => void named.push((await readdir(folder)).includes(file.sha256)));
    expect(await bring()).toEqual({ ok: true });
    expect(named).toEqual([false, true]);
  } finally {
    flush.mockRestore();
  }
});

test('goes on where the line broke', async () => {
  const ranges: (string | undefined)[] = [];
  answer = ({ headers: { range } }, response) => {
    ranges.push(range);
    if (range === undefined) {
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, 70_000));
      // The player reads what comes at once; then the line breaks.
      setTimeout(() => response.socket?.end(), 250);
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

const fromOf = (range: string | undefined) => Number(/\d+/.exec(range ?? '')?.[0] ?? 0);
const rest: RequestListener = ({ headers: { range } }, response) => {
  const from = fromOf(range);
  if (from > 0) response.writeHead(206, { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` });
  response.end(bytes.subarray(from));
};

test('throws a partial file away that leads to another hash', async () => {
  await writeFile(`${path()}.part`, 'an earlier try');
  answer = rest;
  expect(await bring()).toMatchObject({ ok: false });
  expect(await bring()).toEqual({ ok: true });
});

test.each([
  ['begins elsewhere', () => `bytes 0-${bytes.length - 1}/${bytes.length}`],
  ['ends elsewhere', (from: number) => `bytes ${from}-${from + 9}/${bytes.length}`],
  ['is of another file', (from: number) => `bytes ${from}-${bytes.length - 1}/${bytes.length + 1}`],
  ['is nonsense', () => 'bytes of something'],
])('asks for the whole file when the part it is given %s', async (_, contentRange) => {
  await writeFile(`${path()}.part`, bytes.subarray(0, 1_000));
  const ranges: (string | undefined)[] = [];
  answer = ({ headers: { range } }, response) => {
    ranges.push(range);
    if (range === undefined) response.end(bytes);
    else response.writeHead(206, { 'content-range': contentRange(fromOf(range)) }).end(bytes.subarray(fromOf(range)));
  };
  expect(await bring()).toEqual({ ok: true });
  expect(ranges).toEqual(['bytes=1000-', undefined]);
  expect(await readFile(path())).toEqual(bytes);
});

test('asks for the whole file when the server knows no such part', async () => {
  await writeFile(`${path()}.part`, bytes.subarray(0, 1_000));
  answer = ({ headers: { range } }, response) => (range === undefined ? response.end(bytes) : response.writeHead(416).end());
  expect(await bring()).toEqual({ ok: true });
});

test('fault 35: a portal that answers 200 with its page costs nothing of what came before', async () => {
  await writeFile(`${path()}.part`, bytes.subarray(0, 150_000));
  answer = (_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>Đăng nhập Wi-Fi</html>');
  expect(await bring()).toMatchObject({ ok: false, reason: expect.stringMatching(/portal/) as string });
  expect((await stat(`${path()}.part`)).size).toBe(150_000);
  answer = (_, response) => response.writeHead(200, { 'content-length': 7 }).end('sign in');
  expect(await bring()).toMatchObject({ ok: false, reason: expect.stringMatching(/announced with 7 bytes/) as string });
  expect((await stat(`${path()}.part`)).size).toBe(150_000);
  answer = rest;
  expect(await bring()).toEqual({ ok: true });
});

test('fault 36: a line that falls silent is dropped, and the next try goes on from there', async () => {
  answer = (_, response) => {
    response.writeHead(200, { 'content-length': bytes.length });
    response.write(bytes.subarray(0, 60_000));
  };
  await expect(bring({ idleMs: 50 })).rejects.toThrow(/silent|aborted/);
  expect((await stat(`${path()}.part`)).size).toBe(60_000);
  answer = rest;
  expect(await bring()).toEqual({ ok: true });
});

test('fault 36: a connection that trickles for too long is given up with all that it brought', async () => {
  answer = ({ headers: { range } }, response) => {
    let at = fromOf(range);
    if (at > 0) response.writeHead(206, { 'content-range': `bytes ${at}-${bytes.length - 1}/${bytes.length}` });
    const trickle = () => {
      if (response.destroyed) return;
      response.write(bytes.subarray(at, at + 500));
      at += 500;
      setTimeout(trickle, 5);
    };
    trickle();
  };
  const sizeAfter = async () => {
    await expect(bring({ longestMs: 200 })).rejects.toThrow();
    return (await stat(`${path()}.part`)).size;
  };
  // A busy machine may bring nothing in that time; then the next connection does.
  let size = 0;
  await until(async () => expect((size = await sizeAfter())).toBeGreaterThan(0));
  expect(size).toBeLessThan(bytes.length);
  await until(async () => expect(await sizeAfter()).toBeGreaterThan(size));
});

test('goes on with a partial file that cannot be read, by beginning anew', async () => {
  await mkdir(`${path()}.part`);
  answer = rest;
  expect(await bring()).toEqual({ ok: true });
});

test('fault 38: takes nothing over TLS that does not hold', async () => {
  answer = rest;
  // A plain server answers where TLS is expected.
  await expect(bring({ url: new URL(url.href.replace('http:', 'https:')) })).rejects.toThrow();
  const certificate = await readFile(join(import.meta.dirname, 'testing', 'self-signed.pem'));
  const secure = createTlsServer({ key: certificate, cert: certificate }, rest);
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
  try {
    await expect(bring({ url: new URL(`https://127.0.0.1:${(secure.address() as AddressInfo).port}/`) })).rejects.toThrow(/self-signed/);
  } finally {
    secure.close();
  }
  expect(await readdir(folder)).toEqual([]);
});

test('resumes any file after any number of breaks at any place', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 6 }), async (breaks) => {
      const left = [...breaks];
      answer = ({ headers: { range } }, response) => {
        const from = fromOf(range);
        const until = left.shift();
        const head = { 'content-length': bytes.length - from, ...(from > 0 ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}) };
        response.writeHead(from > 0 ? 206 : 200, head);
        if (until === undefined || until >= bytes.length) response.end(bytes.subarray(from));
        else response.write(bytes.subarray(from, Math.max(from, until)), () => response.destroy());
      };
      let done = false;
      for (let tries = 0; !done && tries <= breaks.length; tries++) {
        done = await bring().then(
          ({ ok }) => ok,
          () => false,
        );
      }
      expect(done).toBe(true);
      expect(await readFile(path())).toEqual(bytes);
      await rm(path());
    }),
    { numRuns: 20 },
  );
}, 60_000);

test.each([
  ['a page instead of the file', (_request, response) => response.end('<html>sign in</html>')],
  ['other bytes of the same length', (_request, response) => response.end(Buffer.alloc(bytes.length))],
  ['status 500', (_request, response) => response.writeHead(500).end('fault')],
  ['garbage after the first half', (_request, response) => response.end(Buffer.concat([bytes.subarray(0, 100_000), Buffer.alloc(100_000, 7)]))],
  ['status 404', (_request, response) => response.writeHead(404).end()],
  [
    'more than was signed, without an end (fault 37)',
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
