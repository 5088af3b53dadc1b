// Brings a published manifest onto the screen: fetched, verified, all files staged, then one switch. Newest wish wins; failures wait and try again.
import type { ManifestFile } from '../core/manifest.ts';
import { playerPaths } from '../core/protocol.ts';
import type { Backoff } from './backoff.ts';
import { fetchDocument } from './fetch-document.ts';
import type { FileStore } from './file-store.ts';
import type { Holdings } from './holdings.ts';
import { faultText, type Log } from './log.ts';
import type { MachineClock } from './machine-clock.ts';
import { serial } from './serial.ts';

export interface Staging {
  /** The manifest that should play; `jitterMs` is waited, in part, before anything is fetched. */
  want(hash: string, jitterMs: number): void;
  /** Ends with the last write to a file. */
  stop(): Promise<void>;
}

export interface StagingOptions {
  readonly holdings: Holdings;
  readonly files: FileStore;
  /** The server to ask; `undefined` while there is none. */
  readonly server: () => string | undefined;
  readonly clock: MachineClock;
  readonly backoff: Backoff;
  readonly log: Log;
  /** The manifest, its files or the reason against it changed. */
  readonly changed: () => void;
}

const atOnce = 3;

type Outcome = 'done' | 'refused' | 'again';

export function startStaging({ holdings, files, server, clock, backoff, log, changed }: StagingOptions): Staging {
  /** Hashes whose documents do not hold; they wait for another one. */
  const refused = new Map<string, string>();
  /** `again`: it was wanted once more meanwhile, perhaps because a file that was there already has gone. */
  let running: { hash: string; abort: AbortController; again: boolean } | undefined;
  let cancelRetry = () => {};
  const inOrder = serial();

  const report = (reason: string | undefined) => {
    if (holdings.manifestReason === reason?.slice(0, 300)) return;
    holdings.manifestReason = reason;
    if (reason !== undefined) log.warn({ reason }, 'the published manifest does not play');
    changed();
  };

  const bringAll = async (wanted: readonly ManifestFile[], address: string, signal: AbortSignal): Promise<string | undefined> => {
    const sound = await Promise.all(wanted.map(async (file) => files.file(file.sha256) !== undefined || files.verify(file)));
    const queue = wanted.filter((_, index) => !sound[index]);
    const bytes = queue.reduce((sum, file) => sum + file.bytes, 0);
    const named = new Set([...holdings.filesInUse(), ...wanted.map(({ sha256 }) => sha256)]);
    const full = bytes > 0 ? await files.makeRoom(bytes, named) : undefined;
    if (full !== undefined) return full;
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
    const known = refused.get(hash) ?? (holdings.failed?.sha256 === hash ? holdings.failed.reason : undefined);
    if (known !== undefined) {
      report(known);
      return 'refused';
    }
    const { manifest: playing } = holdings;
    if (playing?.sha256 === hash) {
      const problem = await bringAll(playing.manifest.files, address, signal);
      report(problem ?? holdings.failed?.reason);
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
      log.warn({ manifest: hash, reason: verdict.reason }, 'a manifest is refused');
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
    await files.makeRoom(0, holdings.filesInUse());
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
    const before = files.receivedBytes;
    const outcome = await bring(hash, abort.signal).catch((fault: unknown): Outcome => {
      if (isOver()) return 'again';
      log.warn({ manifest: hash, fault: faultText(fault) }, 'a manifest cannot be brought now');
      if (server() !== undefined) report(`cannot be brought now: ${faultText(fault)}`);
      return 'again';
    });
    if (isOver()) return;
    const isWantedAgain = running?.again === true && outcome === 'done';
    running = undefined;
    // A line that breaks again and again but brings something is no dead line.
    if (outcome !== 'again' || files.receivedBytes > before) backoff.reset();
    if (outcome === 'again' && server() !== undefined) cancelRetry = clock.after(backoff.next(), () => want(hash, 0));
    if (isWantedAgain) want(hash, 0);
  };

  const want = (hash: string, jitterMs: number) => {
    if (running?.hash === hash) {
      running.again = true;
      return;
    }
    cancelRetry();
    running?.abort.abort();
    const abort = new AbortController();
    running = { hash, abort, again: false };
    // The one before has to have ended: two writers on one partial file would spoil it.
    void inOrder(() => run(hash, jitterMs, abort));
  };

  return {
    want,
    stop() {
      cancelRetry();
      running?.abort.abort();
      running = undefined;
      return inOrder(async () => cancelRetry());
    },
  };
}
