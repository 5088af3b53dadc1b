// Serves the built stage and the shipped pictures on loopback under the strictest content policy, as the shells do.
import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const stageFolder = fileURLToPath(new URL('../../dist/stage', import.meta.url));
const assetFolder = fileURLToPath(new URL('../../assets', import.meta.url));

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
};

export const contentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'";

export interface StageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** `/media/pictures/x.svg` answers from `assets/`, everything else from the built stage. */
export async function serveStage(): Promise<StageServer> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://stage').pathname));
    const file = path.startsWith('/media/') ? join(assetFolder, path.slice('/media/'.length)) : join(stageFolder, path);
    readFile(file).then(
      (bytes) =>
        response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-security-policy': contentPolicy }).end(bytes),
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
