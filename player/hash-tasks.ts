// The work of hashing, the same in its thread and without one: whole files at a bounded rate, and hashes that grow while something is written.
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

export type HashTask =
  /** Hash of a whole file, read no faster than told. */
  | { readonly kind: 'file'; readonly path: string; readonly bytesPerSecond: number | undefined }
  /** A growing hash that begins with what a file holds. */
  | { readonly kind: 'begin'; readonly growing: number; readonly path: string | undefined }
  | { readonly kind: 'add'; readonly growing: number; readonly part: Uint8Array }
  | { readonly kind: 'end'; readonly growing: number };

export interface Hashed {
  readonly sha256: string;
  readonly bytes: number;
}

const readBytes = 256 * 1_024;

/** Feeds a file into a hash. @returns its length */
export async function hashInto(hash: Hash, path: string, bytesPerSecond = Infinity): Promise<number> {
  const begun = performance.now();
  let bytes = 0;
  for await (const part of createReadStream(path, { highWaterMark: readBytes }) as AsyncIterable<Buffer>) {
    hash.update(part);
    bytes += part.byteLength;
    const aheadMs = (bytes / bytesPerSecond) * 1_000 - (performance.now() - begun);
    if (aheadMs > 1) await pause(aheadMs);
  }
  return bytes;
}

/** @returns what carries tasks out; it throws the file system's faults */
export function hashTasks(): (task: HashTask) => Promise<Hashed> {
  const growing = new Map<number, { readonly hash: Hash; bytes: number }>();
  const nothing: Hashed = { sha256: '', bytes: 0 };
  return async (task) => {
    if (task.kind === 'file') {
      const hash = createHash('sha256');
      const bytes = await hashInto(hash, task.path, task.bytesPerSecond);
      return { sha256: hash.digest('hex'), bytes };
    }
    if (task.kind === 'begin') {
      const hash = createHash('sha256');
      const bytes = task.path === undefined ? 0 : await hashInto(hash, task.path);
      growing.set(task.growing, { hash, bytes });
      return { sha256: '', bytes };
    }
    const known = growing.get(task.growing);
    if (!known) return nothing;
    if (task.kind === 'add') {
      known.hash.update(task.part);
      known.bytes += task.part.byteLength;
      return { sha256: '', bytes: known.bytes };
    }
    growing.delete(task.growing);
    return { sha256: known.hash.digest('hex'), bytes: known.bytes };
  };
}
