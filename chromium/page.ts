// The one page of the browser, driven over DevTools: opened dark, kept on its address, measured exactly, pictured, and torn from a hung renderer.
import { z } from 'zod';
import { outputSize, type Profile } from '../core/profile.ts';
import { faultText, type Log } from '../player/log.ts';
import { serial } from '../player/serial.ts';
import { glimpseQuality } from '../player/speck.ts';
import { darkColour, leavingText } from '../player/stage-policy.ts';
import type { WindowMode } from '../player/shell-arguments.ts';
import type { DevTools } from './devtools.ts';

export interface StagePage {
  /** Loads the stage, out of whatever state the page is in. @throws DevToolsFault */
  load(): Promise<void>;
  fit(profile: Profile): Promise<void>;
  picture(profile: Profile, quality: number): Promise<Uint8Array>;
  /** The whole window, as coarse as a speck allows; without a clip, which would make the browser lay the page out anew for a moment. */
  glimpse(): Promise<Uint8Array>;
  heapBytes(): Promise<number>;
  onCrash(listener: (status: string) => void): void;
  /** Settles when the page is closed. */
  readonly closed: Promise<void>;
}

export interface PageOptions {
  readonly devTools: DevTools;
  readonly url: string;
  readonly mode: WindowMode;
  readonly profile: Profile;
  readonly log: Log;
}

/** Longest time the page may take to answer a question before its renderer counts as hung. */
const answerMs = 2_000;
const firstPageMs = 15_000;

const roomSchema = z.object({ width: z.number().positive(), height: z.number().positive() });

const drawn = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/** Runs in every document before its own scripts: no cursor, no menu under a long press. */
const bareScreen = `(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('*, *::before, *::after { cursor: none !important } html { -webkit-touch-callout: none; -webkit-user-select: none; user-select: none }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  addEventListener('contextmenu', (event) => event.preventDefault(), { capture: true });
})()`;

