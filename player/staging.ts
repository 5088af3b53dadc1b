// Brings a published manifest onto the screen: fetched, verified, all files staged, then one switch. Newest wish wins; failures wait and try again.
import { statfs } from 'node:fs/promises';
import type { ManifestFile } from '../core/manifest.ts';
import { playerPaths } from '../core/protocol.ts';
import type { Backoff } from './backoff.ts';
import { fetchDocument } from './fetch-document.ts';
import type { FileStore } from './file-store.ts';
import type { Holdings } from './holdings.ts';
import { faultText, type Log } from './log.ts';
import type { MachineClock } from './machine-clock.ts';

export interface Staging {
  /** The manifest that should play; `jitterMs` is waited, in part, before anything is fetched. */
  want(hash: string, jitterMs: number): void;
  stop(): void;
}

export interface StagingOptions {
  readonly holdings: Holdings;
  readonly files: FileStore;
  readonly folder: string;
  /** The server to ask; `undefined` while there is none. */
  readonly server: () => string | undefined;
  readonly clock: MachineClock;
  readonly backoff: Backoff;
  readonly log: Log;
  /** The manifest, its files or the reason against it changed. */
  readonly changed: () => void;
}

/** Left free for journal and system. */
const spareBytes = 64 * 2 ** 20;
const atOnce = 3;

type Outcome = 'done' | 'refused' | 'again';

export function startStaging({ holdings, files, folder, server, clock, backoff, log, changed }: StagingOptions): Staging {
  /** Hashes whose documents do not hold; they wait for another one. */
  const refused = new Map<string, string>();
  let running: { hash: string; abort: AbortController } | undefined;
  let cancelRetry = () => {};

  const report = (reason: string | undefined) => {
    if (holdings.manifestReason === reason?.slice(0, 300)) return;
    holdings.manifestReason = reason;
    if (reason !== undefined) log.warn({ reason }, 'the published manifest does not play');
    changed();
  };

  const bringAll = async (wanted: readonly ManifestFile[], address: string, signal: AbortSignal): Promise<string | undefined> => {
    const queue = wanted.filter(({ sha256 }) => !files.file(sha256));
    const bytes = queue.reduce((sum, file) => sum + file.bytes, 0);
    const { bavail, bsize } = await statfs(folder);
    if (bytes > 0 && bavail * bsize < bytes + spareBytes) return `no space: ${Math.ceil(bytes / 2 ** 20)} MiB are needed`;
    let problem: string | undefined;
    const worker = async () => {
      for (let file = queue.pop(); file && problem === undefined; file = queue.pop()) {
        const done = await files.bring(file, new URL(playerPaths.media(file.sha256), address), signal);
        if (!done.ok) problem = done.reason;
      }
    };
    // All have to have ended before anybody tries again: two writers on one partial file would spoil it.
    const ended = await Promise.allSettled(Array.from({ length: atOnce }, worker));
    const fault = ended.find((each) => each.status === 'rejected');
    if (fault) throw fault.reason;
    return problem;
  };

  const bring = async (hash: string, signal: AbortSignal): Promise<Outcome> => {
    const address = server();
    if (address === undefined) return 'again';
    const known = refused.get(hash);
    if (known !== undefined) {
      report(known);
      return 'refused';
    }
    const { manifest: playing } = holdings;
    if (playing?.sha256 === hash) {
      const problem = await bringAll(playing.manifest.files, address, signal);
      report(problem);
      changed();
      return problem === undefined ? 'done' : 'again';
    }
    const kept = await holdings.documents.read(hash);
    const fetched = kept ? { ok: true as const, envelope: kept } : await fetchDocument(address, 'manifest', hash, signal);
    if (!fetched.ok) {
      if (fetched.fault === 'wrong') report(fetched.reason);
      return 'again';
    }
    const verdict = await holdings.acceptManifest(fetched.envelope);
    if (!verdict.ok) {
      refused.set(hash, verdict.reason);
      report(verdict.reason);
      return 'refused';
    }
    const problem = await bringAll(verdict.document.manifest.files, address, signal);
    if (signal.aborted) return 'again';
    if (problem !== undefined) {
      report(problem);
      return 'again';
    }
    await holdings.switchTo(fetched.envelope, { ...verdict.document, sha256: verdict.sha256 });
    log.info({ manifest: hash, version: verdict.document.manifest.version }, 'a new manifest plays');
    changed();
    await files.keepOnly(holdings.filesInUse());
    return 'done';
  };

  const run = async (hash: string, jitterMs: number, abort: AbortController) => {
    if (jitterMs > 0) {
      await new Promise<void>((resolve) => {
        const cancel = clock.after(Math.random() * jitterMs, resolve);
        abort.signal.addEventListener('abort', () => {
          cancel();
          resolve();
        });
      });
    }
    const isOver = () => abort.signal.aborted;
    if (isOver()) return;
    const outcome = await bring(hash, abort.signal).catch((fault: unknown): Outcome => {
      if (isOver()) return 'again';
      log.warn({ manifest: hash, fault: faultText(fault) }, 'a manifest cannot be brought now');
      if (server() !== undefined) report(`cannot be brought now: ${faultText(fault)}`);
      return 'again';
    });
    if (isOver()) return;
    running = undefined;
    if (outcome !== 'again') backoff.reset();
    else if (server() !== undefined) cancelRetry = clock.after(backoff.next(), () => want(hash, 0));
  };

  const want = (hash: string, jitterMs: number) => {
    if (running?.hash === hash) return;
    cancelRetry();
    running?.abort.abort();
    const abort = new AbortController();
    running = { hash, abort };
    void run(hash, jitterMs, abort);
  };

  return {
    want,
    stop() {
      cancelRetry();
      running?.abort.abort();
      running = undefined;
    },
  };
}
