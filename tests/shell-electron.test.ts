// The Electron shell over the stand-in: the contract of a shell, what it does when page or window die, and what its bundle is.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { build } from 'vite';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { bridgeGlobal, ipcChannels } from '../core/bridge-names.ts';
import { playerArguments } from '../electron/command-line.ts';
import { openElectronShell, type ElectronShell } from '../electron/shell.ts';
import { stageUrl } from '../electron/stage-scheme.ts';
import { machineClock } from '../player/machine-clock.ts';
import { factoryProfile } from '../player/shell-arguments.ts';
import { fakeClock } from '../player/testing/fake-clock.ts';
import { shellContract, TestPlayer } from './shell.contract.ts';
import { tinyStage } from './shell-stage.ts';
import { Electron } from './support/electron-stand-in.ts';

const stage = await tinyStage();
const built = mkdtempSync(join(tmpdir(), 'ihanoi-electron-'));
afterAll(() => {
  stage.remove();
  rmSync(built, { recursive: true });
});

const silent = { info() {}, warn() {}, error() {} };
const weakness = { root: false, unsandboxed: false };

function open(
  player: TestPlayer,
  wishes: Partial<Omit<Parameters<typeof openElectronShell>[0], 'electron'>> = {},
): { shell: ElectronShell; electron: Electron } {
  const electron = new Electron();
  const shell = openElectronShell({
    ...{ electron, player, log: silent, clock: machineClock, weakness },
    mode: 'app',
    stageFolder: stage.folder,
    preload: 'preload.cjs',
    onRefused() {},
    hopeless() {},
    ...wishes,
  });
  return { shell, electron };
}

const close = (shell: ElectronShell) => ({ close: () => Promise.resolve(shell.close()) });

