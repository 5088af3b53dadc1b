// A process full of players that come back by themselves, by the player's own connection and back-off, each with the proof of its key.
import { fork } from 'node:child_process';
import { on } from 'node:events';
import { z } from 'zod';
import { backoff } from '../../player/backoff.ts';
import { connect, type Arrival } from '../../player/connection.ts';
import { signingKey } from '../../player/ed25519.ts';
import { machineClock } from '../../player/machine-clock.ts';
import { protocolVersion } from '../../core/protocol.ts';
import { sceneNames } from '../../core/scenes.ts';
import { sharedNow } from './many-sockets.ts';

const orderSchema = z.object({ url: z.string(), keys: z.array(z.string()) });
type Order = z.infer<typeof orderSchema>;
const allBackSchema = z.object({ last: z.number(), tries: z.int(), refused: z.int(), windowMs: z.number() });
/** `last`: when the last of them had the state; `tries`: connections that fell before; `windowMs`: the longest that a state notice lets them spread. */
export type AllBack = z.infer<typeof allBackSchema>;

export interface ReturningPlayers {
  /** Once all of them are in sync, for the first time or anew. */
  allBack(): Promise<AllBack>;
  stop(): void;
}

/** @param order keys of the players as PKCS #8 in base64url */
export function startReturning(order: Order): ReturningPlayers {
  const child = fork(import.meta.filename);
  const messages = on(child, 'message');
  child.send(order);
  return {
    allBack: async () => allBackSchema.parse(((await messages.next()).value as unknown[])[0]),
    stop: () => void child.kill(),
  };
}

const log = { info() {}, warn() {}, error() {} };

/** So many come for the first time at once: what is measured is how they come back. */
const openedTogether = 50;

async function run({ url, keys }: Order): Promise<void> {
  let [present, tries, refused, windowMs] = [0, 0, 0, 0];
  const nonce = Buffer.alloc(32).toString('base64url');

  const player = (text: string) =>
    new Promise<void>((opened) => {
      const key = signingKey(text);
      let isPresent = false;
      let jitterMs = 0;
      const arrived = ({ event, payload }: Arrival) => {
        if (event === 'challenge')
          connection.send('prove', {
            ...{ protocol: protocolVersion, publicKey: key.publicKey, player: 'bench', shell: 'bench', scenes: [...sceneNames] },
            proof: key.sign('prove', { server: payload.nonce, player: nonce }),
            accepted: { root: 0, manifest: 0, assignment: 0, snapshot: 0 },
          });
        if (event === 'welcome') connection.settled();
        if (event === 'refused' || event === 'pairing') refused += 1;
        if (event !== 'state') return;
        jitterMs = payload.jitterMs;
        windowMs = Math.max(windowMs, jitterMs);
        if (isPresent) return;
        isPresent = true;
        present += 1;
        opened();
        if (present === keys.length) process.send?.({ last: sharedNow(), tries, refused, windowMs } satisfies AllBack);
      };
      const connection = connect({
        servers: () => [url],
        clock: machineClock,
        backoff: backoff({ baseMs: () => Math.max(1_000, jitterMs), capMs: 30_000 }),
        log,
        arrived,
        lost() {
          if (isPresent) present -= 1;
          else tries += 1;
          isPresent = false;
        },
      });
    });

  for (let first = 0; first < keys.length; first += openedTogether) await Promise.all(keys.slice(first, first + openedTogether).map(player));
}

if (process.argv[1] === import.meta.filename) process.once('message', (order) => void run(orderSchema.parse(order)));
