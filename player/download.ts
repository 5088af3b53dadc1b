// Brings one file by its hash: resumed where an earlier try broke off, bounded by its size, verified as it comes, on disk for good before it counts.
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ManifestFile } from '../core/manifest.ts';
import { flushFolder } from './durable-file.ts';
import type { GrowingHash, Hasher } from './hasher.ts';
import { httpRequest, type HttpAnswer } from './http.ts';

export type Download = { ok: true } | { ok: false; reason: string };

export interface DownloadRequest {
  readonly url: URL;
  readonly file: ManifestFile;
  /** Where the file stands afterwards; the partial one stands beside it. */
  readonly path: string;
  readonly hasher: Hasher;
  readonly signal: AbortSignal;
  /** Bytes that are on disk now. */
  readonly received?: (bytes: number) => void;
  /** A connection that took this long is given up and its file resumed: another one may be faster. */
  readonly longestMs?: number;
  /** Longest silence on the line. */
  readonly idleMs?: number;
}

/** Written at once in blocks; sooner on a slow line, so that a power cut costs a second of it. */
const blockBytes = 2 ** 20;
const blockMs = 1_000;
/** What a power cut may cost on a fast line. */
const flushBytes = 32 * 2 ** 20;
const longestConnectionMs = 15 * 60_000;

/** The hash of what an earlier try left; what cannot be gone on with is removed. */
async function resume(partial: string, bytes: number, hasher: Hasher): Promise<GrowingHash> {
  const size = await stat(partial).then(
    (found) => (found.isFile() ? found.size : Infinity),
    () => 0,
  );
  if (size > 0 && size <= bytes) {
    const hash = await hasher.begin(partial).catch(() => undefined);
    if (hash) return hash;
  }
  await rm(partial, { recursive: true, force: true });
  return hasher.begin();
}

/** Whether an answer goes on where the partial file ends, and is of a file as long as the signed one. */
function continues({ status, headers }: HttpAnswer, from: number, bytes: number): boolean {
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
  return status === 206 && Number(range?.[1]) === from && Number(range?.[2]) === bytes - 1 && (range?.[3] === '*' || Number(range?.[3]) === bytes);
}

/** Why an answer cannot be the file, as far as its head tells; a portal's page must not cost what came before it. */
function foreign({ headers }: HttpAnswer, type: string, length: number): string | undefined {
  const came = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (came === 'text/html' && type !== 'text/html') return 'was answered with a web page, as from a portal that wants a sign-in';
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') return 'came in another coding';
  const announced = headers['content-length'];
  if (announced !== undefined && Number(announced) !== length) return `was announced with ${announced} bytes in place of ${length}`;
  return undefined;
}

/** Writes a body behind what is there, in blocks and flow-controlled. @returns the length of the file afterwards, or more than `limit` where the body was longer */
async function append(
  body: HttpAnswer['body'],
  partial: string,
  hash: GrowingHash,
  have: number,
  limit: number,
  received: (bytes: number) => void,
): Promise<number> {
  const handle = await open(partial, have > 0 ? 'a' : 'w');
  let block: Buffer[] = [];
  let blockLength = 0;
  let total = have;
  let flushed = have;
  let begun = performance.now();
  const write = async () => {
    const bytes = Buffer.concat(block);
    [block, blockLength, begun] = [[], 0, performance.now()];
    if (bytes.byteLength === 0) return;
    await Promise.all([handle.writeFile(bytes), hash.add(bytes)]);
    received(bytes.byteLength);
    if (total - flushed < flushBytes) return;
    await handle.datasync();
    flushed = total;
  };
  try {
    try {
      for await (const part of body as AsyncIterable<Buffer>) {
        total += part.byteLength;
        if (total > limit) return total;
        block.push(part);
        blockLength += part.byteLength;
        if (blockLength >= blockBytes || performance.now() - begun > blockMs) await write();
      }
    } finally {
      // What came before the line broke is kept for the next try.
      await write();
    }
    await handle.sync();
    return total;
  } finally {
    body.destroy();
    await handle.close();
  }
}

/** @throws when the line or the disk fails; what came so far is kept for the next try */
export async function download(request: DownloadRequest): Promise<Download> {
  const { url, file, path, hasher, signal, received = () => undefined, longestMs = longestConnectionMs, idleMs } = request;
  const partial = `${path}.part`;
  const failed = (reason: string): Download => ({ ok: false, reason: `file ${file.sha256.slice(0, 12)} ${reason}` });
  const limits = { signal: AbortSignal.any([signal, AbortSignal.timeout(longestMs)]), ...(idleMs === undefined ? {} : { idleMs }) };
  const ask = (from: number) => httpRequest(url, { ...limits, headers: from > 0 ? { range: `bytes=${from}-` } : {} });

  let hash = await resume(partial, file.bytes, hasher);
  let have = hash.bytes;
  if (have < file.bytes) {
    let answer = await ask(have);
    if (have > 0 && (answer.status === 416 || (answer.status === 206 && !continues(answer, have, file.bytes)))) {
      // A server that gives another part than the one asked for is asked for the whole.
      answer.body.destroy();
      [hash, have] = [await hasher.begin(), 0];
      answer = await ask(0);
    }
    const goesOn = have > 0 && answer.status === 206;
    const reason =
      goesOn || answer.status === 200 ? foreign(answer, file.type, goesOn ? file.bytes - have : file.bytes) : `was answered with status ${answer.status}`;
    if (reason !== undefined) {
      answer.body.destroy();
      return failed(reason);
    }
    if (!goesOn && have > 0) [hash, have] = [await hasher.begin(), 0];
    have = await append(answer.body, partial, hash, have, file.bytes, received);
  }
  const digest = await hash.end();
  if (have < file.bytes) return failed('broke off');
  if (have > file.bytes || digest !== file.sha256) {
    await rm(partial, { force: true });
    return failed('is not what its hash says');
  }
  await rename(partial, path);
  await flushFolder(dirname(path));
  return { ok: true };
}