describe('Electron', () => {
  shellContract((player, log) => Promise.resolve(close(open(player, { log }).shell)));

  test('fault 58, fault 62, fault 66: opens a window from which nothing gets out: sandboxed, isolated, without Node, dialogs, menus or developer tools', async () => {
    const player = new TestPlayer(factoryProfile('led', 960, 576));
    const hello = player.hello();
    const { shell, electron } = open(player);
    await hello;
    const [window] = electron.windows;
    expect(window?.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: false,
      disableDialogs: true,
      navigateOnDragDrop: false,
    });
    expect(window?.options.backgroundColor).toBe('#1b0709');
    expect(electron.session.permission).toBe(false);
    await expect(electron.session.fetch('https://example.org/', stageUrl, undefined)).rejects.toThrow('Failed to fetch');
    // A street screen has no touch: fingers, mice and keys do nothing, and no sound comes out.
    expect([window?.ignoresMouse, window?.webContents.muted]).toEqual([true, true]);
    const key = { isPrevented: false, preventDefault: () => void (key.isPrevented = true) };
    window?.webContents.emit('before-input-event', key);
    expect(key.isPrevented).toBe(true);
    shell.close();
  });

  test('hears no page but its own stage', async () => {
    const player = new TestPlayer(factoryProfile('lcd', 640, 360));
    const hello = player.hello();
    const { shell, electron } = open(player);
    await hello;
    const before = player.heard.length;
    electron.fromPage({ url: stageUrl }, { type: 'hello' });
    electron.fromPage({ url: 'https://example.org/' }, { type: 'hello' });
    electron.fromPage(null, { type: 'hello' });
    expect(player.heard.length).toBe(before);
    expect(player.attachments).toBe(1);
    shell.close();
  });

  test('fault 59, fault 60: brings the page back when its renderer crashes, and when it hangs', async () => {
    const player = new TestPlayer(factoryProfile('lcd', 640, 360));
    const hello = player.hello();
    const { shell, electron } = open(player);
    await hello;
    const again = player.hello();
    electron.windows[0]?.webContents.forcefullyCrashRenderer();
    await again;
    const third = player.hello();
    player.ask({ act: 'hang' });
    await third;
    expect(player.attachments).toBe(3);
    expect(electron.windows).toHaveLength(1);
    shell.close();
  });

  test('opens another window when the page crashes again and again, and when somebody closes it', async () => {
    const player = new TestPlayer(factoryProfile('lcd', 640, 360));
    const hello = player.hello();
    const { shell, electron } = open(player);
    await hello;
    for (let crash = 0; crash < 6; crash += 1) electron.windows[0]?.webContents.forcefullyCrashRenderer();
    expect(electron.windows).toHaveLength(2);
    expect(electron.windows[0]?.isDestroyed()).toBe(true);
    const back = player.hello();
    electron.windows[1]?.destroy();
    await back;
    expect(electron.windows).toHaveLength(3);
    shell.close();
    expect(electron.windows).toHaveLength(3);
  });

  test('ends the process, so that it is started anew, when even new windows die', async () => {
    const player = new TestPlayer(factoryProfile('lcd', 640, 360));
    const hopeless = vi.fn();
    const { shell, electron } = open(player, { hopeless });
    while (hopeless.mock.calls.length === 0 && electron.windows.length < 20) electron.windows.at(-1)?.destroy();
    expect(electron.windows.length).toBeLessThan(6);
    expect(hopeless).toHaveBeenCalledOnce();
    shell.close();
  });

  test('ends a page that is silent for 10 s, and replaces the window when that does not help', async () => {
    const clock = fakeClock(Date.UTC(2026, 10, 24));
    const player = new TestPlayer(factoryProfile('lcd', 640, 360));
    const hello = player.hello();
    const { shell, electron } = open(player, { clock });
    await hello;
    const [window] = electron.windows;
    const beat = { type: 'beat', turn: null, frameAt: 0, heapBytes: null, viewport: { width: 640, height: 360 } };
    electron.fromPage(window?.webContents.mainFrame ?? null, beat);
    const again = player.hello();
    clock.pass(10_001);
    await again;
    expect(electron.windows).toHaveLength(1);
    clock.pass(30_001);
    expect(electron.windows).toHaveLength(2);
    shell.close();
  });

  test('refuses to drive a real screen as root', async () => {
    const player = new TestPlayer(factoryProfile('lcd', 640, 360));
    const onRefused = vi.fn();
    const hello = player.hello();
    const { shell } = open(player, { onRefused, weakness: { root: true, unsandboxed: false } });
    await hello;
    player.send({ type: 'plan', plan: { manifest: 'a'.repeat(64), screen: { trial: false } } } as Parameters<TestPlayer['send']>[0]);
    expect(onRefused).toHaveBeenCalledWith(expect.stringContaining('root'));
    shell.close();
  });

  test.each([
    ['electron from a folder', ['/x/electron', '--no-sandbox', '/x/main.js', '--data', 'd'], false, ['--data', 'd']],
    ['a package', ['/x/ihanoi-display', '--no-sandbox', '--data', 'd'], true, ['--data', 'd']],
  ])('finds the player’s own options on the command line of %s', (_, argv, isPackaged, expected) => {
    expect(playerArguments(argv, isPackaged)).toEqual(expected);
  });
});

describe('the bundle for Electron', () => {
  test('is a main file with nothing from outside but Electron, and one preload that a sandbox can run and that gives the page the bridge alone', async () => {
    await build({
      configFile: join(import.meta.dirname, '..', 'electron', 'vite.config.ts'),
      configLoader: 'native',
      logLevel: 'error',
      build: { outDir: built },
    });
    const main = readFileSync(join(built, 'main.js'), 'utf8');
    const imported = new Set([...main.matchAll(/from\s*"([^"]+)"/g)].map(([, name = '']) => name));
    // Chunks of its own lie beside it.
    expect([...imported].filter((name) => !isBuiltin(name) && !name.startsWith('./'))).toEqual(['electron']);
    const exposed = new Map<string, object>();
    const sent: unknown[] = [];
    runInNewContext(readFileSync(join(built, 'preload.cjs'), 'utf8'), {
      require: (name: string) => {
        expect(name).toBe('electron');
        return {
          contextBridge: { exposeInMainWorld: (key: string, value: object) => exposed.set(key, value) },
          ipcRenderer: { send: (...words: unknown[]) => sent.push(words), on() {} },
        };
      },
    });
    expect([...exposed.keys()]).toEqual([bridgeGlobal]);
    const bridge = exposed.get(bridgeGlobal) as { send(message: unknown): void };
    expect(Object.keys(bridge).sort()).toEqual(['onMessage', 'send']);
    bridge.send({ type: 'hello' });
    expect(sent).toEqual([[ipcChannels.fromStage, { type: 'hello' }]]);
  });
});
