// The Electron shell's window: opened once, then brought back by itself whenever page or window die, until it is closed.
import { outputSize, type Profile } from '../core/profile.ts';
import { beatWatch } from '../player/beat-watch.ts';
import { faultText, type Log } from '../player/log.ts';
import type { MachineClock } from '../player/machine-clock.ts';
import type { PageFall } from '../player/page-falls.ts';
import type { Shell } from '../player/shell.ts';
import { smallJpeg } from '../player/small-jpeg.ts';
import { glimpseQuality } from '../player/speck.ts';
import { leavingText } from '../player/stage-policy.ts';
import type { ElectronParts, StageContents, StageWindow } from './electron-parts.ts';
import { stageUrl } from './stage-scheme.ts';
import { windowOptions, type WindowWishes } from './window-options.ts';

export interface ElectronWindow extends Shell {
  /** What the page in the window is, while there is one. */
  readonly contents: StageContents | undefined;
  /** The page has spoken; with the reason when what it draws cannot be seen. */
  beat(unseen: string | undefined): void;
  fit(profile: Profile): void;
  close(): void;
}

interface ElectronWindowOptions extends WindowWishes {
  readonly openWindow: ElectronParts['openWindow'];
  readonly name: string;
  readonly clock: MachineClock;
  readonly log: Log;
  /** Page or window had to be brought back. */
  readonly onFall: (how: PageFall) => void;
  /** The page that was attached is gone. */
  readonly lost: () => void;
  /** Neither page nor window come back: whoever started this process has to start it anew. */
  readonly hopeless: () => void;
}

const recentMs = 60_000;
/** So many crashes of the page within a minute, and the window is replaced; so many windows, and the process is. */
const maxCrashes = 5;
const maxWindows = 3;
const captureMs = 5_000;

/** Counts what happened within the last minute. */
function recently(clock: Pick<MachineClock, 'monoMs'>): () => number {
  let times: number[] = [];
  return () => {
    const now = clock.monoMs();
    times = [...times.filter((at) => now - at < recentMs), now];
    return times.length;
  };
}

export function openElectronWindow({ openWindow, name, clock, log, onFall, lost, hopeless, mode, preload, ...options }: ElectronWindowOptions): ElectronWindow {
  const { profile: first } = options;
  let profile = first;
  let window: StageWindow | undefined;
  let closing = false;
  /** The page's process was ended from here, for a reason that is told already. */
  let isEnded = false;
  const crashes = recently(clock);
  const mended = recently(clock);
  const windows = recently(clock);

  const load = async (contents: StageContents) => {
    try {
      await contents.loadURL(stageUrl);
    } catch (fault) {
      // The watch brings it back when it does not beat.
      log.error({ fault: faultText(fault) }, 'the page cannot be loaded');
    }
  };

  const guard = (contents: StageContents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('before-input-event', (event) => event.preventDefault());
    contents.on('will-navigate', (event, url) => {
      if (url === stageUrl) return;
      event.preventDefault();
      log.warn({ url: url.slice(0, 200) }, leavingText);
    });
    contents.on('did-navigate', (_event, url) => {
      if (url === stageUrl) return;
      log.warn({ url: url.slice(0, 200) }, leavingText);
      void load(contents);
    });
  };

  const watchCrashes = (opened: StageWindow) => {
    const { webContents: contents } = opened;
    contents.on('render-process-gone', (_event, { reason }) => {
      if (window !== opened || closing) return;
      if (!isEnded) onFall('crashed');
      isEnded = false;
      lost();
      const recent = crashes();
      log.error({ reason, recent }, 'the page crashed');
      if (recent > maxCrashes) return replace('the page crashes again and again');
      watch.opened();
      void load(contents);
    });
    opened.on('unresponsive', () => {
      log.error({}, 'the page hangs and is ended');
      onFall('hung');
      isEnded = true;
      contents.forcefullyCrashRenderer();
    });
    opened.on('closed', () => {
      if (window !== opened || closing) return;
      window = undefined;
      lost();
      replace('the window was closed');
    });
  };

  const open = () => {
    const opened = openWindow(windowOptions({ mode, profile, preload }));
    window = opened;
    const { webContents: contents } = opened;
    guard(contents);
    watchCrashes(opened);
    contents.setAudioMuted(!profile.sound);
    opened.setIgnoreMouseEvents(!profile.touch);
    watch.opened();
    void load(contents);
    log.info({ mode }, 'the window is open');
  };

  const replace = (why: string) => {
    const old = window;
    window = undefined;
    lost();
    if (old && !old.isDestroyed()) old.destroy();
    if (windows() > maxWindows) return hopeless();
    log.error({ why }, 'the window is opened anew');
    open();
  };

  /** First a fresh page; trouble that outlives it needs another window. */
  const bringBack = (how: PageFall, step: number) => {
    if (closing) return;
    onFall(how);
    if (step > 1 || !window) return replace(`the page is ${how} again`);
    isEnded = true;
    window.webContents.forcefullyCrashRenderer();
  };
  const watch = beatWatch(clock, (inARow, unseen) => {
    log.error({ inARow, unseen }, unseen === undefined ? 'the page is silent' : 'the picture cannot be seen');
    bringBack(unseen === undefined ? 'hung' : 'unseen', inARow);
  });
  const mend = (how: PageFall) => {
    log.error({ how }, 'the picture is not what the page says');
    bringBack(how, mended());
  };

  const picture = async (quality: number, part?: Profile['viewport']): Promise<Uint8Array | undefined> => {
    const pictured = window;
    if (!pictured || pictured.isDestroyed()) return undefined;
    let cancel = () => {};
    const late = new Promise<undefined>((resolve) => {
      cancel = clock.after(captureMs, () => resolve(undefined));
    });
    const image = await Promise.race([pictured.webContents.capturePage(part), late]).finally(cancel);
    return image && !image.isEmpty() ? image.toJPEG(quality) : undefined;
  };

  const pictured = async (take: () => Promise<Uint8Array | undefined>) => {
    try {
      return await take();
    } catch (fault) {
      log.warn({ fault: faultText(fault) }, 'no picture of the window could be taken');
      return undefined;
    }
  };

  open();
  return {
    name,
    get contents() {
      return window?.webContents;
    },
    beat: watch.beat,
    fit(next) {
      profile = next;
      if (!window) return;
      const { width, height } = outputSize(next);
      // A kiosk's page is the whole output, whatever its size; the stage finds its viewport in it.
      if (mode !== 'kiosk') window.setContentSize(width, height);
      window.setIgnoreMouseEvents(!next.touch);
      window.webContents.setAudioMuted(!next.sound);
    },
    capture: () => pictured(() => smallJpeg((quality) => picture(quality, profile.viewport))),
    glimpse: () => pictured(() => picture(glimpseQuality)),
    mend,
    async reload() {
      if (!window) return;
      watch.opened();
      await load(window.webContents);
    },
    close() {
      closing = true;
      watch.stop();
      if (window && !window.isDestroyed()) window.destroy();
      window = undefined;
    },
  };
}
