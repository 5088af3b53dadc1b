// The Chromium shell's window: opened once, then brought back by itself whenever page or browser die, until it is closed.
import { outputSize, type Profile } from '../core/profile.ts';
import { backoff, type Backoff } from '../player/backoff.ts';
import { beatWatch } from '../player/beat-watch.ts';
import { faultText, type Log } from '../player/log.ts';
import { every, type MachineClock } from '../player/machine-clock.ts';
import type { Shell } from '../player/shell.ts';
import type { WindowMode } from '../player/shell-arguments.ts';
import { smallJpeg } from '../player/small-jpeg.ts';
import { launchBrowser, type Browser } from './launch.ts';
import { openPage, type StagePage } from './page.ts';

export interface ChromiumWindow extends Shell {
  /** The browser's process, while there is one. */
  readonly pid: number | undefined;
  /** The browser runs without its sandbox. */
  readonly unsandboxed: boolean;
  /** The page has spoken. */
  beat(): void;
  fit(profile: Profile): void;
  close(): Promise<void>;
}

interface WindowOptions {
  readonly url: string;
  readonly mode: WindowMode;
  readonly profile: Profile;
  readonly browserPath: string;
  /** Folder of the browser's own files. */
  readonly profileFolder: string;
  readonly root: boolean;
  readonly clock: MachineClock;
  readonly log: Log;
}

/** A browser that lived this long was no failure to start. */
const steadyMs = 60_000;
const lastWordsMs = 1_000;
const heapReportMs = 10 * 60_000;
/** So many crashes of the page within a minute, and the whole browser is replaced. */
const maxCrashes = 5;

/** @throws when the browser cannot be started at all, with the reason in plain words */
export async function openWindow({ url, mode, browserPath, profileFolder, root, clock, log, ...options }: WindowOptions): Promise<ChromiumWindow> {
  let { profile } = options;
  let unsandboxed = root;
  let browser: Browser | undefined;
  let page: StagePage | undefined;
  let closing = false;
  const isClosing = () => closing;
  let wake = () => {};
  let product = 'chromium';

  const startBrowser = () => launchBrowser({ path: browserPath, mode, ...outputSize(profile), profileFolder, sandbox: !unsandboxed, log });

  const open = async (): Promise<void> => {
    const started = await startBrowser();
    browser = started;
    try {
      const opened = await openPage({ devTools: started.devTools, url, mode, profile, log }).catch((fault: unknown) => lastWords(started, fault));
      if ('reason' in opened) {
        if (opened.sandboxMissing && mode === 'headless' && !unsandboxed) {
          log.warn({}, 'this system gives the browser no sandbox; without a window it goes on without one');
          unsandboxed = true;
          return await open();
        }
        throw new Error(opened.sandboxMissing ? sandboxAdvice : `the browser left while starting: ${opened.reason}`);
      }
      page = opened;
      product = (await started.devTools.send('Browser.getVersion', {})).product.replace('/', ' ').toLowerCase();
      watchCrashes(opened, started);
      watch.opened();
      log.info({ pid: started.pid, product, mode, unsandboxed }, 'the window is open');
    } catch (fault) {
      if (browser === started) await started.close();
      throw fault;
    }
  };

  /** A browser that leaves while starting closes its pipe first and tells why a moment later. */
  const lastWords = (started: Browser, fault: unknown) =>
    Promise.race([
      started.ended,
      new Promise<never>((_, reject) => {
        clock.after(lastWordsMs, () => reject(fault instanceof Error ? fault : new Error(faultText(fault))));
      }),
    ]);

  const watchCrashes = (opened: StagePage, started: Browser) => {
    const crashes: number[] = [];
    opened.onCrash((status) => {
      const now = clock.monoMs();
      crashes.push(now);
      const recent = crashes.filter((at) => now - at < 60_000).length;
      log.error({ status, recent }, 'the page crashed');
      if (recent > maxCrashes) return void started.close();
      opened.load().then(watch.opened, (fault: unknown) => {
        log.error({ fault: faultText(fault) }, 'the crashed page did not come back; the browser starts anew');
        void started.close();
      });
    });
    void opened.closed.then(() => started.close());
  };

  const reload = async () => {
    try {
      await page?.load();
      watch.opened();
    } catch (fault) {
      log.error({ fault: faultText(fault) }, 'the page cannot be loaded; the browser starts anew');
      await browser?.close();
    }
  };

  const watch = beatWatch(clock, (inARow) => {
    log.error({ inARow }, 'the page is silent');
    // A page that stays silent after a reload needs another browser.
    void (inARow > 1 ? browser?.close() : reload());
  });

  const keepOpen = async () => {
    const waits = backoff({ baseMs: 1_000, capMs: 30_000 });
    while (!isClosing()) {
      const ended = await browser?.ended;
      page = undefined;
      browser = undefined;
      if (isClosing()) return;
      if (clock.monoMs() - startedAtMs > steadyMs) waits.reset();
      log.error({ reason: ended?.reason }, 'the browser is gone and starts anew');
      await reopen(waits);
    }
  };

  let startedAtMs = clock.monoMs() - steadyMs;
  const reopen = async (waits: Backoff) => {
    // At once the first time; a browser that dies soon after its start waits.
    let wait = clock.monoMs() - startedAtMs >= steadyMs ? 0 : waits.next();
    while (!isClosing()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        clock.after(wait, resolve);
      });
      startedAtMs = clock.monoMs();
      try {
        if (!isClosing()) await open();
        return;
      } catch (fault) {
        log.error({ fault: faultText(fault) }, 'the browser did not start');
        wait = waits.next();
      }
    }
  };

  const stopReports = every(clock, heapReportMs, () => {
    page?.heapBytes().then(
      (heapBytes) => log.info({ heapBytes }, 'memory of the page'),
      (fault: unknown) => log.warn({ fault: faultText(fault) }, 'the page does not tell its memory'),
    );
  });

  await open();
  const kept = keepOpen();

  return {
    get name() {
      return product;
    },
    get pid() {
      return browser?.pid;
    },
    get unsandboxed() {
      return unsandboxed;
    },
    beat: watch.beat,
    fit(next) {
      profile = next;
      page?.fit(next).catch((fault: unknown) => log.warn({ fault: faultText(fault) }, 'the window did not take its new size'));
    },
    async capture() {
      const pictured = page;
      if (!pictured) return undefined;
      try {
        return await smallJpeg((quality) => pictured.picture(profile, quality));
      } catch (fault) {
        log.warn({ fault: faultText(fault) }, 'no picture of the window could be taken');
        return undefined;
      }
    },
    reload,
    async close() {
      closing = true;
      watch.stop();
      stopReports();
      wake();
      await browser?.close();
      await kept;
    },
  };
}

const sandboxAdvice =
  'Hệ thống không cho trình duyệt dùng vùng cách ly (sandbox): hãy bật user namespaces hoặc cài chromium-sandbox. · The system gives the browser no sandbox: allow user namespaces or install chromium-sandbox.';
