// One player's talk with its server: proves its key, pins the root, hears the time, and passes on what should play.
import { randomUUID } from 'node:crypto';
import type { PairingCard } from '../core/bridge.ts';
import { sceneNames } from '../core/scenes.ts';
import type { HealthReport } from '../core/health.ts';
import { pairingText, pairingWords } from '../core/pairing-words.ts';
import {
  protocolVersion,
  timeStatementSchema,
  type Challenge,
  type Command,
  type CommandAnswer,
  type Pairing,
  type Refused,
  type Welcome,
} from '../core/protocol.ts';
import { signersFor } from '../core/root-document.ts';
import { openEnvelope, readPayload, type Envelope } from '../core/signed.ts';
import { backoff } from './backoff.ts';
import { connect, type Arrival } from './connection.ts';
import type { DocumentSync } from './document-sync.ts';
import { sha256, verifySignature } from './ed25519.ts';
import type { Holdings } from './holdings.ts';
import type { Identity } from './identity.ts';
import { faultText, type Log } from './log.ts';
import { fetchRoot } from './fetch-document.ts';
import type { MachineClock } from './machine-clock.ts';
import type { OrderSync } from './order-sync.ts';
import { followRoots } from './root-chain.ts';
import { pinFirstRoot, readRoot, type PinnedRoot, type RootVerdict } from './root-pin.ts';
import { serial } from './serial.ts';
import type { ServerClock } from './server-clock.ts';
import { askTimes } from './time-asking.ts';
import type { Warnings } from './warnings.ts';

export interface Session {
  /** The server's address while it knows this screen. */
  readonly server: string | undefined;
  report(health: HealthReport): void;
  /** Asks the server for its time and its state now, because the machine slept or its clock was set. */
  askTime(): void;
  answer(answer: CommandAnswer): void;
  /** Comes back anew, and hears the whole state again. */
  again(): void;
  stop(): void;
}

export interface SessionOptions {
  readonly identity: Identity;
  readonly holdings: Holdings;
  readonly sync: DocumentSync;
  readonly orders: OrderSync;
  /** Highest number of an order seen. */
  readonly highestOrder: () => number;
  readonly serverClock: ServerClock;
  readonly clock: MachineClock;
  readonly version: string;
  readonly shell: () => string;
  readonly warnings: Warnings;
  readonly log: Log;
  readonly pairing: (card: PairingCard | null) => void;
  readonly welcomed: () => void;
  readonly timeHeard: () => void;
  readonly captureAsked: (request: string) => void;
  readonly commandAsked: (command: Command) => void;
  /** The server that knew this screen is out of reach. */
  readonly lost: () => void;
}

/** A refusal that only people can lift is not asked about every second. */
const refusedWaitMs = { protocol: 600_000, 'bad-proof': 60_000, 'bad-message': 60_000, revoked: 300_000, 'bad-token': 60_000, superseded: 60_000 } as const;

const longestPairingMs = 3_600_000;
const pairingGraceMs = 30_000;

