// The Chromium shell's window: opened once, then brought back by itself whenever page or browser die, until it is closed.
import { outputSize, type Profile } from '../core/profile.ts';
import { backoff, type Backoff } from '../player/backoff.ts';
import { beatWatch } from '../player/beat-watch.ts';
import { faultText, type Log } from '../player/log.ts';
import type { PageFall } from '../player/page-falls.ts';
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
  /** The page has spoken; with the reason when what it draws cannot be seen. */
  beat(unseen: string | undefined): void;
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
  /** Page or browser had to be brought back. */
  readonly onFall: (how: PageFall) => void;
  /** Nothing that can be done from here helps any more: whoever started this process should start it anew. */
  readonly hopeless: () => void;
}

/** A browser that lived this long was no failure to start. */
const steadyMs = 60_000;
const lastWordsMs = 1_000;
const heapReportMs = 10 * 60_000;
/** So many crashes of the page within a minute, and the whole browser is replaced. */
const maxCrashes = 5;
/** Within this span a fall counts as one more of the same trouble. */
const troubleMs = 10 * 60_000;
/** So many browsers that ended in one span: the next one draws without the graphics card; and then it is given up. */
const maxBrowsers = { withCard: 3, atAll: 8 } as const;

/** @throws when the browser cannot be started at all, with the reason in plain words */
export async function openWindow({
  url,
  mode,
  browserPath,
  profileFolder,
  root,
  clock,
  log,
  onFall,
  hopeless,
  ...options
}: WindowOptions): Promise<ChromiumWindow> {
  let { profile } = options;
  let unsandboxed = root;
  let browser: Browser | undefined;
  let page: StagePage | undefined;
  let closing = false;
  const isClosing = () => closing;
  let wake = () => {};
  let product = 'chromium';
  let ends: number[] = [];
  let mended: number[] = [];

  const recently = (times: readonly number[]) => times.filter((at) => clock.monoMs() - at < troubleMs);
  const startBrowser = () => {
    const software = ends.length >= maxBrowsers.withCard;
    return launchBrowser({ path: browserPath, mode, ...outputSize(profile), profileFolder, sandbox: !unsandboxed, software, log });
  };

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
      onFall('crashed');
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

  /** First a fresh page; trouble that outlives it needs another browser. */
  const bringBack = (how: PageFall, step: number) => {
    onFall(how);
    void (step > 1 ? browser?.close() : reload());
  };
  const watch = beatWatch(clock, (inARow, unseen) => {
    log.error({ inARow, unseen }, unseen === undefined ? 'the page is silent' : 'the picture cannot be seen');
    bringBack(unseen === undefined ? 'hung' : 'unseen', inARow);
  });
  const mend = (how: PageFall) => {
    mended = [...recently(mended), clock.monoMs()];
    log.error({ how, times: mended.length }, 'the picture is not what the page says');
    bringBack(how, mended.length);
  };

  const keepOpen = async () => {
    const waits = backoff({ baseMs: 1_000, capMs: 30_000 });
    while (!isClosing()) {
      const ended = await browser?.ended;
      page = undefined;
      browser = undefined;
      if (isClosing()) return;
      if (clock.monoMs() - startedAtMs > steadyMs) waits.reset();
      ends = [...recently(ends), clock.monoMs()];
      onFall('browser');
      if (ends.length > maxBrowsers.atAll) {
        log.error({ ends: ends.length }, 'no browser stays; this process gives up');
        return hopeless();
      }
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

  const pictured = async (take: (of: StagePage) => Promise<Uint8Array | undefined>) => {
    if (!page) return undefined;
    try {
      return await take(page);
    } catch (fault) {
      log.warn({ fault: faultText(fault) }, 'no picture of the window could be taken');
      return undefined;
    }
  };

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
    capture: () => pictured((of) => smallJpeg((quality) => of.picture(profile, quality))),
    glimpse: () => pictured((of) => of.glimpse()),
    reload,
    mend,
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
