// Who may come in at the shell's loopback address: only whoever knows this boot's secret, by its own name and from its own page.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { loopbackPaths } from '../core/bridge.ts';
import { silentLog } from '../player/testing/bench-player.ts';
import type { PageRole } from '../player/stage-pages.ts';
import { startLoopback, type Loopback } from './loopback.ts';

const folder = mkdtempSync(join(tmpdir(), 'ihanoi loopback '));
const joined: PageRole[] = [];
let loopback: Loopback;

const start = () =>
  startLoopback({
    ...{ folder, mediaFile: () => undefined, log: silentLog },
    pages: {
      join(role) {
        joined.push(role);
        return { receive: () => undefined, detach: () => undefined };
      },
    },
  });

beforeAll(async () => {
  writeFileSync(join(folder, loopbackPaths.page), '<!doctype html><title>stage</title>');
  loopback = await start();
});
afterAll(async () => {
  await loopback.close();
  rmSync(folder, { recursive: true });
});

/** Status of a GET, with whatever it says of itself. */
function status(url: string, headers: Record<string, string> = {}): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });
}

/** Status with which a socket is refused, or 101. */
function socketStatus(page: string, headers: Record<string, string> = {}): Promise<number | undefined> {
  const url = new URL(page);
  url.pathname = url.pathname.replace(loopbackPaths.page, loopbackPaths.socket);
  const { origin } = url;
  url.protocol = 'ws:';
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { headers: { origin, ...headers } });
    socket.once('unexpected-response', (_, { statusCode }) => resolve(statusCode));
    socket.once('error', () => undefined);
    socket.once('open', () => {
      socket.close();
      resolve(101);
    });
  });
}

describe('the loopback of a shell', () => {
  const withSecret = (secret: string) => loopback.pageUrl.replace(/(:\d+\/)[^/]+/, `$1${secret}`);
  const secretIn = (url: string) => /:\d+\/([^/]+)\//.exec(url)?.[1] ?? '';

  it('lets in its window and whoever was given the address to watch, each by a secret of 24 random bytes', async () => {
    expect(await status(loopback.pageUrl)).toBe(200);
    expect(await status(loopback.watchUrl)).toBe(200);
    expect([await socketStatus(loopback.pageUrl), await socketStatus(loopback.watchUrl)]).toEqual([101, 101]);
    expect(joined).toEqual(['window', 'watcher']);
    const secrets = [secretIn(loopback.pageUrl), secretIn(loopback.watchUrl)];
    for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).toHaveLength(24);
    expect(new Set(secrets).size).toBe(2);
  });

  it.each(['', 'x', 'A'.repeat(32), 'A'.repeat(64), '..'])('tells nothing to who guesses "%s"', async (secret) => {
    expect(await status(withSecret(secret))).toBe(404);
    expect(await socketStatus(withSecret(secret))).toBe(404);
  });

  it('tells nothing under another name, nor to the page of another site', async () => {
    const { port } = new URL(loopback.pageUrl);
    for (const headers of [{ host: `stage.example:${port}` }, { origin: 'https://evil.example' }]) {
      expect(await status(loopback.pageUrl, headers)).toBe(404);
      expect(await socketStatus(loopback.pageUrl, headers)).toBe(404);
    }
    // A program that says no origin is no page.
    expect(await socketStatus(loopback.pageUrl, { origin: '' })).toBe(404);
    expect(joined).toHaveLength(2);
  });

  it('has another secret after each start', async () => {
    const again = await start();
    expect(secretIn(again.pageUrl)).not.toBe(secretIn(loopback.pageUrl));
    await again.close();
  });
});
