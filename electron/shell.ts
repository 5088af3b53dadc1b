// The whole Electron shell around a player: its scheme, the guarded session, the pages, the window.
import type { Log } from '../player/log.ts';
import type { MachineClock } from '../player/machine-clock.ts';
import type { PlayerForShell } from '../player/shell.ts';
import type { WindowMode } from '../player/shell-arguments.ts';
import { stagePages } from '../player/stage-pages.ts';
import { realScreenRefusal, type Weakness } from '../player/trial-only.ts';
import type { ElectronParts } from './electron-parts.ts';
import { joinPages } from './page-ipc.ts';
import { guardSession } from './session-guard.ts';
import { stageHandler, stageScheme } from './stage-scheme.ts';
import { openElectronWindow, type ElectronWindow } from './window.ts';

export interface ElectronShell {
  readonly window: ElectronWindow;
  close(): void;
}

export interface ElectronShellOptions {
  readonly electron: ElectronParts;
  readonly player: PlayerForShell;
  readonly mode: WindowMode;
  readonly stageFolder: string;
  /** The bundled preload. */
  readonly preload: string;
  readonly weakness: Weakness;
  readonly clock: MachineClock;
  readonly log: Log;
  /** The screen turned out to be one that this process must not drive; one line for people. */
  readonly onRefused: (line: string) => void;
  /** Nothing in this process brings the picture back. */
  readonly hopeless: () => void;
}

export function openElectronShell(options: ElectronShellOptions): ElectronShell {
  const { electron, player, mode, stageFolder, preload, weakness, clock, log, onRefused, hopeless } = options;
  const { session, ipc } = electron;
  guardSession(session, log);
  session.protocol.handle(stageScheme, stageHandler({ folder: stageFolder, mediaFile: (hash) => player.mediaFile(hash) }, log));
  const pages = stagePages({
    attach: (link) => player.attach(link),
    log,
    onBeat: (unseen) => window.beat(unseen),
    onSent(message) {
      const refusal = realScreenRefusal(message, weakness);
      if (refusal !== undefined) onRefused(refusal);
    },
  });
  const joint = joinPages({ ipc, contents: () => window.contents, pages });
  const window = openElectronWindow({
    ...{ mode, preload, clock, log, hopeless },
    name: electron.name,
    profile: player.profile,
    openWindow: (wishes) => electron.openWindow(wishes),
    onFall: (how) => player.pageFell(how),
    lost: () => joint.lost(),
  });
  player.useShell(window);
  player.onProfile((profile) => window.fit(profile));
  return {
    window,
    close() {
      window.close();
      joint.close();
      session.protocol.unhandle(stageScheme);
    },
  };
}
