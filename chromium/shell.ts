// The whole Chromium shell around a player: loopback server, pages, window.
import { join } from 'node:path';
import type { Log } from '../player/log.ts';
import type { MachineClock } from '../player/machine-clock.ts';
import type { PlayerForShell } from '../player/shell.ts';
import type { WindowMode } from '../player/shell-arguments.ts';
import { stagePages } from '../player/stage-pages.ts';
import { isRoot, realScreenRefusal } from '../player/trial-only.ts';
import { startLoopback } from './loopback.ts';
import { openWindow, type ChromiumWindow } from './window.ts';

export interface ChromiumShell {
  readonly window: ChromiumWindow;
  /** Address of the stage for people: the same page, which only watches. */
  readonly watchUrl: string;
  close(): Promise<void>;
}

export interface ChromiumShellOptions {
  readonly player: PlayerForShell;
  readonly mode: WindowMode;
  readonly browserPath: string;
  readonly stageFolder: string;
  /** Folder of this player's files; the browser keeps its own below it. */
  readonly dataFolder: string;
  readonly clock: MachineClock;
  readonly log: Log;
  /** The screen turned out to be one that this process must not drive; one line for people. */
  readonly onRefused: (line: string) => void;
  /** No browser stays: this process should be started anew. */
  readonly hopeless: () => void;
}

/** @throws when the browser cannot be started */
export async function openChromiumShell({
  player,
  mode,
  browserPath,
  stageFolder,
  dataFolder,
  clock,
  log,
  onRefused,
  hopeless,
}: ChromiumShellOptions): Promise<ChromiumShell> {
  const root = isRoot();
  let window: ChromiumWindow | undefined;
  const pages = stagePages({
    attach: (link) => player.attach(link),
    log,
    onBeat: (unseen) => window?.beat(unseen),
    onSent(message) {
      const refusal = realScreenRefusal(message, { root, unsandboxed: window?.unsandboxed ?? false });
      if (refusal !== undefined) onRefused(refusal);
    },
  });
  const loopback = await startLoopback({ folder: stageFolder, mediaFile: (hash) => player.mediaFile(hash), pages, log });
  try {
    window = await openWindow({
      url: loopback.pageUrl,
      mode,
      profile: player.profile,
      browserPath,
      profileFolder: join(dataFolder, 'chromium'),
      ...{ root, clock, log, hopeless },
      onFall: (how) => player.pageFell(how),
    });
  } catch (fault) {
    await loopback.close();
    throw fault;
  }
  const opened = window;
  player.useShell(opened);
  player.onProfile((profile) => opened.fit(profile));
  return {
    window: opened,
    watchUrl: loopback.watchUrl,
    async close() {
      await opened.close();
      await loopback.close();
    },
  };
}
