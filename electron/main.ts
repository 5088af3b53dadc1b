// The product's shell on PCs: starts the player and its window in Electron. Only wires.
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { app, dialog, Menu, powerSaveBlocker, protocol } from 'electron';
import { faultText } from '../player/log.ts';
import { openLogFile } from '../player/log-file.ts';
import { machineClock } from '../player/machine-clock.ts';
import { startPlayer } from '../player/player.ts';
import { product, productVersion } from '../player/product.ts';
import { readShellArguments } from '../player/shell-arguments.ts';
import { isSupervised } from '../player/supervised.ts';
import { feedSystemd, type SystemdWatchdog } from '../player/systemd-watchdog.ts';
import { isRoot } from '../player/trial-only.ts';
import { writableFolder } from '../player/writable-folder.ts';
import { playerArguments } from './command-line.ts';
import { realElectron } from './real-electron.ts';
import { openElectronShell, type ElectronShell } from './shell.ts';
import { stagePrivileges, stageScheme } from './stage-scheme.ts';

/** Ends this run with one line for the person at the terminal. */
function leave(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

// Never a box with an error on a screen: what nobody caught is written down, and the supervisor starts the player anew.
dialog.showErrorBox = (title, content) => {
  process.stderr.write(`${title}: ${content}\n`);
};

// All that has to be said before Electron is ready is said at once, without waiting for anything.
const reading = readShellArguments(playerArguments(process.argv, app.isPackaged));
const args = reading.ok ? reading.args : leave(reading.problem);
const dataFolder = resolve(args.dataFolder);
try {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
} catch (fault) {
  leave(`Không ghi được thư mục dữ liệu · The data folder cannot be written: ${faultText(fault)}`);
}
const profile = writableFolder(join(dataFolder, 'electron'));
app.setPath('userData', profile.path);
if (profile.isTemporary) process.once('exit', () => rmSync(profile.path, { recursive: true, force: true }));
if (!app.requestSingleInstanceLock()) leave('Máy phát đã chạy với thư mục dữ liệu này. · A player already runs on this data folder.');
const unsandboxed = app.commandLine.hasSwitch('no-sandbox');
if (!unsandboxed) app.enableSandbox();
// One pixel of the page is one pixel of the wall, and nothing slows down unseen.
app.commandLine.appendSwitch('force-device-scale-factor', '1');
app.commandLine.appendSwitch('disable-pinch');
app.commandLine.appendSwitch('overscroll-history-navigation', '0');
app.commandLine.appendSwitch('disable-renderer-backgrounding');
app.commandLine.appendSwitch('disable-backgrounding-occluded-windows');
protocol.registerSchemesAsPrivileged([{ scheme: stageScheme, privileges: stagePrivileges }]);
Menu.setApplicationMenu(null);

const { log, tail } = openLogFile(join(dataFolder, 'player.log'), machineClock);
log.info({ version: productVersion, electron: process.versions.electron, window: args.window }, 'the player starts');
const starting = startPlayer({
  dataDir: dataFolder,
  enrol: args.enrol,
  server: args.server,
  factoryProfile: args.profile,
  budgetBytes: args.budgetBytes,
  brightnessProgram: args.brightnessProgram,
  playlistsDir: join(product, 'playlists'),
  assetsDir: join(product, 'assets'),
  version: productVersion,
  log,
  readLog: tail,
  restart: isSupervised() ? () => void stop(0) : undefined,
});
let shell: ElectronShell | undefined;
let watchdog: SystemdWatchdog | undefined;
let stopping = false;

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  watchdog?.stop();
  try {
    shell?.close();
    await (await starting).stop();
    log.info({}, 'the player has stopped');
    app.exit(code);
  } catch (fault) {
    log.error({ fault: faultText(fault) }, 'the player did not stop cleanly');
    app.exit(1);
  }
}

async function open(): Promise<void> {
  const player = await starting;
  await app.whenReady();
  watchdog = feedSystemd({ env: process.env, seenWithin: (ms) => player.seenWithin(ms), clock: machineClock, log });
  player.onFirstPicture(() => {
    watchdog?.ready();
    process.send?.({ type: 'playing' });
  });
  powerSaveBlocker.start('prevent-display-sleep');
  if (stopping) return;
  shell = openElectronShell({
    electron: realElectron(),
    player,
    mode: args.window,
    stageFolder: args.stageFolder === undefined ? join(product, 'dist', 'stage') : resolve(args.stageFolder),
    preload: join(import.meta.dirname, 'preload.cjs'),
    weakness: { root: isRoot(), unsandboxed },
    clock: machineClock,
    log,
    onRefused(line) {
      log.error({}, line);
      process.stderr.write(`${line}\n`);
      void stop(1);
    },
    hopeless() {
      log.error({}, 'the window does not come back; the process ends so that it is started anew');
      void stop(1);
    },
  });
}

process.on('SIGTERM', () => void stop(0));
process.on('SIGINT', () => void stop(0));
process.on('disconnect', () => void stop(0));
app.on('before-quit', (event) => {
  event.preventDefault();
  void stop(0);
});
// A window that closed is opened again; the process goes on without one meanwhile.
app.on('window-all-closed', () => undefined);
app.on('child-process-gone', (_event, { type, reason }) => log.error({ type, reason }, 'a process of Electron is gone'));

// Not awaited: a module that waits for "ready" at its top keeps Electron from becoming ready.
open().catch((fault: unknown) => {
  log.error({ fault: faultText(fault) }, 'the player cannot be started');
  process.stderr.write(`Không mở được cửa sổ · The window cannot be opened: ${faultText(fault)}\n`);
  app.exit(1);
});
