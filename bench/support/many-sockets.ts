// A process full of simulated players, or of bare sockets for a baseline: each tells nobody anything but when the last of them has what was sent.
import { fork } from 'node:child_process';
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { on } from 'node:events';
import { z } from 'zod';
import { io } from 'socket.io-client';
import { rawPublicKey } from '../../server/keys/ed25519.ts';
import { connect } from '../../server/testing/test-player.ts';

const orderSchema = z.object({ url: z.string(), event: z.string(), bare: z.boolean(), keys: z.array(z.string()) });
type Order = z.infer<typeof orderSchema>;
const toldSchema = z.union([z.literal('connected'), z.object({ last: z.number() })]);

/** Milliseconds on a clock that all processes of the machine share. */
export const sharedNow = (): number => performance.timeOrigin + performance.now();

export interface ManySockets {
  /** When the last of them had the next event. */
  nextLast(): Promise<number>;
  stop(): void;
}

/** @param keys of the players as PKCS 8 in base64; for bare sockets only their number counts */
export async function openMany(order: Order): Promise<ManySockets> {
  const child = fork(import.meta.filename);
  const messages = on(child, 'message');
  const next = async () => toldSchema.parse(((await messages.next()).value as unknown[])[0]);
  child.send(order);
  if ((await next()) !== 'connected') throw new Error('sockets came in another order');
  return {
    async nextLast() {
      const told = await next();
      if (told === 'connected') throw new Error('sockets came in another order');
      return told.last;
    },
    stop: () => void child.kill(),
  };
}

async function player(url: string, privateKey: KeyObject) {
  const opened = connect(url, { privateKey, publicKey: rawPublicKey(privateKey) });
  await opened.prove();
  await opened.next('state');
  return opened.socket;
}

async function bareSocket(url: string) {
  const socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true });
  await new Promise<void>((connected, failed) => socket.on('connect', connected).on('connect_error', failed));
  return socket;
}

async function run({ url, event, bare, keys }: Order): Promise<void> {
  let missing = keys.length;
  const came = () => {
    missing -= 1;
    if (missing > 0) return;
    missing = keys.length;
    process.send?.({ last: sharedNow() });
  };
  // Some at a time: a thousand handshakes at once are no part of what is measured.
  for (let first = 0; first < keys.length; first += 50) {
    const some = keys.slice(first, first + 50);
    const open = (key: string) => (bare ? bareSocket(url) : player(url, createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' })));
    for (const socket of await Promise.all(some.map(open))) socket.on(event, came);
  }
  process.send?.('connected');
}

if (process.argv[1] === import.meta.filename) process.once('message', (order) => void run(orderSchema.parse(order)));
