// The parts of the real Electron that the shell is built from, once Electron is ready.
import { BrowserWindow, ipcMain, session } from 'electron';
import type { ElectronParts } from './electron-parts.ts';
import { sessionPartition } from './window-options.ts';

export function realElectron(): ElectronParts {
  return {
    name: `electron ${process.versions.electron}`,
    session: session.fromPartition(sessionPartition, { cache: false }),
    ipc: ipcMain,
    openWindow: (options) => new BrowserWindow(options),
  };
}