export function startSession(options: SessionOptions): Session {
  const {
    identity,
    holdings,
    sync,
    orders,
    highestOrder,
    serverClock,
    clock,
    version,
    shell,
    warnings,
    log,
    pairing,
    welcomed,
    timeHeard,
    captureAsked,
    commandAsked,
  } = options;
  const inOrder = serial();
  const run = randomUUID();
  const stopped = new AbortController();
  let cancelPairing = () => {};
  let isWelcome = false;
  /** Counts connections: what an earlier one said is not taken for the next one's. */
  let epoch = 0;
  /** The server's time at the start of this connection, unsigned: good for nothing but the age of a code. */
  let challengedAt = 0;
  const times = askTimes({
    clock,
    ask: (nonce) => connection.send('time', { nonce }),
    silent() {
      log.warn({ server: connection.server }, 'the server no longer answers');
      connection.leave();
    },
  });
  const follow = (pinned: PinnedRoot, offered: Envelope): Promise<RootVerdict> =>
    followRoots(pinned, offered, verifySignature, async (number) => {
      const { server } = connection;
      const fetched = server === undefined ? undefined : await fetchRoot(server, number, stopped.signal);
      return fetched?.ok ? fetched.envelope : undefined;
    });

  const prove = ({ nonce, minProtocol, protocol, time }: Challenge) => {
    challengedAt = time;
    if (minProtocol > protocolVersion) {
      log.warn({ protocol, minProtocol }, 'the server no longer speaks this player’s protocol');
      connection.leave(refusedWaitMs.protocol);
      return;
    }
    const { enrol } = identity.binding;
    connection.send('prove', {
      protocol: protocolVersion,
      publicKey: identity.key.publicKey,
      proof: identity.key.sign('prove', { server: nonce, player: times.newNonce() }),
      ...(enrol === undefined ? {} : { enrol }),
      player: version,
      shell: shell().slice(0, 80),
      scenes: [...sceneNames],
      accepted: { ...holdings.accepted(), order: highestOrder() },
      acceptedHashes: holdings.acceptedHashes(),
      run,
    });
  };

  const showPairing = async ({ code, server, root: offered, expiresAt }: Pairing) => {
    const root = holdings.root ? await follow(holdings.root, offered) : readRoot(offered, verifySignature);
    if (!root.ok) {
      log.warn({ reason: root.reason }, 'a pairing is refused');
      connection.leave(refusedWaitMs['bad-proof']);
      return;
    }
    const { sha256: hash } = root.root;
    const { candidate, enrol } = identity.binding;
    if (!holdings.root && enrol !== undefined && candidate !== undefined && candidate !== hash) {
      log.warn({ expected: candidate, found: hash }, 'this server is not the one that the enrolment token names');
      return;
    }
    if (!holdings.root && candidate !== hash) await identity.bind({ ...identity.binding, candidate: hash });
    connection.answered();
    times.begin();
    // A code that was not renewed, or whose welcome was lost, does not stand for ever.
    cancelPairing();
    cancelPairing = clock.after(Math.min(longestPairingMs, Math.max(0, expiresAt - challengedAt)) + pairingGraceMs, () => connection.leave());
    pairing({ code, server, words: pairingWords(sha256(pairingText(hash, identity.key.publicKey))) });
  };

  const takeWelcome = async ({ screen, number, root: offered }: Welcome) => {
    const { binding } = identity;
    const verdict = holdings.root ? await follow(holdings.root, offered) : pinFirstRoot(offered, binding.candidate, verifySignature);
    if (!verdict.ok) {
      log.error({ reason: verdict.reason }, 'the server’s root is refused, nothing is taken from it');
      warnings.raise('root-refused', verdict.reason);
      connection.leave(refusedWaitMs['bad-proof']);
      return;
    }
    const server = connection.server ?? binding.server;
    holdings.pin(verdict.root);
    if (verdict.isNew || binding.screen !== screen || binding.number !== number || binding.enrol !== undefined || binding.server !== server) {
      await identity.bind({ ...(server === undefined ? {} : { server }), root: verdict.root.envelope, screen, number });
    }
    isWelcome = true;
    cancelPairing();
    connection.settled();
    pairing(null);
    welcomed();
    times.begin();
  };

  const hearTime = (envelope: Envelope, arrivedMonoMs: number) => {
    const claimed = readPayload(envelope.payload, timeStatementSchema);
    const sentMonoMs = claimed.ok ? times.answered(claimed.document.nonce) : undefined;
    const root = holdings.root?.document;
    if (sentMonoMs === undefined || !root || !isWelcome) return;
    const audience = holdings.assignment?.document.profile.audience ?? 'indoor';
    const opened = openEnvelope(envelope, 'time', timeStatementSchema, signersFor(root, 'time', audience), verifySignature);
    if (!opened.ok) {
      log.warn({ reason: opened.reason }, 'a time statement is refused');
      return;
    }
    const { time } = opened.document;
    if (time > root.roles.state.until) return;
    const heard = serverClock.hear({ time, sentMonoMs, arrivedMonoMs });
    if (heard === 'unsure') {
      log.warn({ time, own: serverClock.now() }, 'the server’s time is far from what it was, another statement is asked for');
      times.soon();
    }
    if (serverClock.goesBack()) warnings.raise('time-back', 'the server signed a time that lies behind one it signed before');
    if (heard === 'taken') timeHeard();
  };

  const refused = async ({ refusal, en }: Refused) => {
    log.warn({ refusal, en }, 'the server refuses this player');
    if (refusal === 'bad-token' && identity.binding.enrol !== undefined) {
      // The token is used up or too old: a clerk can still pair this screen by its code.
      const { enrol: _used, ...binding } = identity.binding;
      await identity.bind(binding);
      connection.leave();
      return;
    }
    connection.leave(refusedWaitMs[refusal]);
  };

  const take = async (arrival: Arrival) => {
    const { event, payload } = arrival;
    if (event === 'challenge') prove(payload);
    else if (event === 'pairing') await showPairing(payload);
    else if (event === 'welcome') await takeWelcome(payload);
    else if (event === 'refused') await refused(payload);
    else if (event === 'time') hearTime(payload, arrival.arrivedMonoMs);
    else if (!isWelcome) log.warn({ event }, 'the server spoke out of turn');
    else if (event === 'order') orders.take(payload);
    else if (event === 'state') {
      orders.follow(payload);
      sync.follow(payload);
    } else if (event === 'snapshot') sync.takeSnapshot(payload.current, payload.previous);
    else if (event === 'command') commandAsked(payload);
    else captureAsked(payload.id);
  };

  const connection = connect({
    servers: () => [
      ...new Set([...(identity.binding.server === undefined ? [] : [identity.binding.server]), ...(holdings.assignment?.document.servers ?? [])]),
    ],
    clock,
    backoff: backoff({ baseMs: () => Math.max(1_000, sync.jitterMs), capMs: 30_000 }),
    log,
    arrived(arrival) {
      const of = epoch;
      inOrder(async () => (of === epoch ? take(arrival) : undefined)).catch((fault: unknown) =>
        log.error({ event: arrival.event, fault: faultText(fault) }, 'a message of the server cannot be taken'),
      );
    },
    lost() {
      epoch += 1;
      if (isWelcome) options.lost();
      isWelcome = false;
      times.rest();
      cancelPairing();
      sync.rest();
      orders.rest();
      pairing(null);
    },
  });

  return {
    get server() {
      return isWelcome ? connection.server : undefined;
    },
    report(health) {
      if (isWelcome) connection.send('health', health);
    },
    askTime: () => times.now(),
    answer(answer) {
      if (isWelcome) connection.send('commandAnswer', answer);
    },
    again() {
      if (isWelcome) connection.leave();
    },
    stop() {
      stopped.abort();
      times.rest();
      cancelPairing();
      connection.stop();
    },
  };
}
