// The Chromium shell with a real browser: the contract of a shell, and what it does when page or browser die.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { browserPath } from '../chromium/browser-path.ts';
import { openChromiumShell, type ChromiumShell } from '../chromium/shell.ts';
import type { Log } from '../player/log.ts';
import { machineClock } from '../player/machine-clock.ts';
import { factoryProfile } from '../player/shell-arguments.ts';
import { jpegSize, shellContract, TestPlayer } from './shell.contract.ts';
import { codeOnStage, tinyStage } from './shell-stage.ts';

const browser = await browserPath(undefined, process.env);
// Its WebAssembly comes from the package, not from the network.
prepareZXingModule({
  overrides: { wasmBinary: new Uint8Array(readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')))).buffer },
});
const stage = await tinyStage();
const data = mkdtempSync(join(tmpdir(), 'ihanoi shell '));
afterAll(() => {
  stage.remove();
  rmSync(data, { recursive: true, maxRetries: 5 });
});

let runs = 0;
const silent = { info() {}, warn() {}, error() {} };
function open(player: TestPlayer, log: Log = silent, dataFolder = join(data, String((runs += 1)))): Promise<ChromiumShell> {
  return openChromiumShell({
    player,
    mode: 'headless',
    browserPath: browser ?? '',
    stageFolder: stage.folder,
    dataFolder,
    clock: machineClock,
    log,
    onRefused() {},
    hopeless() {},
  });
}

/** Renderers that were started on a profile folder. */
function processes(folder: string, kind: string): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(`--user-data-dir=${folder}`) && line.includes(kind)).map((line) => Number.parseInt(line, 10));
}

