// Brings one file by its hash: resumed where an earlier try broke off, bounded by its size, on disk for good before it counts.
import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { createHash, type Hash } from 'node:crypto';
import { dirname } from 'node:path';
import type { ManifestFile } from '../core/manifest.ts';
import { flushFolder } from './durable-file.ts';
import { httpRequest, type HttpAnswer } from './http.ts';

export type Download = { ok: true } | { ok: false; reason: string };

/** Feeds a file into a hash. @returns its length */
export async function hashInto(hash: Hash, path: string): Promise<number> {
  let bytes = 0;
  for await (const part of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(part);
    bytes += part.byteLength;
  }
  return bytes;
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

/** Whether an answer goes on where the partial file ends. */
function continues({ status, headers }: HttpAnswer, from: number): boolean {
  return status === 206 && headers['content-range']?.startsWith(`bytes ${from}-`) === true;
}

/**
 * @param path where the file stands afterwards; the partial one stands beside it
 * @throws when the line or the disk fails; what came so far is kept for the next try
 */
export async function download(url: URL, file: ManifestFile, path: string, signal: AbortSignal): Promise<Download> {
  const partial = `${path}.part`;
  let have = await sizeOf(partial);
  if (have > file.bytes) {
    await rm(partial);
    have = 0;
  }
  let hash = createHash('sha256');
  if (have > 0) await hashInto(hash, partial);
  if (have < file.bytes) {
    const answer = await httpRequest(url, { signal, headers: have > 0 ? { range: `bytes=${have}-` } : {} });
    const resumed = have > 0 && continues(answer, have);
    if (!resumed && answer.status !== 200) {
      answer.body.destroy();
      if (have > 0 && answer.status === 416) await rm(partial);
      return { ok: false, reason: `the server answered ${answer.status} for file ${file.sha256.slice(0, 12)}` };
    }
    if (!resumed) {
      have = 0;
      hash = createHash('sha256');
    }
    const handle = await open(partial, resumed ? 'a' : 'w');
    try {
      for await (const part of answer.body as AsyncIterable<Buffer>) {
        have += part.byteLength;
        if (have > file.bytes) break;
        hash.update(part);
        await handle.writeFile(part);
      }
      await handle.sync();
    } finally {
      answer.body.destroy();
      await handle.close();
    }
  }
  if (have !== file.bytes || hash.digest('hex') !== file.sha256) {
    const short = have < file.bytes;
    if (!short) await rm(partial);
    return { ok: false, reason: `file ${file.sha256.slice(0, 12)} ${short ? 'broke off' : 'is not what its hash says'}` };
  }
  await rename(partial, path);
  await flushFolder(dirname(path));
  return { ok: true };
}
