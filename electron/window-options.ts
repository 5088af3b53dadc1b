// How the window is made: dark, sandboxed, without a menu, a dialog or a way out.
import type { BrowserWindowConstructorOptions } from 'electron';
import { outputSize, type Profile } from '../core/profile.ts';
import type { WindowMode } from '../player/shell-arguments.ts';
import { darkHex } from '../player/stage-policy.ts';

/** In memory only: the page keeps nothing of its own on disk. */
export const sessionPartition = 'stage';

export interface WindowWishes {
  readonly mode: WindowMode;
  readonly profile: Profile;
  /** The bundled preload. */
  readonly preload: string;
}

export function windowOptions({ mode, profile, preload }: WindowWishes): BrowserWindowConstructorOptions {
  return {
    ...outputSize(profile),
    x: 0,
    y: 0,
    useContentSize: true,
    enableLargerThanScreen: true,
    title: 'iHanoi',
    backgroundColor: `#${darkHex}`,
    show: mode !== 'headless',
    kiosk: mode === 'kiosk',
    frame: mode === 'app',
    fullscreenable: mode === 'kiosk',
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      partition: sessionPartition,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: false,
      spellcheck: false,
      disableDialogs: true,
      navigateOnDragDrop: false,
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    },
  };
}
