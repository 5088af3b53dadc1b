// The socket to the server: every payload is read through its schema, every return after a fault waits a random while.
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import { maxSocketBytes, playerNamespace, serverToPlayerSchemas, type PlayerToServerEvents, type ServerToPlayerEvents } from '../core/protocol.ts';
import type { Backoff } from './backoff.ts';
import type { Log } from './log.ts';
import type { MachineClock } from './machine-clock.ts';

type Payloads = { [Event in keyof ServerToPlayerEvents]: z.infer<(typeof serverToPlayerSchemas)[Event]> };
type Arrival = { [Event in keyof Payloads]: { readonly event: Event; readonly payload: Payloads[Event]; readonly arrivedMonoMs: number } }[keyof Payloads];
export type { Arrival };

export interface Connection {
  /** The server that is being talked to. */
  readonly server: string | undefined;
  send<Event extends keyof PlayerToServerEvents>(event: Event, ...payload: Parameters<PlayerToServerEvents[Event]>): void;
  /** The server speaks with this player: it may take its time from now on. */
  answered(): void;
  /** All is well: the next fault begins with short waits again. */
  settled(): void;
  /** Leaves and comes back after a while. */
  leave(waitMs?: number): void;
  stop(): void;
}

export interface ConnectionOptions {
  /** Addresses to try, best first. */
  readonly servers: () => readonly string[];
  readonly arrived: (arrival: Arrival) => void;
  readonly lost: () => void;
  readonly clock: MachineClock;
  readonly backoff: Backoff;
  readonly log: Log;
}

const connectTimeoutMs = 10_000;
/** From the first packet until welcome, pairing or refusal; whatever got lost between is asked for again by connecting again. */
const handshakeMs = 30_000;
const events = Object.keys(serverToPlayerSchemas) as (keyof ServerToPlayerEvents)[];

export function connect({ servers, arrived, lost, clock, backoff, log }: ConnectionOptions): Connection {
  let socket: Socket<ServerToPlayerEvents, PlayerToServerEvents> | undefined;
  let server: string | undefined;
  let tries = 0;
  let stopped = false;
  let cancelRetry = () => {};
  let cancelHandshake = () => {};

  const close = () => {
    cancelHandshake();
    const closing = socket;
    socket = undefined;
    server = undefined;
    closing?.removeAllListeners();
    closing?.disconnect();
  };

  const later = (waitMs = 0) => {
    if (stopped) return;
    cancelRetry();
    cancelRetry = clock.after(waitMs + backoff.next(), open);
  };

  const fall = (why: string) => {
    log.warn({ server, why }, 'the server is out of reach');
    close();
    lost();
    later();
  };

  function open() {
    const addresses = servers();
    const address = addresses[tries % Math.max(1, addresses.length)];
    tries += 1;
    if (stopped || address === undefined) return;
    const opening: Socket<ServerToPlayerEvents, PlayerToServerEvents> = io(new URL(playerNamespace, address).href, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      timeout: connectTimeoutMs,
      transportOptions: { websocket: { maxPayload: maxSocketBytes } },
    });
    socket = opening;
    server = address;
    cancelHandshake = clock.after(handshakeMs, () => fall('no welcome in time'));
    opening.on('connect_error', (fault) => fall(fault.message));
    opening.on('disconnect', (why) => fall(why));
    for (const event of events) {
      // The listener's payload is whatever the server sent; its schema says what it is.
      (opening as Socket).on(event, (raw: unknown) => {
        const arrivedMonoMs = clock.monoMs();
        const parsed = serverToPlayerSchemas[event].safeParse(raw);
        if (parsed.success) arrived({ event, payload: parsed.data, arrivedMonoMs } as Arrival);
        else log.warn({ event, problem: parsed.error.issues[0]?.message }, 'the server said something malformed');
      });
    }
  }

  open();
  return {
    get server() {
      return server;
    },
    send(event, ...payload) {
      if (socket?.connected) socket.emit(event, ...payload);
    },
    answered: () => cancelHandshake(),
    settled() {
      cancelHandshake();
      tries = Math.max(0, tries - 1);
      backoff.reset();
    },
    leave(waitMs = 0) {
      close();
      lost();
      later(waitMs);
    },
    stop() {
      stopped = true;
      cancelRetry();
      close();
    },
  };
}
