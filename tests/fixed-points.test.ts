// `npm start` as a stranger meets it: its lines, its addresses, its second start, its end, and its words when something is in the way.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { planSchema } from '../core/plan.ts';
import { freePort } from '../server/testing/free-port.ts';
import { chromiumPath, noBrowser } from './support/browser.ts';
import { launchBrowser } from './support/desk.ts';
import { processBelow, root, startChild, type Child } from './support/children.ts';
import { codesIn } from './support/pixels.ts';
import { visibleNow, waitForScene } from './support/stage.ts';

const browserPath = chromiumPath();
const start = (args: readonly string[]) => startChild(join(root, 'scripts/start.mjs'), args);

describe.skipIf(browserPath === undefined)(`npm start${browserPath === undefined ? ` (${noBrowser})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi đường dẫn có dấu cách '));
  let port: number;
  let args: string[];
  let running: Child;

  beforeAll(async () => {
    port = await freePort();
    args = ['--port', String(port), '--data', join(folder, 'data'), '--headless'];
    running = start(args);
    await running.printed(/^ready http/m);
  });
  afterAll(async () => {
    await running.end('SIGINT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  it('prints one ready line when the first turn is on screen, and the addresses of console, stage and API docs', () => {
    expect(running.output().match(/^ready /gm)).toHaveLength(1);
    expect(running.output()).toMatch(new RegExp(`^ready http://127\\.0\\.0\\.1:${port}$`, 'm'));
    expect(running.output()).toMatch(/http:\/\/(localhost|127\.0\.0\.1):\d+\/console\/#\/sign-in\?token=[\w-]+/);
    expect(running.output()).toMatch(/\/stage\.html/);
    expect(running.output()).toMatch(/\/api\/docs/);
  });

  it.each(['/healthz', '/metrics', '/api/docs/json', '/scoreboard', '/embed/scoreboard', '/q/00000000', '/Q/00000000', '/console/'])(
    'answers %s',
    async (path) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' });
      expect(response.status, path).toBeLessThan(400);
      expect((await response.text()).length).toBeGreaterThan(2);
    },
  );

  it('shows the stage to whoever opens the printed address, code included', async () => {
    const address = /http:\/\/\S+\/stage\.html\S*/.exec(running.output())?.[0] ?? '';
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
      // The programme shows the code some times in an hour; the watcher's clock is set to the next of them.
      let install: { start: number; clockOffsetMs: number } | undefined;
      page.on('websocket', (socket) =>
        socket.on('framereceived', ({ payload }) => {
          const { data } = z.object({ type: z.literal('plan'), plan: planSchema }).safeParse(JSON.parse(String(payload)));
          const turn = data?.plan.turns.find(({ start, item }) => start > Date.now() && data.plan.items[item]?.scene === 'install');
          if (data && turn) install = { start: turn.start, clockOffsetMs: data.plan.clockOffsetMs };
        }),
      );
      await page.goto(address);
      const { start, clockOffsetMs } = await vi.waitUntil(() => install, { timeout: 60_000 });
      await page.clock.install({ time: start - clockOffsetMs + 500 });
      await page.reload();
      const visible = await waitForScene(page, 'install');
      expect(await codesIn(await page.screenshot())).toEqual([visible.scan]);
      expect((await visibleNow(page))?.state).toBe('playing');
    } finally {
      await browser.close();
    }
  });

  it('refuses a port in use with one clear line and exit code 1', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const address = taken.address();
    const busy = address !== null && typeof address === 'object' ? address.port : 0;
    const server = startChild(join(root, 'server/main.ts'), ['--data', join(folder, 'busy'), '--port', String(busy)]);
    const code = await server.end('SIGCONT');
    taken.close();
    expect(code).toBe(1);
    expect(server.output().trim().split('\n')).toHaveLength(1);
    expect(server.output()).toContain(String(busy));
    expect(server.output()).toContain('·');
  });

  it.skipIf(process.getuid?.() === 0)(
    'refuses a data folder that cannot be written with one clear line and exit code 1 (not as root, who may write anywhere)',
    async () => {
      const locked = mkdtempSync(join(folder, 'locked'));
      chmodSync(locked, 0o500);
      const server = startChild(join(root, 'server/main.ts'), ['--data', locked, '--port', String(await freePort())]);
      expect(await server.end('SIGCONT')).toBe(1);
      expect(server.output().trim().split('\n')).toHaveLength(1);
      expect(server.output()).toContain(locked);
    },
  );

  it('says the same of `npm start`, which ends with exit code 1 as well', async () => {
    const second = start(['--port', String(port), '--data', join(folder, 'second'), '--headless']);
    const code = await second.end('SIGCONT');
    expect([code, second.output()]).toEqual([1, expect.stringContaining(`${port}`)]);
    expect(second.output()).not.toMatch(/^\s+at /m);
    expect(second.output()).not.toContain('ready http');
  });

  it.skipIf(process.getuid?.() === 0)(
    'says before anything is started that the data folder cannot be written (not as root, who may write anywhere)',
    async () => {
      const locked = mkdtempSync(join(folder, 'locked'));
      chmodSync(locked, 0o500);
      const second = start(['--port', String(await freePort()), '--data', locked, '--headless']);
      expect(await second.end('SIGCONT')).toBe(1);
      expect(second.output().trim().split('\n').at(-1)).toMatch(/không ghi được.* · the data folder .* cannot be written/);
      expect(second.output()).not.toMatch(/^\s+at /m);
    },
  );

  it.skipIf(process.platform !== 'linux')('starts server and player again when they are killed', async () => {
    const supervisor = running.child.pid ?? 0;
    const said = () => running.output();
    const kill = async (script: string, isBack: RegExp) => {
      const before = processBelow(supervisor, script) ?? 0;
      expect(before, script).toBeGreaterThan(0);
      process.kill(before, 'SIGKILL');
      await vi.waitFor(() => expect(said()).toMatch(isBack), { timeout: 60_000, interval: 100 });
      expect(processBelow(supervisor, script)).not.toBe(before);
    };
    await kill('dist/server/main.js', /chạy lại rồi · is back/);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    await kill('dist/chromium/main.js', /\/stage\.html · is back/);
    const address =
      said()
        .match(/http:\/\/\S+\/stage\.html/g)
        ?.at(-1) ?? '';
    expect((await fetch(address)).status).toBe(200);
  });

  it('stops cleanly when told to, and is ready again soon', async () => {
    expect(await running.end('SIGINT')).toBe(0);
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
    const began = performance.now();
    running = start(args);
    await running.printed(/^ready http/m);
    const readyMs = Math.round(performance.now() - began);
    process.stdout.write(`second start to ready: ${readyMs} ms (promise 5000 ms)\n`);
    expect(readyMs).toBeLessThan(25_000);
  });
});
