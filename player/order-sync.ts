// Follows the state notice's list of orders: fetches what is missing, and asks what has ended the ones that are no longer listed. Nothing here waits for jitter.
import type { StateNotice } from '../core/protocol.ts';
import type { Envelope } from '../core/signed.ts';
import type { Backoff } from './backoff.ts';
import { fetchDocument, fetchOrderEnd, type Fetched } from './fetch-document.ts';
import { faultText, type Log } from './log.ts';
import type { MachineClock } from './machine-clock.ts';
import type { Orders } from './orders.ts';

export interface OrderSync {
  /** An order that was pushed. */
  take(envelope: Envelope): void;
  follow(notice: StateNotice): void;
  /** The connection is gone: nothing is asked until the next notice. */
  rest(): void;
  stop(): void;
}

export interface OrderSyncOptions {
  readonly orders: Orders;
  readonly server: () => string | undefined;
  readonly clock: MachineClock;
  readonly backoff: Backoff;
  readonly log: Log;
  readonly changed: () => void;
}

type Listed = NonNullable<StateNotice['orders']>;

export function startOrderSync({ orders, server, clock, backoff, log, changed }: OrderSyncOptions): OrderSync {
  const stopped = new AbortController();
  let latest: Listed | undefined;
  let cancelRetry = () => {};

  const take = async (envelope: Envelope) => {
    const taken = await orders.take(envelope);
    if (!taken.ok) log.warn({ reason: taken.reason }, 'an order is refused');
    changed();
  };

  /** @returns whether to try again */
  const bring = async (fetching: Promise<Fetched>): Promise<boolean> => {
    const fetched = await fetching;
    if (fetched.ok) await take(fetched.envelope);
    else log.warn({ reason: fetched.reason }, 'an order cannot be fetched now');
    return !fetched.ok && fetched.fault === 'unreachable';
  };

  const sync = async (listed: Listed) => {
    const address = server();
    if (listed !== latest || address === undefined) return;
    const missing = listed.filter((ref) => !orders.knows(ref));
    const gone = orders.inForce().filter(({ ref }) => !listed.some(({ sha256 }) => sha256 === ref.sha256));
    const again = await Promise.all([
      ...missing.map(({ sha256 }) => bring(fetchDocument(address, 'order', sha256, stopped.signal))),
      ...gone.map(({ ref }) => bring(fetchOrderEnd(address, ref.sha256, stopped.signal))),
    ]);
    if (listed !== latest) return;
    if (again.includes(true)) cancelRetry = clock.after(backoff.next(), () => void sync(listed).catch(report));
    else backoff.reset();
  };
  const report = (fault: unknown) => log.error({ fault: faultText(fault) }, 'the list of orders cannot be followed');

  return {
    take: (envelope) => void take(envelope).catch((fault: unknown) => log.error({ fault: faultText(fault) }, 'an order cannot be taken')),
    follow({ orders: listed }) {
      cancelRetry();
      latest = listed;
      // A server that says nothing of orders ends none.
      if (listed) void sync(listed).catch(report);
    },
    rest() {
      cancelRetry();
      latest = undefined;
    },
    stop() {
      cancelRetry();
      latest = undefined;
      stopped.abort();
    },
  };
}
