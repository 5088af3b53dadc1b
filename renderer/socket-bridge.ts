// A bridge over a WebSocket that comes back by itself; while it is away, messages to the player are dropped, not queued.
import type { FromStage, StageBridge } from '../core/bridge.ts';

const firstWaitMs = 250;
const longestWaitMs = 8_000;

/** Half of the doubled wait is certain, half is chance, so that pages do not come back in step. */
export function reconnectDelayMs(attempt: number, random: () => number): number {
  const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(attempt, 10));
  return Math.round(wait / 2 + (wait / 2) * random());
}

export interface SocketDeps {
  readonly open: (address: string) => WebSocket;
  readonly random: () => number;
  readonly later: (run: () => void, ms: number) => void;
}

export function socketBridge(address: string, { open, random, later }: SocketDeps): StageBridge {
  const listeners: ((message: unknown) => void)[] = [];
  let socket: WebSocket | undefined;
  let attempt = 0;

  const connect = () => {
    const current = open(address);
    socket = current;
    current.addEventListener('open', () => {
      attempt = 0;
      send({ type: 'hello' });
    });
    current.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const message = typeof data === 'string' ? readJson(data) : undefined;
      if (message !== undefined) for (const listener of listeners) listener(message);
    });
    current.addEventListener('close', () => later(connect, reconnectDelayMs(attempt++, random)), { once: true });
  };

  const send = (message: FromStage) => {
    if (socket?.readyState === 1) socket.send(JSON.stringify(message));
  };

  connect();
  return { send, onMessage: (listener) => void listeners.push(listener) };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
