// What the shell needs of Electron, and no more. `main.ts` passes the real parts, so these shapes are checked against Electron's own types.
import type { BrowserWindowConstructorOptions } from 'electron';

interface Prevents {
  preventDefault(): void;
}

/** Handles the requests of one scheme. */
export type SchemeHandler = (request: Request) => Promise<Response>;

export interface StageSession {
  readonly protocol: { handle(scheme: string, handler: SchemeHandler): void; unhandle(scheme: string): void };
  readonly webRequest: {
    onBeforeRequest(listener: (details: { readonly url: string }, answer: (response: { cancel: boolean }) => void) => void): void;
  };
  setPermissionRequestHandler(handler: (contents: object, permission: string, answer: (granted: boolean) => void) => void): void;
  setPermissionCheckHandler(handler: () => boolean): void;
  setDevicePermissionHandler(handler: () => boolean): void;
  on(event: 'will-download', listener: (event: Prevents) => void): unknown;
}

export interface StageContents {
  readonly mainFrame: object;
  loadURL(url: string): Promise<void>;
  send(channel: string, message: unknown): void;
  capturePage(area?: { x: number; y: number; width: number; height: number }): Promise<{ isEmpty(): boolean; toJPEG(quality: number): Uint8Array }>;
  forcefullyCrashRenderer(): void;
  isCrashed(): boolean;
  setWindowOpenHandler(handler: () => { action: 'deny' }): void;
  setAudioMuted(muted: boolean): void;
  on(event: 'render-process-gone', listener: (event: object, details: { readonly reason: string }) => void): unknown;
  on(event: 'will-navigate', listener: (event: Prevents, url: string) => void): unknown;
  on(event: 'did-navigate', listener: (event: object, url: string) => void): unknown;
  on(event: 'will-attach-webview' | 'before-input-event', listener: (event: Prevents) => void): unknown;
}

export interface StageWindow {
  readonly webContents: StageContents;
  setContentSize(width: number, height: number): void;
  setIgnoreMouseEvents(ignore: boolean): void;
  isDestroyed(): boolean;
  destroy(): void;
  on(event: 'unresponsive' | 'closed', listener: () => void): unknown;
}

/** A message from a page; the frame tells whether it is ours. */
export interface PageMessage {
  readonly senderFrame: { readonly url: string } | null;
}
export type PageMessageListener = (event: PageMessage, message: unknown) => void;

export interface ElectronParts {
  /** Name and version, such as "electron 45.4.1". */
  readonly name: string;
  readonly session: StageSession;
  readonly ipc: { on(channel: string, listener: PageMessageListener): unknown; removeListener(channel: string, listener: PageMessageListener): unknown };
  openWindow(options: BrowserWindowConstructorOptions): StageWindow;
}
