// Stands in for Electron where its binary cannot be had: windows without pixels in which the shells' test page runs, with the same events in the same order.
import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions } from 'electron';
import type { StageBridge } from '../../core/bridge.ts';
import type { ElectronParts, PageMessageListener, SchemeHandler, StageContents, StageSession, StageWindow } from '../../electron/electron-parts.ts';
import { pageBridge } from '../../electron/page-bridge.ts';
import { startPage } from '../fixtures/shell-page.js';

const prevented = () => {
  const event = { isPrevented: false, preventDefault: () => void (event.isPrevented = true) };
  return event;
};

/** A JPEG that says its size and holds no picture. */
function jpegOfSize(width: number, height: number): Uint8Array {
  const sizes = Buffer.alloc(4);
  sizes.writeUInt16BE(height, 0);
  sizes.writeUInt16BE(width, 2);
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8]), sizes, Buffer.from([1, 1, 0x11, 0, 0xff, 0xd9])]);
}

class StandInSession extends EventEmitter implements StageSession {
  handlers = new Map<string, SchemeHandler>();
  permission: boolean | undefined;
  #beforeRequest: Parameters<StageSession['webRequest']['onBeforeRequest']>[0] | undefined;
  readonly protocol = {
    handle: (scheme: string, handler: SchemeHandler) => void this.handlers.set(scheme, handler),
    unhandle: (scheme: string) => void this.handlers.delete(scheme),
  };
  readonly webRequest: StageSession['webRequest'] = {
    onBeforeRequest: (listener) => {
      this.#beforeRequest = listener;
    },
  };
  setPermissionRequestHandler(handler: (contents: object, permission: string, answer: (granted: boolean) => void) => void) {
    handler({}, 'media', (granted) => {
      this.permission = granted;
    });
  }
  setPermissionCheckHandler(handler: () => boolean) {
    this.permission = handler();
  }
  setDevicePermissionHandler(handler: () => boolean) {
    this.permission = handler();
  }

  /** As a page's fetch: first the filter, then the scheme's handler. */
  async fetch(address: string, base: string, range: string | undefined): Promise<Response> {
    const url = address.includes('..') ? `${new URL('.', base).href}${address}` : new URL(address, base).href;
    const answer = { isCancelled: false };
    this.#beforeRequest?.({ url }, ({ cancel }) => void (answer.isCancelled = cancel));
    const handler = this.handlers.get(new URL(url).protocol.slice(0, -1));
    if (answer.isCancelled || !handler) throw new TypeError('Failed to fetch');
    return handler(new Request(url, range === undefined ? {} : { headers: { range } }));
  }
}

class StandInContents extends EventEmitter implements StageContents {
  mainFrame = { url: '' };
  isDead = false;
  muted = false;
  readonly #world: Electron;
  readonly #window: StandInWindow;
  #toPage = new EventEmitter();
  #openHandler: () => { action: 'deny' | 'allow' } = () => ({ action: 'allow' });

  constructor(world: Electron, window: StandInWindow) {
    super();
    this.#world = world;
    this.#window = window;
  }

  async loadURL(url: string) {
    const answer = await this.#world.session.fetch(url, url, undefined);
    if (answer.status !== 200) throw new Error(`ERR_FAILED (${answer.status})`);
    this.isDead = false;
    this.mainFrame = { url };
    this.#toPage = new EventEmitter();
    this.emit('did-navigate', {}, url);
    this.#runPage(url);
  }

  #runPage(url: string) {
    const frame = this.mainFrame;
    const toPage = this.#toPage;
    // Messages are cloned on their way, as between processes.
    const bridge: StageBridge = pageBridge({
      send: (_channel, message) => void (frame === this.mainFrame && !this.isDead && this.#world.fromPage(frame, structuredClone(message))),
      on: (channel, listener) => toPage.on(channel, (message: unknown) => listener({}, message)),
    });
    startPage({
      bridge,
      get: (address, range) => this.#world.session.fetch(address, url, range),
      world: {
        where: () => new URL(this.mainFrame.url).pathname.slice(1),
        size: () => ({ ...this.#window.size, scale: 1 }),
        leave: (address) => {
          const event = prevented();
          this.emit('will-navigate', event, address);
          if (!event.isPrevented) {
            this.mainFrame = { url: address };
            this.emit('did-navigate', {}, address);
          }
        },
        crowd: () => undefined,
        open: () => this.#openHandler().action === 'allow',
        hang: () => this.#window.emit('unresponsive'),
        blind: () => undefined,
      },
    });
  }

  send(channel: string, message: unknown) {
    if (!this.isDead) this.#toPage.emit(channel, structuredClone(message));
  }
  capturePage({ width, height } = { width: 1, height: 1 }) {
    return Promise.resolve({ isEmpty: () => this.isDead, toJPEG: () => jpegOfSize(width, height) });
  }
  forcefullyCrashRenderer() {
    this.isDead = true;
    this.emit('render-process-gone', {}, { reason: 'crashed' });
  }
  isCrashed() {
    return this.isDead;
  }
  setWindowOpenHandler(handler: () => { action: 'deny' }) {
    this.#openHandler = handler;
  }
  setAudioMuted(muted: boolean) {
    this.muted = muted;
  }
}

export class StandInWindow extends EventEmitter implements StageWindow {
  readonly webContents: StandInContents;
  readonly options: BrowserWindowConstructorOptions;
  size: { width: number; height: number };
  ignoresMouse = false;
  #gone = false;

  constructor(world: Electron, options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    this.size = { width: options.width ?? 0, height: options.height ?? 0 };
    this.webContents = new StandInContents(world, this);
  }
  setContentSize(width: number, height: number) {
    this.size = { width, height };
  }
  setIgnoreMouseEvents(ignore: boolean) {
    this.ignoresMouse = ignore;
  }
  isDestroyed() {
    return this.#gone;
  }
  destroy() {
    if (this.#gone) return;
    this.#gone = true;
    this.webContents.isDead = true;
    this.emit('closed');
  }
}

/** One run of the stand-in. */
export class Electron implements ElectronParts {
  readonly name = 'electron 0.0.0 (stand-in)';
  readonly session = new StandInSession();
  readonly windows: StandInWindow[] = [];
  readonly #ipc = new EventEmitter();
  readonly ipc: ElectronParts['ipc'] = {
    on: (channel, listener) => this.#ipc.on(channel, listener),
    removeListener: (channel, listener) => this.#ipc.removeListener(channel, listener),
  };

  openWindow(options: BrowserWindowConstructorOptions) {
    const window = new StandInWindow(this, options);
    this.windows.push(window);
    return window;
  }

  /** A message of a page, on the channel of the bridge. */
  fromPage(frame: { readonly url: string } | null, message: unknown) {
    const event: Parameters<PageMessageListener>[0] = { senderFrame: frame };
    for (const channel of this.#ipc.eventNames()) this.#ipc.emit(channel, event, message);
  }
}
