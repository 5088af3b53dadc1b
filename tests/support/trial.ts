// A whole trial in a temporary folder: the real server, the real player in its shell, real Chromium, and a hand on the page that is on screen.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { freePort } from '../../server/testing/free-port.ts';
import { joinStage, startServerChild, startShellChild } from './box.ts';
import { chromiumPath, noBrowser } from './browser.ts';
import type { Child } from './children.ts';

const sizes = { street: ['960x576', 'led'], reception: ['1920x1080', 'lcd'], kiosk: ['1080x1920', 'kiosk'] } as const;

export interface TrialOptions {
  readonly screen?: keyof typeof sizes;
  readonly tree?: string;
  /** Folder of playlists; the shipped ones when absent. */
  readonly playlists?: string;
  /** Folder of the pictures that playlists name; the shipped ones when absent. */
  readonly assets?: string;
  /** Only the box: no server is started, nothing is enrolled. */
  readonly withoutServer?: boolean;
  /** What the box may keep of media, as its command line says it. */
  readonly mediaBudget?: string;
  /** Environment of the shell, at every start. */
  readonly env?: Record<string, string>;
  /** Enrolment token of another server than the trial's own. */
  readonly enrol?: string;
}

export interface Trial {
  readonly folder: string;
  readonly url: string;
  readonly signInLink: string;
  /** The page in the shell's own window. */
  readonly stage: Page;
  readonly playerFolder: string;
  readonly serverFolder: string;
  /** Processes of the shell's browser of a kind, such as `renderer` or `gpu-process`; `browser` is the one above them. */
  browserProcesses(kind: 'browser' | 'renderer' | 'gpu-process'): number[];
  /** Takes hold of the page again, after page or browser have died. */
  rejoin(): Promise<Page>;
  killServer(): Promise<void>;
  startServerAgain(): Promise<void>;
  killShell(): Promise<void>;
  /**
   * @param env of the shell and of its browser, such as another clock
   * @param sign what to wait for: its first turn, or the open window of a screen that shows no turn
   */
  startShellAgain(env?: Record<string, string>, sign?: 'playing' | 'stage'): Promise<void>;
  stop(): Promise<void>;
}

/** Told apart by their command lines, as a person would with ps. */
function browserProcesses(profileFolder: string, kind: string): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const ours = lines.filter((line) => line.includes(`--user-data-dir=${profileFolder}`));
  const wanted = kind === 'browser' ? ours.filter((line) => !line.includes('--type=')) : ours.filter((line) => line.includes(`--type=${kind}`));
  return wanted.map((line) => Number.parseInt(line, 10));
}

export async function startTrial({ screen = 'reception', tree, playlists, assets, withoutServer = false, ...options }: TrialOptions = {}): Promise<Trial> {
  if (chromiumPath() === undefined) throw new Error(noBrowser);
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi trial '));
  const serverFolder = join(folder, 'server');
  const playerFolder = join(folder, `player-${screen}`);
  const [port, debugPort] = [await freePort(), await freePort()];
  const [size, kind] = sizes[screen];

  const startServer = () => startServerChild({ folder: serverFolder, port, tree, playlists, assets });
  const startShell = (enrol?: string, env: Record<string, string> = {}) =>
    startShellChild({ folder, playerFolder, debugPort, size, kind, enrol, mediaBudget: options.mediaBudget, env: { ...options.env, ...env } });

  let server: Child | undefined = withoutServer ? undefined : startServer();
  const ready = await server?.message('ready');
  const enrol = options.enrol ?? (ready?.['enrol'] as Record<string, string | null> | undefined)?.[screen];
  let shell = startShell(enrol ?? undefined);
  await shell.message('playing');
  let joined = await joinStage(debugPort);

  return {
    folder,
    serverFolder,
    playerFolder,
    url: `http://127.0.0.1:${port}`,
    signInLink: String(ready?.['signInLink']),
    get stage() {
      return joined.page;
    },
    browserProcesses: (kind) => browserProcesses(join(playerFolder, 'chromium'), kind),
    async rejoin() {
      await joined.browser.close();
      joined = await joinStage(debugPort);
      return joined.page;
    },
    async killServer() {
      await server?.end('SIGKILL');
    },
    async startServerAgain() {
      server = startServer();
      await server.message('ready');
    },
    async killShell() {
      await shell.end('SIGKILL');
      await joined.browser.close();
    },
    async startShellAgain(env, sign = 'playing') {
      shell = startShell(undefined, env);
      await shell.message(sign);
      joined = await joinStage(debugPort);
    },
    async stop() {
      await joined.browser.close();
      await shell.end();
      await server?.end();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