describe.skipIf(!browser)(browser ? 'Chromium' : 'Chromium (skipped: no Chromium on the PATH or in CHROMIUM_PATH)', () => {
  shellContract(open);

  test('pictures the wall pixel by pixel: the code on an LED is read back from the JPEG', async () => {
    const player = new TestPlayer(factoryProfile('led', 960, 576));
    const hello = player.hello();
    const shell = await open(player);
    await hello;
    const jpeg = await player.pictured('capture');
    expect(jpegSize(jpeg)).toEqual({ width: 960, height: 576 });
    const found = await readBarcodes(new Blob([Buffer.from(jpeg)]), { formats: ['QRCode'] });
    expect(found.map(({ text }) => text)).toEqual([codeOnStage]);
    await shell.close();
  });

  test('pictures a whole screen full of colours in a JPEG under 150 kB', async () => {
    const player = new TestPlayer(factoryProfile('lcd', 1920, 1080));
    const hello = player.hello();
    const shell = await open(player);
    await hello;
    const flat = (await player.pictured('capture')).byteLength;
    player.ask({ act: 'crowd' });
    await expect
      .poll(
        async () => {
          const jpeg = await player.pictured('capture');
          expect(jpegSize(jpeg)).toEqual({ width: 1920, height: 1080 });
          expect(jpeg.byteLength).toBeLessThan(150_000);
          return jpeg.byteLength;
        },
        { timeout: 20_000 },
      )
      .toBeGreaterThan(2 * flat);
    await shell.close();
  });

  test('loads the page once for each who asks at the same time, in the same browser', async () => {
    const player = new TestPlayer(factoryProfile('lcd', 640, 360));
    const hello = player.hello();
    const shell = await open(player);
    await hello;
    const { pid } = shell.window;
    await Promise.all([player.shell?.reload(), player.shell?.reload(), player.shell?.reload()]);
    await expect.poll(() => player.attachments).toBeGreaterThan(1);
    expect(shell.window.pid).toBe(pid);
    expect(player.falls).toEqual([]);
    await shell.close();
  });

  test('brings the window back when the browser is killed, and leaves no process behind', async () => {
    const player = new TestPlayer(factoryProfile('lcd', 640, 360));
    const first = player.hello();
    const folder = join(data, 'killed');
    const shell = await open(player, undefined, folder);
    await first;
    const { pid } = shell.window;
    const again = player.hello();
    const begun = performance.now();
    process.kill(pid ?? 0, 'SIGKILL');
    await again;
    process.stdout.write(`back ${Math.round(performance.now() - begun)} ms after kill -9 of the browser (promise: 5,000 ms)\n`);
    expect(performance.now() - begun).toBeLessThan(25_000);
    expect(shell.window.pid).not.toBe(pid);
    await shell.close();
    await expect.poll(() => processes(join(folder, 'chromium'), '')).toEqual([]);
  });

  test('brings the page back when its renderer is killed', async () => {
    const player = new TestPlayer(factoryProfile('lcd', 640, 360));
    const first = player.hello();
    const folder = join(data, 'crashed');
    const shell = await open(player, undefined, folder);
    await first;
    const { pid } = shell.window;
    const again = player.hello();
    const begun = performance.now();
    for (const renderer of processes(join(folder, 'chromium'), '--type=renderer')) process.kill(renderer, 'SIGKILL');
    await again;
    process.stdout.write(`back ${Math.round(performance.now() - begun)} ms after the renderer was killed (promise: 5,000 ms)\n`);
    expect(performance.now() - begun).toBeLessThan(25_000);
    expect(shell.window.pid).toBe(pid);
    await shell.close();
  });

  // Both wait for ten seconds of silence: side by side.
  test.concurrent('fault 60: brings the page back when it hangs and says nothing for 10 s', async () => {
    const player = new TestPlayer(factoryProfile('lcd', 640, 360));
    const first = player.next((message) => (message.type === 'beat' ? message : undefined), 0);
    const shell = await open(player);
    await first;
    const again = player.hello();
    const begun = performance.now();
    player.ask({ act: 'hang' });
    await again;
    process.stdout.write(`back ${Math.round(performance.now() - begun)} ms after the page hung (promise: 15,000 ms)\n`);
    expect(performance.now() - begun).toBeLessThan(75_000);
    expect(player.falls).toEqual(['hung']);
    await shell.close();
  });

  test.concurrent('takes a page whose picture cannot be seen for a silent one, and tells the player why it fell', async () => {
    const player = new TestPlayer(factoryProfile('lcd', 640, 360));
    const first = player.next((message) => (message.type === 'beat' ? message : undefined), 0);
    const shell = await open(player);
    await first;
    const again = player.hello();
    const begun = performance.now();
    player.ask({ act: 'blind' });
    await again;
    process.stdout.write(`back ${Math.round(performance.now() - begun)} ms after its picture was covered (promise: 15,000 ms)\n`);
    expect(performance.now() - begun).toBeLessThan(75_000);
    expect(player.falls).toEqual(['unseen']);
    await shell.close();
  });

  test('shows the same to a person who opens the address of the stage, without being disturbed', async () => {
    const player = new TestPlayer(factoryProfile('lcd', 640, 360));
    const first = player.hello();
    const shell = await open(player);
    await first;
    player.send({ type: 'board', board: null });
    const { attachments } = player;
    const before = player.heard.length;
    const address = new URL('bridge', shell.watchUrl.replace('http', 'ws'));
    const socket = new WebSocket(address, { origin: new URL(shell.watchUrl).origin });
    await once(socket, 'open');
    const seen = once(socket, 'message');
    socket.send(JSON.stringify({ type: 'shown', turn: 'made up', item: 'made up', at: 1 }));
    socket.send(JSON.stringify({ type: 'hello' }));
    expect(JSON.parse(String((await seen)[0]))).toEqual({ type: 'board', board: null });
    expect(player.attachments).toBe(attachments);
    expect(player.heard.slice(before).map(({ type }) => type)).not.toContain('shown');
    socket.close();
    await once(socket, 'close');
    await shell.close();
  });

  test('fault 90: opens no debugging port, neither in the browser nor in the player', async () => {
    const player = new TestPlayer(factoryProfile('lcd', 640, 360));
    const first = player.hello();
    const folder = join(data, 'ports');
    const shell = await open(player, undefined, folder);
    await first;
    const commands = processes(join(folder, 'chromium'), '').map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    expect(commands.some((command) => command.includes('--remote-debugging-pipe'))).toBe(true);
    for (const command of commands) expect(command).not.toMatch(/--remote-debugging-port|--inspect/);
    const unit = readFileSync(fileURLToPath(new URL('../deploy/systemd/ihanoi-display.service', import.meta.url)), 'utf8');
    expect(unit).not.toMatch(/--inspect|NODE_OPTIONS|remote-debugging|--no-sandbox|User=root/);
    await shell.close();
  });

  test('keeps the secret of its address off every command line', async () => {
    const player = new TestPlayer(factoryProfile('lcd', 640, 360));
    const first = player.hello();
    const folder = join(data, 'secret');
    const shell = await open(player, undefined, folder);
    await first;
    const port = new URL(shell.watchUrl).port;
    for (const pid of processes(join(folder, 'chromium'), '')) expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(`:${port}/`);
    await shell.close();
  });
});
