// The stage's end of the bridge: whatever carries messages, each one is parsed by the contract and nonsense is dropped.
import { bridgeGlobal } from '../core/bridge-names.ts';
import { loopbackPaths, toStageSchema, type FromStage, type StageBridge, type ToStage } from '../core/bridge.ts';
import { socketBridge } from './socket-bridge.ts';

declare global {
  interface Window {
    [bridgeGlobal]?: StageBridge;
  }
}

/** The bridge that the shell put on the window, else a socket beside the page. */
export function findBridge(page: Window): StageBridge {
  return (
    page[bridgeGlobal] ??
    socketBridge(socketAddress(page.location.href), { open: (address) => new WebSocket(address), random: Math.random, later: (run, ms) => setTimeout(run, ms) })
  );
}

/** `http://host/secret/stage.html` → `ws://host/secret/bridge`. */
export function socketAddress(page: string): string {
  const address = new URL(loopbackPaths.socket, page);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.search = '';
  address.hash = '';
  return address.href;
}

/** Hears only what the contract knows. A message that does not parse changes nothing. */
export function listen(bridge: StageBridge, heard: (message: ToStage) => void): (message: FromStage) => void {
  bridge.onMessage((message) => {
    const parsed = toStageSchema.safeParse(message);
    if (parsed.success) heard(parsed.data);
  });
  return (message) => bridge.send(message);
}