async function findPage(devTools: DevTools, profile: Profile): Promise<string> {
  const { product } = await devTools.send('Browser.getVersion', {}, undefined, firstPageMs);
  // Builds without any window (chrome-headless-shell, @sparticuz/chromium) know no --app and open no page.
  if (product.startsWith('HeadlessChrome/')) return (await devTools.send('Target.createTarget', { url: 'about:blank', ...outputSize(profile) })).targetId;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the browser opened no page within ${firstPageMs} ms`)), firstPageMs);
    const stop = devTools.on('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.type !== 'page') return;
      clearTimeout(timer);
      stop();
      resolve(targetInfo.targetId);
    });
    devTools.send('Target.setDiscoverTargets', { discover: true }).catch(reject);
  });
}

/** @throws when the browser has no page or does not obey */
export async function openPage({ devTools, url, mode, profile, log }: PageOptions): Promise<StagePage> {
  const target = await findPage(devTools, profile);
  const { sessionId: session } = await devTools.send('Target.attachToTarget', { targetId: target, flatten: true });
  const origin = new URL(url).origin;
  const complain = (fault: unknown) => log.warn({ fault: faultText(fault) }, 'the browser does not obey');
  const crashListeners = new Set<(status: string) => void>();

  let isDead = false;
  /** Told when a renderer that is being ended from here has gone. */
  let onEnded: (() => void) | undefined;

  const isHung = async () => {
    try {
      await devTools.send('Runtime.evaluate', { expression: '1' }, session, answerMs);
      return false;
    } catch (fault) {
      return /no answer/.test(faultText(fault));
    }
  };

  /** Its end is no crash to be told of, and no page is loaded before it. */
  const endHung = async () => {
    const gone = new Promise<void>((resolve) => {
      onEnded = resolve;
      setTimeout(resolve, answerMs);
    });
    await endRenderers(devTools, log);
    await gone;
    onEnded = undefined;
  };

  /** A navigation would break off one that is under way, and what is broken off looks like a page that cannot be loaded. */
  const oneByOne = serial();
  const load = () =>
    oneByOne(async () => {
      // A hung renderer holds every navigation up, so it is ended first; there is no other page in this browser.
      if (!isDead && (await isHung())) await endHung();
      isDead = false;
      const { errorText } = await devTools.send('Page.navigate', { url }, session);
      if (errorText !== undefined) throw new Error(`the page could not be loaded: ${errorText}`);
    });

  /** What of the window a person at a desk can see, before the page is given another size. A display smaller than the screen's shows the whole picture smaller. */
  const seenRoom = async () => {
    const expression = '({ width: Math.min(innerWidth, screen.availWidth), height: Math.min(innerHeight, screen.availHeight) })';
    const { result } = await devTools.send('Runtime.evaluate', { expression, returnByValue: true }, session);
    return roomSchema.parse(result?.value);
  };
  const room = mode === 'app' ? await seenRoom() : undefined;

  const fit = async (to: Profile) => {
    // A kiosk's page is the whole output, whatever its size; the stage finds its viewport in it.
    if (mode === 'kiosk') return;
    const size = outputSize(to);
    const scale = room === undefined ? 1 : Math.min(1, room.width / size.width, room.height / size.height);
    await devTools.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 1, mobile: false, scale }, session, firstPageMs);
  };

  /** A window that opens under a resting pointer shows it until it moves; so it is moved once there is a page to hide it. */
  const hideCursor = async () => {
    await devTools.send('Runtime.evaluate', { expression: drawn, awaitPromise: true }, session, firstPageMs);
    for (const x of [1, 2]) await devTools.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y: 1 }, session);
  };

  devTools.on('Target.targetCrashed', ({ targetId, status }) => {
    if (targetId !== target) return;
    isDead = true;
    if (onEnded) return onEnded();
    for (const listener of crashListeners) listener(status);
  });
  const closed = new Promise<void>((resolve) => {
    devTools.on('Target.targetDestroyed', ({ targetId }) => {
      if (targetId === target) resolve();
    });
  });
  devTools.on('Target.targetCreated', ({ targetInfo }) => {
    if (targetInfo.type !== 'page' || targetInfo.targetId === target) return;
    log.warn({}, 'a second window was closed');
    devTools.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch(complain);
  });
  devTools.on('Page.javascriptDialogOpening', ({ type }) => {
    log.warn({ type }, 'a dialog was closed');
    devTools.send('Page.handleJavaScriptDialog', { accept: type === 'beforeunload' }, session).catch(complain);
  });
  devTools.on('Fetch.requestPaused', ({ requestId, request }) => {
    if (request.url.startsWith(`${origin}/`)) return void devTools.send('Fetch.continueRequest', { requestId }, session).catch(complain);
    log.warn({ url: request.url.slice(0, 200) }, leavingText);
    // Aborted leaves the page as it is; every other reason would show the browser's own words.
    devTools.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' }, session).catch(complain);
  });
  let left = false;
  devTools.on('Page.frameNavigated', ({ frame }) => {
    if (frame.parentId !== undefined || frame.url === url) return void (left = false);
    // An address that needs no request, such as about:blank; the first page of all is one, too.
    if (left) return;
    left = true;
    log.warn({ url: frame.url.slice(0, 200) }, leavingText);
    load().catch(complain);
  });

  await devTools.send('Target.setDiscoverTargets', { discover: true });
  // A browser that is just starting answers late on a busy machine.
  await Promise.all([
    devTools.send('Inspector.enable', {}, session, firstPageMs),
    devTools.send('Browser.setDownloadBehavior', { behavior: 'deny' }),
    devTools.send('Browser.grantPermissions', { permissions: [] }),
    devTools.send('Emulation.setDefaultBackgroundColorOverride', { color: { ...darkColour, a: 1 } }, session, firstPageMs),
    devTools.send('Page.addScriptToEvaluateOnNewDocument', { source: bareScreen }, session, firstPageMs),
    devTools.send('Fetch.enable', { patterns: [{ urlPattern: '*', resourceType: 'Document' }] }, session, firstPageMs),
    fit(profile),
  ]);
  await load();
  await devTools.send('Page.enable', {}, session);
  await hideCursor().catch(complain);
  await devTools.send('Input.setIgnoreInputEvents', { ignore: !profile.touch }, session);

  return {
    load,
    fit: async (to) => {
      await fit(to);
      await devTools.send('Input.setIgnoreInputEvents', { ignore: !to.touch }, session);
    },
    async picture({ viewport }, quality) {
      const { data } = await devTools.send('Page.captureScreenshot', { format: 'jpeg', quality, clip: { ...viewport, scale: 1 } }, session);
      return Buffer.from(data, 'base64');
    },
    async glimpse() {
      const { data } = await devTools.send('Page.captureScreenshot', { format: 'jpeg', quality: glimpseQuality }, session);
      return Buffer.from(data, 'base64');
    },
    heapBytes: async () => (await devTools.send('Runtime.getHeapUsage', {}, session)).usedSize,
    onCrash: (listener) => void crashListeners.add(listener),
    closed,
  };
}

async function endRenderers(devTools: DevTools, log: Log): Promise<void> {
  const { processInfo } = await devTools.send('SystemInfo.getProcessInfo', {});
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  log.warn({ renderers: renderers.length }, 'the page hangs and is ended');
  for (const { id } of renderers) {
    try {
      process.kill(id, 'SIGKILL');
    } catch (fault) {
      log.warn({ pid: id, fault: faultText(fault) }, 'a renderer had ended already');
    }
  }
}
