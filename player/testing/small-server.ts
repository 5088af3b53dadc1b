// A small real server for the player's tests: signs, serves and speaks as the protocol says, and can be told to lie.
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import type { Approvers } from '../../core/approvers.ts';
import type { Assignment, Manifest } from '../../core/manifest.ts';
import { playBatchSchema, playEntrySchema, type PlayEntry } from '../../core/play.ts';
import {
  captureHeader,
  enrolmentPrefix,
  playerNamespace,
  playerPaths,
  proofSchema,
  type CommandAnswer,
  type CommandKind,
  type PlayerToServerEvents,
  type ServerToPlayerEvents,
} from '../../core/protocol.ts';
import { endsOf, type OrderDocument, type OrderRef } from '../../core/orders.ts';
import type { HealthReport } from '../../core/health.ts';
import { readPayload, type Envelope } from '../../core/signed.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { newPrivateKey, sha256, signingKey, type SigningKey } from '../ed25519.ts';
import { sampleAssignment, sampleRoot } from './samples.ts';

type PlayerSocket = Socket<PlayerToServerEvents, ServerToPlayerEvents>;

export interface SmallServer {
  readonly url: string;
  readonly root: Envelope;
  readonly token: string;
  /** The token of a screen that finds this server at another address. */
  tokenAt(address: string): string;
  readonly screen: string;
  /** The key that signs content and states now. */
  readonly content: SigningKey;
  /** Further keys of the role `content`. */
  readonly approvers: readonly SigningKey[];
  /** Entries of the journal, once each, in the order of their numbers. */
  readonly plays: PlayEntry[];
  readonly health: HealthReport[];
  readonly captures: { readonly jpeg: Buffer; readonly header: string }[];
  /** Paths that were asked for over HTTP. */
  readonly asked: string[];
  /** Changes the bytes of an answer on its way; by path. */
  readonly spoil: Map<string, (bytes: Buffer) => Buffer>;
  /** Over how long players spread what they fetch of a campaign, milliseconds. */
  jitterMs: number;
  publish(manifest: Manifest, media?: readonly Buffer[]): string;
  /** Serves a document that only the state notice's hash says to be right. */
  offer(envelope: Envelope): void;
  assign(change: Partial<Assignment>): void;
  /** Puts an order in force, or ends others; `silently` tells no connected player. */
  order(document: OrderDocument, silently?: boolean): Envelope;
  /** Lists and pushes an order as it is, whoever signed it. */
  offerOrder(envelope: Envelope, number: number): void;
  pushSnapshot(snapshot: Snapshot, previous?: Snapshot): void;
  bindWaiting(): void;
  askCapture(): string;
  /** Asks every connected player to do something, and waits for an answer. */
  askCommand(kind: CommandKind): Promise<CommandAnswer>;
  /** Called when a player asks for the time. */
  onTime(listener: () => void): void;
  /** Issues the next root document: other root keys, another content key, signed by the root before and by itself. */
  rollOver(): void;
  disconnectAll(): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface SmallServerOptions {
  readonly now?: () => number;
  readonly trial?: boolean;
  /** What it says of a player that it does not know and that brings no token. */
  readonly pairing?: boolean;
  readonly host?: string;
  /** How many signatures content for traffic screens needs; as many keys may sign. */
  readonly trafficThreshold?: number;
  /** Whose passkeys have to sign, as the root document names them. */
  readonly passkeys?: Approvers;
}

export async function startSmallServer({
  now = Date.now,
  trial = true,
  host = '127.0.0.1',
  trafficThreshold = 1,
  passkeys,
}: SmallServerOptions = {}): Promise<SmallServer> {
  let rootKey = signingKey(newPrivateKey());
  let content = signingKey(newPrivateKey());
  const approvers = Array.from({ length: trafficThreshold - 1 }, () => signingKey(newPrivateKey()));
  const rootDocument = (number: number) => {
    const plain = sampleRoot(rootKey, content, { number });
    const { roles } = plain;
    return {
      ...plain,
      keys: { ...plain.keys, ...Object.fromEntries(approvers.map(({ id, publicKey }) => [id, publicKey])) },
      roles: {
        ...roles,
        content: {
          ...roles.content,
          keys: [content.id, ...approvers.map(({ id }) => id)],
          thresholds: { ...roles.content.thresholds, traffic: trafficThreshold },
          ...(passkeys ? { approvers: passkeys } : {}),
        },
      },
    };
  };
  const screen = randomUUID();
  const secret = randomBytes(24).toString('base64url');
  const roots = [rootKey.sign('root', rootDocument(1))];
  const [firstRoot] = roots;
  if (!firstRoot) throw new Error('there is no root');
  const newestRoot = () => roots.at(-1) ?? firstRoot;
  const documents = new Map<string, Envelope>();
  const media = new Map<string, Buffer>();
  const known = new Set<string>();
  const sockets = new Set<PlayerSocket>();
  const waiting: (() => void)[] = [];
  const timeListeners: (() => void)[] = [];
  const plays: PlayEntry[] = [];
  const health: HealthReport[] = [];
  const captures: { jpeg: Buffer; header: string }[] = [];
  const asked: string[] = [];
  const spoil = new Map<string, (bytes: Buffer) => Buffer>();
  let manifestHash: string | null = null;
  let standing: OrderRef[] = [];
  const endings = new Map<string, Envelope>();
  let snapshot: { envelope: Envelope; previous: Envelope | null; number: number } | undefined;
  let assignment: Assignment = sampleAssignment(screen, { trial, issuedAt: now() });
  let port = 0;

  const keep = (envelope: Envelope): string => {
    const hash = sha256(envelope.payload);
    documents.set(hash, envelope);
    return hash;
  };
  keep(firstRoot);
  let assignmentHash = keep(content.sign('assignment', assignment));

  const sendState = (socket: PlayerSocket) =>
    socket.emit('state', {
      root: { number: roots.length, sha256: sha256(newestRoot().payload) },
      assignment: assignmentHash,
      manifest: manifestHash,
      snapshot: snapshot ? { number: snapshot.number, sha256: sha256(snapshot.envelope.payload) } : null,
      orders: standing,
      jitterMs: small.jitterMs,
    });
  const sendStates = () => sockets.forEach(sendState);
  const signTime = (nonce: string) => content.sign('time', { nonce, time: now() });

  const serve = (socket: PlayerSocket) => {
    const challenge = randomBytes(32).toString('base64url');
    const welcome = (nonce: string) => {
      sockets.add(socket);
      socket.emit('welcome', { screen, number: assignment.number, root: newestRoot() });
      socket.emit('time', signTime(nonce));
      sendState(socket);
      if (snapshot) socket.emit('snapshot', { current: snapshot.envelope, previous: snapshot.previous });
    };
    socket.on('prove', ({ publicKey, proof, enrol }) => {
      const read = readPayload(proof.payload, proofSchema);
      if (!read.ok) return socket.disconnect();
      if (enrol === secret) known.add(publicKey);
      if (known.has(publicKey)) return welcome(read.document.player);
      waiting.push(() => {
        known.add(publicKey);
        welcome(read.document.player);
      });
      return socket.emit('pairing', { code: 'K7M2QX', server: 'Máy chủ thử', expiresAt: now() + 900_000, root: newestRoot() });
    });
    socket.on('time', ({ nonce }) => {
      timeListeners.forEach((listener) => listener());
      socket.emit('time', signTime(nonce));
    });
    socket.on('health', (report) => health.push(report));
    socket.on('disconnect', () => sockets.delete(socket));
    socket.emit('challenge', { protocol: 1, minProtocol: 1, server: 'Máy chủ thử', nonce: challenge, time: now() });
  };

  const takePlays = (body: Buffer): unknown => {
    const { payload } = JSON.parse(body.toString('utf8')) as Envelope;
    const batch = playBatchSchema.parse(JSON.parse(payload));
    for (const text of batch.entries) {
      const entry = playEntrySchema.parse(JSON.parse(text));
      if (!plays.some(({ seq, prev }) => seq === entry.seq && prev === entry.prev)) plays.push(entry);
    }
    return { chain: batch.chain, acknowledged: playEntrySchema.parse(JSON.parse(batch.entries.at(-1) ?? '')).seq };
  };

  const bodyOf = async (request: IncomingMessage) => Buffer.concat((await request.toArray()) as Buffer[]);
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '/';
    asked.push(path);
    if (path === playerPaths.plays) return response.end(JSON.stringify(takePlays(await bodyOf(request))));
    if (path === playerPaths.captures) {
      captures.push({ jpeg: await bodyOf(request), header: String(request.headers[captureHeader]) });
      return response.writeHead(204).end();
    }
    const hash = path.split('/').at(-1) ?? '';
    const ended = hash === 'end' ? endings.get(path.split('/').at(-2) ?? '') : undefined;
    const document = path.startsWith('/roots/number/') ? roots[Number(hash) - 1] : (ended ?? documents.get(hash));
    const whole = document ? Buffer.from(JSON.stringify(document)) : media.get(hash);
    if (!whole) return response.writeHead(404).end();
    const bytes = spoil.get(path)?.(whole) ?? whole;
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (from > 0) response.writeHead(206, { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` });
    return response.end(bytes.subarray(from));
  };

  let http = createServer();
  let sio = new Server<PlayerToServerEvents, ServerToPlayerEvents>();
  const start = async () => {
    http = createServer((request, response) => void answer(request, response));
    sio = new Server(http, { transports: ['websocket'] });
    sio.of(playerNamespace).on('connection', serve);
    await new Promise<void>((resolve) => http.listen(port, host, resolve));
    port = (http.address() as AddressInfo).port;
  };
  await start();
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

  const tokenAt = (address: string) =>
    enrolmentPrefix + Buffer.from(JSON.stringify({ server: address, root: sha256(firstRoot.payload), secret })).toString('base64url');

  const small: SmallServer = {
    ...{ url, root: firstRoot, screen, approvers, plays, health, captures, asked, spoil, start, jitterMs: 0 },
    ...{ token: tokenAt(url), tokenAt },
    get content() {
      return content;
    },
    rollOver() {
      const before = rootKey;
      [rootKey, content] = [signingKey(newPrivateKey()), signingKey(newPrivateKey())];
      const document = rootDocument(roots.length + 1);
      const [own, previous] = [rootKey.sign('root', document), before.sign('root', document)];
      const next = { payload: own.payload, signatures: [...own.signatures, ...previous.signatures] };
      roots.push(next);
      keep(next);
      assignment = { ...assignment, version: assignment.version + 1 };
      assignmentHash = keep(content.sign('assignment', assignment));
      sendStates();
    },
    publish(manifest, files = []) {
      for (const file of files) media.set(sha256(file), file);
      manifestHash = keep(content.sign('manifest', manifest));
      sendStates();
      return manifestHash;
    },
    offer(envelope) {
      manifestHash = keep(envelope);
      sendStates();
    },
    assign(change) {
      assignment = { ...assignment, ...change, version: assignment.version + 1 };
      assignmentHash = keep(content.sign('assignment', assignment));
      sendStates();
    },
    order(document, silently = false) {
      const envelope = content.sign('order', document);
      const hash = keep(envelope);
      const ended = new Set(endsOf(document).map(({ sha256: over }) => over));
      for (const over of ended) endings.set(over, envelope);
      standing = standing.filter((ref) => !ended.has(ref.sha256));
      if (document.kind !== 'cancel') standing.push({ number: document.number, sha256: hash });
      if (silently) return envelope;
      for (const socket of sockets) socket.emit('order', envelope);
      sendStates();
      return envelope;
    },
    offerOrder(envelope, number) {
      standing.push({ number, sha256: keep(envelope) });
      for (const socket of sockets) socket.emit('order', envelope);
      sendStates();
    },
    pushSnapshot(next, before) {
      const previous = before ? content.sign('snapshot', before) : null;
      snapshot = { envelope: content.sign('snapshot', next), previous, number: next.number };
      keep(snapshot.envelope);
      for (const socket of sockets) socket.emit('snapshot', { current: snapshot.envelope, previous });
    },
    bindWaiting: () => waiting.splice(0).forEach((bind) => bind()),
    askCapture() {
      const id = randomUUID();
      sockets.forEach((socket) => socket.emit('capture', { id }));
      return id;
    },
    askCommand(kind) {
      const id = randomUUID();
      return new Promise((resolve) => {
        for (const socket of sockets) {
          socket.on('commandAnswer', (answer) => answer.id === id && resolve(answer));
          socket.emit('command', { id, kind, expiresAt: Date.now() + 15_000 });
        }
      });
    },
    onTime: (listener) => void timeListeners.push(listener),
    disconnectAll: () => sio.of(playerNamespace).disconnectSockets(true),
    async stop() {
      sockets.clear();
      http.closeAllConnections();
      await sio.close();
    },
  };
  return small;
}
