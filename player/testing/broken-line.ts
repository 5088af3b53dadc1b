// Listens where the player's server should be; what stands behind it can be changed, and broken in every way that networks know.
import { createServer as createHttp, type IncomingMessage } from 'node:http';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTls } from 'node:tls';
import { WebSocketServer } from 'ws';
import { selfSignedCertificate, selfSignedKey } from './self-signed.ts';

/** What becomes of a connection. */
export type Serve = (socket: Socket) => void;

export interface Front {
  readonly port: number;
  /** Every connection ends; the next ones are served like this. */
  answer(serve: Serve): void;
  stop(): Promise<void>;
}

export async function startFront(): Promise<Front> {
  const sockets = new Set<Socket>();
  let serve: Serve = (socket) => socket.destroy();
  const front: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    serve(socket);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  return {
    port: (front.address() as AddressInfo).port,
    answer(next) {
      serve = next;
      sockets.forEach((socket) => socket.destroy());
    },
    async stop() {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => front.close(resolve));
    },
  };
}

const join = (to: string, socket: Socket): Socket => {
  const far = connect(Number(new URL(to).port), '127.0.0.1');
  socket.pipe(far);
  far.on('error', () => socket.destroy());
  socket.on('close', () => far.destroy()).on('error', () => far.destroy());
  return far;
};

export const through =
  (to: string): Serve =>
  (socket) =>
    void join(to, socket).pipe(socket);

/** A line on which the server's words come at no more than this rate. */
export const trickle =
  (to: string, bytesPerSecond: number): Serve =>
  (socket) => {
    const far = join(to, socket);
    const every = 100;
    const timer = setInterval(() => {
      const part: unknown = far.read(Math.min(far.readableLength, Math.max(1, (bytesPerSecond * every) / 1_000)));
      if (Buffer.isBuffer(part)) socket.write(part);
      else if (far.readableEnded || far.destroyed) socket.destroy();
    }, every);
    socket.on('close', () => clearInterval(timer));
  };

/** A line that breaks whenever so many bytes of the server's have come. */
export const cutAfter =
  (to: string, bytes: number): Serve =>
  (socket) => {
    let came = 0;
    join(to, socket)
      .on('data', (part: Buffer) => {
        socket.write(part.subarray(0, bytes - came));
        came += part.byteLength;
        if (came >= bytes) socket.destroySoon();
      })
      .on('close', () => socket.destroySoon());
  };

/** Speaks TLS with a certificate, and serves what comes inside. */
export function inTls(pem: { readonly key: string; readonly cert: string }, serve: Serve): Serve {
  const secure = createTls(pem, (socket) => {
    socket.on('error', () => socket.destroy());
    serve(socket);
  });
  secure.on('tlsClientError', () => undefined);
  return (socket) => void secure.emit('connection', socket);
}

/** TLS with a certificate that nobody vouches for and that has expired. */
export const unvouched: Serve = inTls({ key: selfSignedKey, cert: selfSignedCertificate }, (socket) => socket.end());

const upgradedBy = (upgrade: (incoming: IncomingMessage, socket: Duplex, head: Buffer) => void): Serve => {
  const server = createHttp((_, response) => response.writeHead(500).end('Internal Server Error')).on('upgrade', upgrade);
  return (socket) => void server.emit('connection', socket);
};
const portalPage = '<html><body>Đăng nhập Wi-Fi</body></html>';
const portal = createHttp((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(portalPage)).on('upgrade', (_, socket: Duplex) =>
  socket.end(`HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: ${Buffer.byteLength(portalPage)}\r\n\r\n${portalPage}`),
);
const frames = new WebSocketServer({ noServer: true });
const withFrames = (speak: (send: (text: string | Buffer) => void) => void) =>
  upgradedBy((incoming, socket, head) => {
    frames.handleUpgrade(incoming, socket, head, (web) => {
      web.on('error', () => undefined);
      speak((text) => web.send(text));
    });
  });
const hello = '0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}';

/** What a broken server, or what stands in its place, does with a connection. */
export const broken = {
  'answers 500': upgradedBy((_, socket) => socket.end('HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n')),
  'answers 200 with the page of a captive portal': (socket) => void portal.emit('connection', socket),
  'sends elsewhere': upgradedBy((_, socket) => socket.end('HTTP/1.1 302 Found\r\nlocation: http://portal.invalid/\r\n\r\n')),
  'answers garbage': (socket) => socket.end(Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 7) % 256))),
  'takes the connection and says nothing': () => undefined,
  'closes at once': (socket) => socket.destroy(),
  'speaks TLS where none is expected': unvouched,
  'says hello and then garbage': withFrames((send) => [hello, 'garbage', '42/player,["welcome"', '\0\0'].forEach((text) => send(text))),
  'says hello and never more': withFrames((send) => send(hello)),
  'welcomes nobody after the handshake': withFrames((send) => [hello, '40/player,{"sid":"b"}'].forEach((text) => send(text))),
  'says more than a message may hold': withFrames((send) => [hello, `42/player,["welcome","${'x'.repeat(70_000)}"]`].forEach((text) => send(text))),
  'says what was never asked': withFrames((send) =>
    [hello, '40/player,{"sid":"b"}', '42/player,["state",{"root":1}]', '42/player,["welcome",{"screen":"../.."}]'].forEach((text) => send(text)),
  ),
} satisfies Record<string, Serve>;
