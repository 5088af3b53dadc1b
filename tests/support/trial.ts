// A whole trial in a temporary folder: the real server, the real player in its shell, real Chromium, and a hand on the page that is on screen.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumPath, freePort, joinableBrowser, noBrowser } from './browser.ts';
import { root, startChild, type Child } from './children.ts';

export interface TrialOptions {
  readonly screen?: 'street' | 'reception' | 'kiosk';
  readonly tree?: string;
  /** Folder of playlists; the shipped ones when absent. */
  readonly playlists?: string;
}

export interface Trial {
  readonly folder: string;
  readonly url: string;
  readonly port: number;
  readonly signInLink: string;
  readonly server: Child;
  readonly shell: Child;
  /** The page in the shell's own window. */
  readonly stage: Page;
  readonly playerFolder: string;
  readonly serverFolder: string;
  killServer(): Promise<void>;
  startServerAgain(): Promise<void>;
  stop(): Promise<void>;
}

const sizes = { street: ['960x576', 'led'], reception: ['1920x1080', 'lcd'], kiosk: ['1080x1920', 'kiosk'] } as const;

export async function joinStage(port: number): Promise<{ browser: Browser; page: Page }> {
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const pages = browser.contexts().flatMap((context) => context.pages());
  const page = pages.find((candidate) => candidate.url().includes('stage.html'));
  if (!page) throw new Error(`the shell shows ${pages.map((candidate) => candidate.url()).join(', ')}`);
  return { browser, page };
}

export async function startTrial(options: TrialOptions = {}): Promise<Trial> {
  const browserPath = chromiumPath();
  if (browserPath === undefined) throw new Error(noBrowser);
  const screen = options.screen ?? 'reception';
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi trial '));
  const serverFolder = join(folder, 'server');
  const playerFolder = join(folder, `player-${screen}`);
  const [port, debugPort] = [await freePort(), await freePort()];
  const serverArgs = ['--data', serverFolder, '--port', String(port)];
  if (options.tree !== undefined) serverArgs.push('--tree', options.tree);
  if (options.playlists !== undefined) serverArgs.push('--playlists', options.playlists);
  const startServer = () => startChild(join(root, 'server/main.ts'), serverArgs);

  let server = startServer();
  const ready = await server.message('ready');
  const enrol = (ready['enrol'] as Record<string, string | null>)[screen];
  const [size, kind] = sizes[screen];
  const shell = startChild(join(root, 'chromium/main.ts'), [
    ...['--data', playerFolder, '--window', 'headless', '--size', size, '--kind', kind],
    ...['--browser', joinableBrowser(folder, browserPath, debugPort)],
    ...(enrol === null || enrol === undefined ? [] : ['--enrol', enrol]),
  ]);
  await shell.message('playing');
  const { browser, page } = await joinStage(debugPort);

  return {
    folder,
    serverFolder,
    playerFolder,
    port,
    shell,
    stage: page,
    url: String(ready['url']),
    signInLink: String(ready['signInLink']),
    get server() {
      return server;
    },
    async killServer() {
      await server.end('SIGKILL');
    },
    async startServerAgain() {
      server = startServer();
      await server.message('ready');
    },
    async stop() {
      await browser.close();
      await shell.end();
      await server.end();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
