// Answers the page's requests in both shells: the built files of the stage, and media of the plan by hash with byte ranges.
import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { loopbackPaths } from '../core/bridge.ts';
import { mediaTypes } from '../core/media-types.ts';
import { byteRange } from './byte-range.ts';
import type { PlayerForShell } from './shell.ts';
import { stageHeaders } from './stage-policy.ts';

export interface StageRequest {
  readonly method: string;
  /** Path below the stage's root, without a leading slash or a query. */
  readonly path: string;
  readonly range?: string | undefined;
}

export interface StageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes of a file, first and last included. */
  readonly body?: { readonly path: string; readonly start: number; readonly end: number };
}

export interface StageSources {
  /** Folder of the built stage. */
  readonly folder: string;
  readonly mediaFile: PlayerForShell['mediaFile'];
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  ...mediaTypes,
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.mp3': 'audio/mpeg',
  '.wasm': 'application/wasm',
};

const immutable = 'public, max-age=31536000, immutable';
const plainPath = /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

function bare(status: number, headers: Record<string, string> = {}): StageAnswer {
  return { status, headers: { ...stageHeaders, 'content-length': '0', 'cache-control': 'no-store', ...headers } };
}

/** Length of a plain file; `undefined` when there is none. @throws when the disk fails */
async function lengthOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined;
    throw fault;
  }
}

function fileAnswer(path: string, bytes: number, type: string, cacheControl: string, { method, range }: StageRequest): StageAnswer {
  const part = byteRange(range, bytes);
  if (part === 'unsatisfiable') return bare(416, { 'content-range': `bytes */${bytes}` });
  const { start, end } = part ?? { start: 0, end: bytes - 1 };
  const headers: Record<string, string> = {
    ...stageHeaders,
    'content-type': type,
    'content-length': String(end - start + 1),
    'accept-ranges': 'bytes',
    'cache-control': cacheControl,
    ...(part ? { 'content-range': `bytes ${start}-${end}/${bytes}` } : {}),
  };
  const withBody = method === 'GET' && end >= start;
  return { status: part ? 206 : 200, headers, ...(withBody ? { body: { path, start, end } } : {}) };
}

async function mediaAnswer(hash: string, sources: StageSources, request: StageRequest): Promise<StageAnswer> {
  const file = /^[0-9a-f]{64}$/.test(hash) ? sources.mediaFile(hash) : undefined;
  // A file that has lost bytes since it was verified is not that file any more.
  if (!file || (await lengthOf(file.path)) !== file.bytes) return bare(404);
  return fileAnswer(file.path, file.bytes, file.type, immutable, request);
}

/** @throws when the disk fails */
export async function answerStage(request: StageRequest, sources: StageSources): Promise<StageAnswer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return bare(405, { allow: 'GET, HEAD' });
  const { path } = request;
  if (!plainPath.test(path)) return bare(404);
  if (path.startsWith(`${loopbackPaths.media}/`)) return mediaAnswer(path.slice(loopbackPaths.media.length + 1), sources, request);
  const type = types[extname(path)];
  const file = join(sources.folder, path);
  const bytes = type === undefined ? undefined : await lengthOf(file);
  if (type === undefined || bytes === undefined) return bare(404);
  // Vite puts the hash of the content into names below assets/.
  return fileAnswer(file, bytes, type, path.startsWith('assets/') ? immutable : 'no-cache', request);
}
