// A bare player for tests: its own key, a real connection on loopback, and every event that it was sent.
import { generateKeyPairSync, randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { healthReportSchema, type HealthReport } from '../../core/health.ts';
import { firstPrev, type PlayEntry } from '../../core/play.ts';
import { challengeSchema, enrolmentPrefix, enrolmentSchema, playerNamespace, protocolVersion, serverToPlayerSchemas } from '../../core/protocol.ts';
import type { z } from 'zod';
import type { Envelope } from '../../core/signed.ts';
import { rawPublicKey, sha256, signPayload } from '../keys/ed25519.ts';

type Events = typeof serverToPlayerSchemas;
type EventName = keyof Events;

export interface Box {
  readonly privateKey: KeyObject;
  readonly publicKey: string;
}

export function newBox(): Box {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicKey: rawPublicKey(privateKey) };
}

function secretOf(token: string): string {
  return enrolmentSchema.parse(JSON.parse(Buffer.from(token.slice(enrolmentPrefix.length), 'base64url').toString('utf8'))).secret;
}

export interface TestPlayer {
  readonly box: Box;
  readonly nonce: string;
  readonly socket: Socket;
  /** The next event of a name, also one that came before it was asked for; each is given once. */
  next<Name extends EventName>(name: Name): Promise<z.infer<Events[Name]>>;
  /** What came and was not asked for. */
  names(): string[];
  prove(over?: Record<string, unknown>): Promise<void>;
  disconnected(): Promise<void>;
  close(): void;
}

export interface ProveOptions {
  readonly enrol?: string;
  readonly accepted?: Partial<Record<'root' | 'manifest' | 'assignment' | 'snapshot', number>>;
}

export function connect(url: string, box: Box = newBox(), { enrol, accepted }: ProveOptions = {}): TestPlayer {
  const socket = io(url + playerNamespace, { transports: ['websocket'], reconnection: false, forceNew: true });
  const came: { name: string; payload: unknown }[] = [];
  const waiting: { name: string; resolve: (payload: unknown) => void }[] = [];
  let gone = false;
  const onGone: (() => void)[] = [];
  socket.onAny((name: string, payload: unknown) => {
    const index = waiting.findIndex((entry) => entry.name === name);
    const [asked] = index === -1 ? [] : waiting.splice(index, 1);
    if (asked) asked.resolve(payload);
    else came.push({ name, payload });
  });
  socket.on('disconnect', () => {
    gone = true;
    for (const tell of onGone) tell();
  });
  const nonce = randomBytes(32).toString('base64url');

  const player: TestPlayer = {
    box,
    nonce,
    socket,
    names: () => came.map(({ name }) => name),
    async next(name) {
      const index = came.findIndex((event) => event.name === name);
      const [event] = index === -1 ? [] : came.splice(index, 1);
      const payload = event ? event.payload : await new Promise<unknown>((resolve) => waiting.push({ name, resolve }));
      return serverToPlayerSchemas[name].parse(payload) as never;
    },
    async prove(over = {}) {
      const challenge = challengeSchema.parse(await player.next('challenge'));
      const proof = signPayload('prove', JSON.stringify({ server: challenge.nonce, player: nonce }), box.privateKey);
      socket.emit('prove', {
        ...{ protocol: protocolVersion, publicKey: box.publicKey, proof, player: 'test', shell: 'test', scenes: [] },
        accepted: { root: 0, manifest: 0, assignment: 0, snapshot: 0, ...accepted },
        ...(enrol === undefined ? {} : { enrol: secretOf(enrol) }),
        ...over,
      });
    },
    disconnected: () => (gone ? Promise.resolve() : new Promise((resolve) => onGone.push(resolve))),
    close: () => void socket.disconnect(),
  };
  return player;
}

/** A report of a player that shows an item of a manifest. */
export function report(at: number, manifest: string, item: string, over: Partial<HealthReport> = {}): HealthReport {
  return healthReportSchema.parse({
    ...{
      at,
      state: 'playing',
      shows: { item, scene: 'install', turn: 't1', manifest, since: at - 1_000 },
      shouldShow: { item, turn: 't1' },
      lastFrameAt: at - 200,
    },
    ...{ manifest: { playing: manifest, accepted: 1 }, snapshot: 2, memory: { pageHeapBytes: 1, playerRssBytes: 1 }, clock: { offsetMs: 0, trusted: true } },
    ...{ journal: { chain: randomUUID(), last: 0, pending: 0 }, quarantined: [], viewport: { width: 1920, height: 1080 }, player: '0', shell: 'test' },
    ...over,
  });
}

/** A chain of turns as a player writes it: an open and its close, again and again. */
export function chainOf(turns: number, manifest: string, at: number): string[] {
  const texts: string[] = [];
  const add = (entry: Record<string, unknown>) => {
    const before = texts.at(-1);
    const seq = texts.length + 1;
    const full = { seq, prev: before === undefined ? firstPrev : sha256(before), at: at + seq * 1_000, monoMs: seq * 1_000, clockTrusted: true, ...entry };
    texts.push(JSON.stringify(full satisfies Record<keyof Pick<PlayEntry, 'seq' | 'prev' | 'at'>, unknown>));
  };
  for (let turn = 0; turn < turns; turn++) {
    add({ kind: 'open', manifest, item: 'install', scene: 'install', plannedStart: at, plannedEnd: at + 10_000 });
    add({ kind: 'close', opened: texts.length, outcome: 'complete' });
  }
  return texts;
}

export function batch(box: Box, screen: string, chain: string, entries: readonly string[]): Envelope {
  return signPayload('plays', JSON.stringify({ screen, chain, entries }), box.privateKey);
}
