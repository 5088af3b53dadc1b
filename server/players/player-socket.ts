// The players' namespace: challenge, proof, pairing or welcome, then state; whatever does not parse is refused by name.
import { randomBytes } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import {
  maxSocketBytes,
  minProtocolVersion,
  playerToServerSchemas,
  protocolVersion,
  type Capabilities,
  type Prove,
  type SnapshotPush,
} from '../../core/protocol.ts';
import type { ConsoleNotifier, PlayersNotifier } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { sha256 } from '../keys/ed25519.ts';
import type { Keys } from '../keys/keys.ts';
import { takeEnrolment } from '../screens/enrolment-store.ts';
import {
  bindKey,
  findScreen,
  findScreenByKey,
  keepCapabilities,
  keepHealth,
  noticedScreens,
  type NoticedScreen,
  type Screen,
} from '../screens/screen-store.ts';
import { hearAnchor } from '../plays/hear-anchor.ts';
import { pushOf } from '../scoreboard/snapshot-store.ts';
import { checkProve } from './check-prove.ts';
import { learnVersions } from './learn-versions.ts';
import { messageBudget } from './message-budget.ts';
import { pairingCodes } from './pairing-codes.ts';
import { allScreensRoom, Connections, refuse, trialRoom, type Connection, type LivePlayers, type PlayerNamespace, type PlayerSocket } from './players.ts';
import { snapshotsFor, stateFor, stateReader } from './state-notice.ts';
import { twoPlayers } from './two-players.ts';

export interface PlayerSocketOptions {
  readonly db: Queries;
  readonly keys: Keys;
  readonly now: () => number;
  readonly log: FastifyBaseLogger;
  readonly console: ConsoleNotifier;
  readonly audit: (entry: { who: string; what: string; subject: string; after?: unknown }, queries?: Queries) => Promise<void>;
  /** A connection that has not proved itself by then is closed. */
  readonly proofTimeoutMs: number;
}

/** What a player says of itself as it proves its key, for the time after. */
type Claims = Capabilities & Pick<Prove, 'publicKey' | 'accepted' | 'acceptedHashes' | 'run'>;

/** Namespace, event name and brackets around a payload. */
const framingBytes = 100;
/** A report is written to the database this often at most; the latest is always in memory. */
const storeEveryMs = 60_000;
/** Spreads the fetching of bulk: milliseconds for each connected screen, up to a minute. */
const jitterMsPerScreen = 5;

/** A player closes a connection on which more is said at once; it then fetches what is larger, as the state notice names it. */
function fitsSocket(push: SnapshotPush): boolean {
  return Buffer.byteLength(JSON.stringify(push)) + framingBytes <= maxSocketBytes;
}

