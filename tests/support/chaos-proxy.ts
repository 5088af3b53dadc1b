// A line between player and server that drops, delays, doubles and reorders what it carries, cuts connections, and answers with the page of a captive portal; by a seed.
import { createServer, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { WebSocket, WebSocketServer } from 'ws';
import { seeded } from './seeded.ts';

/** Shares of what happens to a message or an answer, each from 0 to 1. */
export interface Chaos {
  readonly drop: number;
  readonly double: number;
  /** Longest delay; each message and answer gets its own, so that they overtake each other. */
  readonly delayMs: number;
  /** Connections that are cut, seen from one message or in the middle of an answer. */
  readonly cut: number;
  /** Answers 200 with HTML, or 500. */
  readonly lie: number;
}

export const calm: Chaos = { drop: 0, double: 0, delayMs: 0, cut: 0, lie: 0 };

export interface ChaosProxy {
  readonly url: string;
  /** What was done to the line so far. */
  readonly deeds: Readonly<Record<'dropped' | 'doubled' | 'delayed' | 'cut' | 'lied', number>>;
  /** Everything that the player sent, as text. */
  sent(): string;
  /** Where it leads; a server may be started after it. */
  lead(target: string): void;
  be(chaos: Chaos): void;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Engine.io's and socket.io's own frames keep the line open; events are what the protocol says may be missed. */
const isEvent = (text: string) => text.startsWith('42');

export async function startChaosProxy(seed: number): Promise<ChaosProxy> {
  const random = seeded(seed);
  const deeds = { dropped: 0, doubled: 0, delayed: 0, cut: 0, lied: 0 };
  const sent: string[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const lines = new Set<WebSocket>();
  let target = '';
  let chaos = calm;

  const happens = (share: number, deed: keyof typeof deeds) => {
    const does = random() < share;
    if (does) deeds[deed] += 1;
    return does;
  };
  const later = (run: () => void) => {
    if (chaos.delayMs === 0) return run();
    deeds.delayed += 1;
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, random() * chaos.delayMs);
    timers.add(timer);
  };

  const ask = (incoming: IncomingMessage, body: Buffer): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { method = 'GET', headers } = incoming;
      const outgoing = httpRequest(new URL(incoming.url ?? '/', target), { method, headers }, (answer) => {
        buffer(answer).then((bytes) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: bytes }), reject);
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });

  const carry = async (incoming: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(incoming);
    sent.push(JSON.stringify(incoming.headers), body.toString('latin1'));
    if (happens(chaos.lie, 'lied')) {
      if (random() < 0.5) return response.writeHead(500).end('error');
      return response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Đăng nhập Wi-Fi</body></html>');
    }
    if (happens(chaos.double, 'doubled')) await ask(incoming, body);
    const answer = await ask(incoming, body);
    // The request has done its work at the server; its answer alone is lost.
    if (happens(chaos.drop, 'dropped')) return response.destroy();
    later(() => {
      response.writeHead(answer.status, answer.headers);
      if (!happens(chaos.cut, 'cut')) return response.end(answer.body);
      response.write(answer.body.subarray(0, Math.floor(answer.body.length * random())));
      return setImmediate(() => response.destroy());
    });
    return undefined;
  };

  const server = createServer((incoming, response) => {
    carry(incoming, response).catch(() => response.destroy());
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (near, incoming) => {
    const far = new WebSocket(new URL(incoming.url ?? '/', target.replace(/^http/, 'ws')));
    const waiting: string[] = [];
    lines.add(near).add(far);
    const end = () => {
      near.terminate();
      far.terminate();
      lines.delete(near);
      lines.delete(far);
    };
    const give = (to: WebSocket, text: string) => {
      if (to.readyState === WebSocket.OPEN) to.send(text);
    };
    const pass = (to: WebSocket, text: string) => {
      if (!isEvent(text)) return give(to, text);
      if (happens(chaos.cut, 'cut')) return end();
      if (happens(chaos.drop, 'dropped')) return undefined;
      later(() => give(to, text));
      if (happens(chaos.double, 'doubled')) later(() => give(to, text));
      return undefined;
    };
    near.on('message', (bytes: Buffer) => {
      const text = bytes.toString('utf8');
      sent.push(text);
      if (far.readyState === WebSocket.CONNECTING) waiting.push(text);
      else pass(far, text);
    });
    far.on('open', () => waiting.forEach((text) => pass(far, text)));
    far.on('message', (bytes: Buffer) => pass(near, bytes.toString('utf8')));
    for (const side of [near, far]) side.on('close', end).on('error', end);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deeds,
    sent: () => sent.join('\n'),
    lead(url) {
      target = url;
    },
    be(next) {
      chaos = next;
    },
    async stop() {
      timers.forEach((timer) => clearTimeout(timer));
      lines.forEach((line) => line.terminate());
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
