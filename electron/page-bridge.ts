// The page's end of the bridge: all that the preload gives to the page. It carries messages and knows nothing of them.
import { ipcChannels } from '../core/bridge-names.ts';
import type { StageBridge } from '../core/bridge.ts';

export interface PageIpc {
  send(channel: string, message: unknown): void;
  on(channel: string, listener: (event: unknown, message: unknown) => void): unknown;
}

export function pageBridge(ipc: PageIpc): StageBridge {
  return {
    send: (message) => ipc.send(ipcChannels.fromStage, message),
    onMessage: (listener) => void ipc.on(ipcChannels.toStage, (_event, message) => listener(message)),
  };
}
