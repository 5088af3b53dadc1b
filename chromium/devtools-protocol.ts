// The commands and events of the Chrome DevTools Protocol that the shell uses, with what they carry.
// https://chromedevtools.github.io/devtools-protocol/tot/
import { z } from 'zod';

const nothing = z.object({});

/** What each command answers. */
export const commandAnswers = {
  'Browser.getVersion': z.object({ product: z.string() }),
  'Browser.close': nothing,
  'Browser.setDownloadBehavior': nothing,
  'Browser.grantPermissions': nothing,
  'SystemInfo.getProcessInfo': z.object({ processInfo: z.array(z.object({ type: z.string(), id: z.int() })) }),
  'Target.setDiscoverTargets': nothing,
  'Target.createTarget': z.object({ targetId: z.string() }),
  'Target.attachToTarget': z.object({ sessionId: z.string() }),
  'Target.closeTarget': nothing,
  'Inspector.enable': nothing,
  'Page.enable': nothing,
  'Page.navigate': z.object({ errorText: z.string().optional() }),
  'Page.captureScreenshot': z.object({ data: z.base64() }),
  'Page.handleJavaScriptDialog': nothing,
  'Page.addScriptToEvaluateOnNewDocument': nothing,
  'Runtime.evaluate': z.object({ result: z.object({ value: z.unknown() }).optional() }),
  'Runtime.getHeapUsage': z.object({ usedSize: z.number() }),
  'Emulation.setDeviceMetricsOverride': nothing,
  'Emulation.setDefaultBackgroundColorOverride': nothing,
  'Input.dispatchMouseEvent': nothing,
  'Input.setIgnoreInputEvents': nothing,
  'Fetch.enable': nothing,
  'Fetch.continueRequest': nothing,
  'Fetch.failRequest': nothing,
} as const;
export type Command = keyof typeof commandAnswers;
export type CommandAnswer<Name extends Command> = z.infer<(typeof commandAnswers)[Name]>;

type None = Record<string, never>;

export interface CommandParams extends Record<Command, object> {
  'Browser.getVersion': None;
  'Browser.close': None;
  'Browser.setDownloadBehavior': { behavior: 'deny' };
  /** Grants these and rejects all others. */
  'Browser.grantPermissions': { permissions: readonly never[] };
  'SystemInfo.getProcessInfo': None;
  'Target.setDiscoverTargets': { discover: true };
  'Target.createTarget': { url: string; width: number; height: number };
  'Target.attachToTarget': { targetId: string; flatten: true };
  'Target.closeTarget': { targetId: string };
  'Inspector.enable': None;
  'Page.enable': None;
  'Page.navigate': { url: string };
  'Page.captureScreenshot': { format: 'jpeg'; quality: number; clip?: { x: number; y: number; width: number; height: number; scale: 1 } };
  'Page.handleJavaScriptDialog': { accept: boolean };
  'Page.addScriptToEvaluateOnNewDocument': { source: string };
  'Runtime.evaluate': { expression: string; awaitPromise?: true; returnByValue?: true };
  'Runtime.getHeapUsage': None;
  'Emulation.setDeviceMetricsOverride': { width: number; height: number; deviceScaleFactor: number; mobile: boolean; scale?: number };
  'Emulation.setDefaultBackgroundColorOverride': { color: { r: number; g: number; b: number; a: number } };
  'Input.dispatchMouseEvent': { type: 'mouseMoved'; x: number; y: number };
  'Input.setIgnoreInputEvents': { ignore: boolean };
  'Fetch.enable': { patterns: { urlPattern: string; resourceType: 'Document' }[] };
  'Fetch.continueRequest': { requestId: string };
  'Fetch.failRequest': { requestId: string; errorReason: 'Aborted' };
}

/** What each event carries. */
export const eventSchemas = {
  'Target.targetCreated': z.object({ targetInfo: z.object({ targetId: z.string(), type: z.string() }) }),
  'Target.targetDestroyed': z.object({ targetId: z.string() }),
  'Target.targetCrashed': z.object({ targetId: z.string(), status: z.string() }),
  'Page.frameNavigated': z.object({ frame: z.object({ url: z.string(), parentId: z.string().optional() }) }),
  'Page.javascriptDialogOpening': z.object({ type: z.string() }),
  'Fetch.requestPaused': z.object({ requestId: z.string(), request: z.object({ url: z.string() }) }),
} as const;
export type DevToolsEvent = keyof typeof eventSchemas;
export type EventPayload<Name extends DevToolsEvent> = z.infer<(typeof eventSchemas)[Name]>;
