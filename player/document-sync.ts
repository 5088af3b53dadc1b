// Follows the server's state notice: root, assignment and snapshot at once and in this order, then the manifest through staging.
import type { StateNotice } from '../core/protocol.ts';
import type { Envelope } from '../core/signed.ts';
import type { Backoff } from './backoff.ts';
import { fetchDocument, fetchRoot, type DocumentKind } from './fetch-document.ts';
import type { Holdings, Taken } from './holdings.ts';
import { verifySignature } from './ed25519.ts';
import { faultText, type Log } from './log.ts';
import type { MachineClock } from './machine-clock.ts';
import { followRoots } from './root-chain.ts';
import type { PinnedRoot } from './root-pin.ts';
import { serial } from './serial.ts';
import type { Staging } from './staging.ts';

export interface DocumentSync {
  /** How widely the server spreads its screens, milliseconds; 0 until it has said. */
  readonly jitterMs: number;
  follow(notice: StateNotice): void;
  takeSnapshot(current: Envelope, previous: Envelope | null): void;
  /** The connection is gone: nothing is tried until the next notice. */
  rest(): void;
  stop(): void;
}

export interface DocumentSyncOptions {
  readonly holdings: Holdings;
  readonly staging: Staging;
  readonly server: () => string | undefined;
  readonly pin: (root: PinnedRoot) => Promise<void>;
  readonly clock: MachineClock;
  readonly backoff: Backoff;
  readonly log: Log;
  readonly changed: () => void;
}

export function startDocumentSync({ holdings, staging, server, pin, clock, backoff, log, changed }: DocumentSyncOptions): DocumentSync {
  const inOrder = serial();
  const stopped = new AbortController();
  let latest: StateNotice | undefined;
  let jitterMs = 0;
  let cancelRetry = () => {};

  const rootOf = async (number: number): Promise<Envelope | undefined> => {
    const address = server();
    const fetched = address === undefined ? undefined : await fetchRoot(address, number, stopped.signal);
    return fetched?.ok ? fetched.envelope : undefined;
  };
  const takeRoot = async (envelope: Envelope): Promise<Taken> => {
    if (!holdings.root) return { ok: false, reason: 'no root is pinned yet' };
    const verdict = await followRoots(holdings.root, envelope, verifySignature, rootOf);
    if (!verdict.ok) return { ...verdict, warning: 'root-refused' };
    if (verdict.isNew) await pin(verdict.root);
    return { ok: true };
  };

  /** @returns whether to try again */
  const bring = async (kind: DocumentKind, hash: string, take: (envelope: Envelope) => Promise<Taken>): Promise<boolean> => {
    const address = server();
    if (address === undefined) return false;
    const fetched = await fetchDocument(address, kind, hash, stopped.signal);
    if (!fetched.ok) {
      log.warn({ kind, hash, reason: fetched.reason }, 'a document cannot be fetched now');
      return true;
    }
    const taken = await take(fetched.envelope);
    if (!taken.ok) log.warn({ kind, hash, reason: taken.reason }, 'a document is refused');
    else changed();
    return false;
  };

  const sync = async (notice: StateNotice) => {
    if (notice !== latest) return;
    let again = false;
    if (notice.root.sha256 !== holdings.root?.sha256) again = (await bring('root', notice.root.sha256, takeRoot)) || again;
    if (notice.assignment !== holdings.assignment?.sha256)
      again = (await bring('assignment', notice.assignment, (envelope) => holdings.takeAssignment(envelope))) || again;
    if (notice.snapshot && notice.snapshot.sha256 !== holdings.board?.sha256) {
      again = (await bring('snapshot', notice.snapshot.sha256, (envelope) => holdings.takeSnapshot(envelope, null))) || again;
    }
    if (notice !== latest) return;
    const wanted = notice.manifest ?? holdings.assignment?.document.manifest?.sha256;
    if (wanted !== undefined && holdings.assignment) staging.want(wanted, notice.jitterMs);
    if (again) cancelRetry = clock.after(backoff.next(), () => void inOrder(() => sync(notice)));
    else backoff.reset();
  };

  return {
    get jitterMs() {
      return jitterMs;
    },
    follow(notice) {
      cancelRetry();
      latest = notice;
      jitterMs = notice.jitterMs;
      void inOrder(() => sync(notice)).catch((fault: unknown) => log.error({ fault: faultText(fault) }, 'a state notice cannot be followed'));
    },
    takeSnapshot(current, previous) {
      void inOrder(async () => {
        const taken = await holdings.takeSnapshot(current, previous);
        if (taken.ok) changed();
        else log.warn({ reason: taken.reason }, 'a snapshot is refused');
      }).catch((fault: unknown) => log.error({ fault: faultText(fault) }, 'a snapshot cannot be taken'));
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
