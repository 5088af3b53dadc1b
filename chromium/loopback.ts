// The loopback server of the Chromium shell: the stage's files, media by hash and the bridge's WebSocket, all below a secret that lives as long as this boot.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { WebSocketServer } from 'ws';
import { loopbackPaths } from '../core/bridge.ts';
import { faultText, type Log } from '../player/log.ts';
import { answerStage, type StageSources } from '../player/stage-files.ts';
import type { PageRole, StagePages } from '../player/stage-pages.ts';
import { stageHeaders } from '../player/stage-policy.ts';
import { joinSocket, maxMessageBytes } from './page-socket.ts';

export interface Loopback {
  /** Address of the page in the shell's own window. */
  readonly pageUrl: string;
  /** Address for people: the same page, which only watches. */
  readonly watchUrl: string;
  close(): Promise<void>;
}

interface LoopbackOptions extends StageSources {
  readonly pages: StagePages;
  readonly log: Log;
}

const host = '127.0.0.1';

/** The role that a path's secret gives, and the path below it. */
function readPath(url: string | undefined, secrets: ReadonlyMap<PageRole, string>): { role: PageRole; path: string } | undefined {
  const [, given = '', path = ''] = /^\/([^/?]*)\/([^?]*)/.exec(url ?? '') ?? [];
  for (const [role, secret] of secrets) {
    if (given.length === secret.length && timingSafeEqual(Buffer.from(given.padEnd(64)), Buffer.from(secret.padEnd(64)))) return { role, path };
  }
  return undefined;
}

export async function startLoopback({ folder, mediaFile, pages, log }: LoopbackOptions): Promise<Loopback> {
  const secrets = new Map<PageRole, string>([
    ['window', randomBytes(24).toString('base64url')],
    ['watcher', randomBytes(24).toString('base64url')],
  ]);
  let origin = '';

  /** Another host name or another site's page is how a stranger's script would come in. */
  const isOurs = ({ headers }: IncomingMessage) =>
    headers.host === origin.slice('http://'.length) && (headers.origin === undefined || headers.origin === origin);

  const refuse = (response: ServerResponse) => response.writeHead(404, { ...stageHeaders, 'content-length': '0' }).end();

  const server = createServer((request, response) => {
    const asked = readPath(request.url, secrets);
    if (!asked || !isOurs(request)) return void refuse(response);
    answerStage({ method: request.method ?? 'GET', path: asked.path, range: request.headers.range }, { folder, mediaFile }).then(
      ({ status, headers, body }) => {
        response.writeHead(status, headers);
        if (!body) return void response.end();
        pipeline(createReadStream(body.path, { start: body.start, end: body.end }), response, (fault) => {
          // A page that moves on closes its requests early; that is no fault.
          if (fault && fault.code !== 'ERR_STREAM_PREMATURE_CLOSE')
            log.warn({ path: asked.path, fault: faultText(fault) }, 'a file could not be sent to the page');
        });
      },
      (fault: unknown) => {
        log.error({ path: asked.path, fault: faultText(fault) }, 'a file could not be read for the page');
        response.writeHead(503, { ...stageHeaders, 'content-length': '0' }).end();
      },
    );
  });

  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false });
  server.on('upgrade', (request, socket, head) => {
    const asked = readPath(request.url, secrets);
    socket.on('error', () => socket.destroy());
    if (asked?.path !== loopbackPaths.socket || !isOurs(request) || request.headers.origin !== origin)
      return void socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (webSocket) => joinSocket(webSocket, asked.role, pages, log));
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  // Listening on a TCP port, so the address is an object.
  origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  const urlOf = (role: PageRole) => `${origin}/${secrets.get(role) ?? ''}/${loopbackPaths.page}`;

  return {
    pageUrl: urlOf('window'),
    watchUrl: urlOf('watcher'),
    close() {
      for (const webSocket of sockets.clients) webSocket.terminate();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
