// Serves the built stage and the shipped pictures on loopback under the strictest content policy, as the shells do.
import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mediaTypes } from '../../core/media-types.ts';
import { byteRange } from '../../player/byte-range.ts';

const stageFolder = fileURLToPath(new URL('../../dist/stage', import.meta.url));
const assetFolder = fileURLToPath(new URL('../../assets', import.meta.url));
/** Of pictures of videos: none ships. */
const filmFolder = fileURLToPath(new URL('film', import.meta.url));

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  ...mediaTypes,
};

export const contentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'";

export interface StageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** `/media/pictures/x.svg` answers from the media folder (`assets/`), `/media/film/` from the films of the pictures, everything else from the built stage. */
export async function serveStage(mediaFolder: string = assetFolder): Promise<StageServer> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://stage').pathname));
    const place = [['/media/film/', filmFolder] as const, ['/media/', mediaFolder] as const].find(([start]) => path.startsWith(start));
    const file = place ? join(place[1], path.slice(place[0].length)) : join(stageFolder, path);
    readFile(file).then(
      (bytes) => {
        const type = { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-security-policy': contentPolicy };
        const part = byteRange(request.headers.range, bytes.length);
        if (part === undefined || part === 'unsatisfiable') return response.writeHead(200, { ...type, 'accept-ranges': 'bytes' }).end(bytes);
        const range = { 'content-range': `bytes ${part.start}-${part.end}/${bytes.length}` };
        return response.writeHead(206, { ...type, ...range }).end(bytes.subarray(part.start, part.end + 1));
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { url: addressOf(server), close: () => new Promise((resolve) => void server.close(() => resolve())) };
}

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the stage server has no port');
  return `http://127.0.0.1:${address.port}`;
}
