// The two kinds of processes of an end-to-end test, started as in the field: the server of a city, and boxes with a real Chromium and a hand on its page.
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { freePort } from '../../server/testing/free-port.ts';
import { chromiumPath, joinableBrowser, noBrowser } from './browser.ts';
import { root, startChild, type Child, type ChildOptions } from './children.ts';

export interface ServerWish {
  readonly folder: string;
  readonly port: number;
  readonly tree?: string | undefined;
  readonly playlists?: string | undefined;
  readonly assets?: string | undefined;
}

export function startServerChild({ folder, port, tree, playlists, assets }: ServerWish): Child {
  const args = ['--data', folder, '--port', String(port)];
  if (tree !== undefined) args.push('--tree', tree);
  if (playlists !== undefined) args.push('--playlists', playlists);
  if (assets !== undefined) args.push('--assets', assets);
  return startChild(join(root, 'dist/server/main.js'), args);
}

export interface ShellWish {
  /** For the wrapper of the browser. */
  readonly folder: string;
  readonly playerFolder: string;
  readonly debugPort: number;
  /** Before it is paired, such as 960x576. */
  readonly size: string;
  readonly kind: string;
  readonly enrol?: string | undefined;
  readonly mediaBudget?: string | undefined;
  readonly env?: Record<string, string> | undefined;
  /** What runs it: {@link ChildOptions}. */
  readonly under?: ChildOptions['under'];
}

export function startShellChild({ folder, playerFolder, debugPort, size, kind, enrol, mediaBudget, env = {}, under }: ShellWish): Child {
  const path = chromiumPath();
  if (path === undefined) throw new Error(noBrowser);
  const browser = joinableBrowser(folder, path, debugPort);
  const args = ['--data', playerFolder, '--window', 'headless', '--size', size, '--kind', kind, '--browser', browser];
  if (mediaBudget !== undefined) args.push('--media-budget', mediaBudget);
  if (enrol !== undefined) args.push('--enrol', enrol);
  return startChild(join(root, 'dist/chromium/main.js'), args, { env, ...(under ? { under } : {}) });
}

/** Takes hold of the page in a window whose browser listens on this port. */
export async function joinStage(port: number): Promise<{ browser: Browser; page: Page }> {
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const pages = browser.contexts().flatMap((context) => context.pages());
  const page = pages.find((candidate) => candidate.url().includes('stage.html'));
  if (!page) throw new Error(`the shell shows ${pages.map((candidate) => candidate.url()).join(', ')}`);
  return { browser, page };
}

export interface Box {
  readonly page: Page;
  /** Process of the shell. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** A box that is on screen with its first turn. */
export async function startBox(wish: Omit<ShellWish, 'debugPort'>): Promise<Box> {
  const debugPort = await freePort();
  const shell = startShellChild({ ...wish, debugPort });
  await shell.message('playing');
  const { browser, page } = await joinStage(debugPort);
  return {
    page,
    pid: shell.child.pid ?? 0,
    async stop() {
      await browser.close();
      await shell.end();
    },
  };
}