export function playerSocket(namespace: PlayerNamespace, options: PlayerSocketOptions): PlayersNotifier & LivePlayers {
  const { db, keys, now, log } = options;
  const connections = new Connections();
  const codes = pairingCodes(now);
  const doubles = twoPlayers();
  const answerListeners: Parameters<LivePlayers['onAnswer']>[0][] = [];
  const welcomeListeners: Parameters<LivePlayers['onWelcome']>[0][] = [];
  const serverName = keys.root.document.serverName;

  const jitterMs = () => Math.min(connections.size * jitterMsPerScreen, 60_000);
  const signTime = (nonce: string) => keys.sign('time', { nonce, time: now() }).envelope;

  async function sendStates(screens: readonly NoticedScreen[]): Promise<void> {
    const connected = screens.filter(({ id }) => connections.get(id));
    const state = await stateReader(db, keys, connected, now());
    for (const screen of connected) connections.get(screen.id)?.socket.emit('state', state(screen, jitterMs()));
  }

  /** The screen that a proven key belongs to, by itself or by a token that is used up now. */
  async function screenOf({ publicKey, enrol }: Prove): Promise<Screen | 'bad-token' | undefined> {
    const known = await findScreenByKey(db, publicKey);
    if (known || enrol === undefined) return known;
    return transact(db, async (trx) => {
      const id = await takeEnrolment(trx, sha256(enrol), now());
      if (id === undefined) return 'bad-token';
      await bindKey(trx, id, publicKey, now());
      await options.audit({ who: 'server', what: 'screen.enrol', subject: id, after: { publicKey } }, trx);
      return (await findScreen(trx, id)) ?? 'bad-token';
    });
  }

  /** @param known called before the player is told anything: what it says at once is heard */
  async function admit(
    socket: PlayerSocket,
    { id }: Pick<Screen, 'id'>,
    nonce: string,
    claims: Claims,
    known: (connection: Connection) => void,
  ): Promise<void> {
    const admitted = await transact(db, async (trx) => {
      const before = await findScreen(trx, id);
      if (!before) throw new Error(`screen ${id} is gone`);
      if (before.publicKey !== claims.publicKey) return undefined;
      const channels = await learnVersions(trx, before, claims, { keys, by: 'server', at: now() });
      return { republished: channels, screen: (await findScreen(trx, id)) ?? before };
    });
    if (!admitted) {
      // Another box was bound to the screen meanwhile: this one comes again, and shows a code.
      socket.disconnect(true);
      return;
    }
    const { screen, republished } = admitted;
    const state = await stateFor(db, keys, screen, jitterMs(), now());
    const snapshots = await snapshotsFor(db, screen);
    if (!socket.connected) return;
    known(connections.add(screen, socket, now()));
    if (claims.run !== undefined && doubles.welcomed(screen.id, claims.run, now())) {
      log.warn({ screen: screen.id, number: screen.number }, 'two players hold the key of one screen');
      await options.audit({ who: 'server', what: 'screen.two-players', subject: screen.id });
    }
    socket.emit('welcome', { screen: screen.id, number: screen.number, root: keys.root.envelope });
    socket.emit('time', signTime(nonce));
    socket.emit('state', state);
    const push = snapshots && pushOf(snapshots);
    if (push && fitsSocket(push)) socket.emit('snapshot', push);
    // At once: what is asked of it from here on is no part of what it missed.
    welcomeListeners.forEach((listener) => listener(screen.id));
    await keepHealth(db, screen.id, undefined, now());
    await keepCapabilities(db, screen.id, claims);
    if (republished.length > 0) stateChanged(republished);
    options.console('screens');
    log.info({ screen: screen.id, number: screen.number }, 'player connected');
  }

  function serve(socket: PlayerSocket): void {
    const challenge = randomBytes(32).toString('base64url');
    const spend = messageBudget(now);
    let phase: 'challenged' | 'proving' | 'pairing' | 'known' = 'challenged';
    let screenId: string | undefined;
    let connection: Connection | undefined;
    let pairing: NodeJS.Timeout | undefined;
    let waitingCode: string | undefined;

    const turnAway = (refusal: Parameters<typeof refuse>[1], detail: string) => {
      log.warn({ refusal, detail, address: socket.handshake.address }, 'player refused');
      refuse(socket, refusal);
    };
    const guarded = (work: () => Promise<void>) => {
      work().catch((error: unknown) => {
        log.error({ err: error }, 'a player could not be served');
        socket.disconnect(true);
      });
    };
    const unproven = setTimeout(() => turnAway('bad-proof', 'no proof in time'), options.proofTimeoutMs);

    const welcome = (screen: Pick<Screen, 'id'>, nonce: string, claims: Claims) =>
      admit(socket, screen, nonce, claims, (made) => {
        connection = made;
        screenId = screen.id;
        phase = 'known';
      });

    const offerCode = (publicKey: string, nonce: string, claims: Claims) => {
      const { code, expiresAt } = codes.allocate(publicKey, (id) => {
        clearTimeout(pairing);
        codes.end(code);
        guarded(() => welcome({ id }, nonce, claims));
      });
      waitingCode = code;
      socket.emit('pairing', { code, expiresAt, server: serverName, root: keys.root.envelope });
      clearTimeout(pairing);
      pairing = setTimeout(() => offerCode(publicKey, nonce, claims), expiresAt - now());
    };

    // Sees every event, known or not, before any listener does.
    socket.use(([event, ...payloads], next) => {
      const schema = Object.hasOwn(playerToServerSchemas, event) ? playerToServerSchemas[event as keyof typeof playerToServerSchemas] : undefined;
      if (!schema || payloads.length !== 1 || !spend()) return turnAway('bad-message', `event ${JSON.stringify(event).slice(0, 80)}`);
      if (event !== 'prove') {
        const parsed = schema.safeParse(payloads[0]);
        if (!parsed.success || phase === 'challenged') return turnAway('bad-message', `${event} that cannot be taken`);
      }
      next();
    });

    socket.on('prove', (raw: unknown) => {
      if (phase !== 'challenged') return turnAway('bad-message', 'a second proof');
      phase = 'proving';
      clearTimeout(unproven);
      const proven = checkProve(raw, challenge);
      if (!proven.ok) return turnAway(proven.refusal, proven.detail);
      const { prove, nonce } = proven;
      guarded(async () => {
        const screen = await screenOf(prove);
        if (screen === 'bad-token') return turnAway('bad-token', 'the enrolment token does not hold');
        if (screen) return welcome(screen, nonce, prove);
        if (!socket.connected) return;
        phase = 'pairing';
        offerCode(prove.publicKey, nonce, prove);
        socket.emit('time', signTime(nonce));
      });
    });

    socket.on('time', ({ nonce }) => {
      socket.emit('time', signTime(nonce));
      // State is told again with the time, so that a notice that was lost is missed for minutes at most.
      if (connection && screenId !== undefined) {
        const id = screenId;
        guarded(async () => {
          const screen = await findScreen(db, id);
          if (screen) socket.emit('state', await stateFor(db, keys, screen, jitterMs(), now()));
        });
      }
    });

    socket.on('health', (report) => {
      if (!connection || screenId === undefined) return;
      connection.health = { report, at: now() };
      options.console('screens');
      if (now() - connection.storedAt < storeEveryMs) return;
      connection.storedAt = now();
      const id = screenId;
      guarded(async () => {
        await keepHealth(db, id, report, now());
        await hearAnchor(db, id, report.journal, now());
      });
    });

    socket.on('commandAnswer', (answer) => {
      const id = screenId;
      if (connection && id !== undefined) answerListeners.forEach((listener) => listener(id, answer));
    });

    socket.on('disconnect', () => {
      clearTimeout(unproven);
      clearTimeout(pairing);
      if (waitingCode !== undefined) codes.end(waitingCode);
      if (!connection || screenId === undefined || !connections.remove(screenId, connection)) return;
      const { id, report } = { id: screenId, report: connection.health?.report };
      log.info({ screen: id }, 'player disconnected');
      options.console('screens');
      keepHealth(db, id, report, now()).catch((error: unknown) => log.warn({ err: error }, 'the last report of a player was not kept'));
    });

    socket.on('error', (error) => turnAway('bad-message', error.message));
    socket.emit('challenge', { protocol: protocolVersion, minProtocol: minProtocolVersion, server: serverName, nonce: challenge, time: now() });
  }

  namespace.on('connection', serve);

  /** One change is told after the other, each by what is read then: the last that a screen hears is the newest. */
  let telling: Promise<void> = Promise.resolve();
  const stateChanged = (channels?: readonly string[]) => {
    telling = telling
      .then(async () => sendStates(await noticedScreens(db, channels)))
      .catch((error: unknown) => log.error({ err: error }, 'the state notice could not be sent'));
  };

  return {
    pushSnapshot(push, sample) {
      if (!fitsSocket(push)) return stateChanged();
      namespace.to(sample ? trialRoom : allScreensRoom).emit('snapshot', push);
    },
    pushOrder(envelope, screens) {
      if (screens) for (const id of screens) connections.get(id)?.socket.emit('order', envelope);
      else namespace.to(allScreensRoom).emit('order', envelope);
    },
    stateChanged,
    live: (screen) => connections.get(screen),
    twoPlayersSince: (screen) => doubles.since(screen, now()),
    requestCapture(screen, id) {
      const socket = connections.get(screen)?.socket;
      socket?.emit('capture', { id });
      return socket !== undefined;
    },
    sendCommand: (screen, command) => void connections.get(screen)?.socket.emit('command', command),
    onWelcome: (listener) => void welcomeListeners.push(listener),
    onAnswer: (listener) => void answerListeners.push(listener),
    waiting(code) {
      const box = codes.find(code);
      return box && { publicKey: box.publicKey, bound: (screen) => box.onBound(screen) };
    },
    count: () => connections.size,
  };
}
