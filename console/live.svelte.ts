// The server's word that something changed. The console then asks the API; after a gap in the line it asks for everything.
import { io, type Socket } from 'socket.io-client';
import { consoleNamespace, type ServerToConsoleEvents } from '../core/protocol.ts';

type Topic = keyof ServerToConsoleEvents;
const topics = ['screens', 'scoreboard', 'playlists', 'orders', 'scans', 'media', 'settings'] as const satisfies readonly Topic[];
const retryMs = 5_000;

export interface Live {
  readonly connected: boolean;
  start(): void;
  stop(): void;
  /** Calls back when the topic changed, or may have. Returns what ends it. */
  on(topic: Topic, listener: () => void): () => void;
}

/** @param onRefused the server turned the socket away, such as when a session has ended */
export function createLive(onRefused: () => void): Live {
  const socket: Socket<ServerToConsoleEvents> = io(consoleNamespace, { transports: ['websocket'], autoConnect: false });
  let listeners: readonly { readonly topic: Topic; readonly call: () => void }[] = [];
  let connected = $state(false);
  let wanted = false;

  const tell = (topic: Topic) => listeners.filter((each) => each.topic === topic).forEach(({ call }) => call());
  for (const topic of topics) socket.on(topic, () => tell(topic));
  socket.on('connect', () => {
    connected = true;
    topics.forEach(tell);
  });
  socket.on('disconnect', () => {
    connected = false;
    // A disconnect by the server is not tried again by the library.
    if (wanted && !socket.active) setTimeout(() => wanted && socket.connect(), retryMs);
  });
  socket.on('connect_error', () => {
    connected = false;
    if (socket.active) return;
    onRefused();
    setTimeout(() => wanted && socket.connect(), retryMs);
  });

  return {
    get connected() {
      return connected;
    },
    start() {
      wanted = true;
      socket.connect();
    },
    stop() {
      wanted = false;
      socket.disconnect();
    },
    on(topic, listener) {
      const entry = { topic, call: listener };
      listeners = [...listeners, entry];
      return () => (listeners = listeners.filter((each) => each !== entry));
    },
  };
}
