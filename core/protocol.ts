// The sockets' contract: event names, payloads and refusals for players and console. No event name is written anywhere else.
import { z } from 'zod';
import { healthReportSchema, type HealthReport } from './health.ts';
import { maxScreenNumber } from './manifest.ts';
import { maxOrders, orderRefSchema } from './orders.ts';
import { base64urlSchema, instantSchema, sha256Schema } from './primitives.ts';
import { envelopeSchema, publicKeySchema, type Envelope } from './signed.ts';

/** Number of the player protocol; a server names the lowest it still speaks. */
export const protocolVersion = 1;
export const minProtocolVersion = 1;

export const playerNamespace = '/player';
export const consoleNamespace = '/console';
export const maxSocketBytes = 64 * 2 ** 10;

/** 32 random bytes. */
export const nonceSchema = base64urlSchema.length(43);

export const refusals = ['protocol', 'bad-proof', 'bad-message', 'revoked', 'bad-token', 'superseded'] as const;
export type Refusal = (typeof refusals)[number];

export const challengeSchema = z.object({ protocol: z.int(), minProtocol: z.int(), server: z.string().max(120), nonce: nonceSchema, time: instantSchema });
export type Challenge = z.infer<typeof challengeSchema>;

/** What a player signs (purpose `prove`) to show that it holds its key: the server's nonce and its own. */
export const proofSchema = z.object({ server: nonceSchema, player: nonceSchema });

export const proveSchema = z.object({
  protocol: z.int(),
  publicKey: publicKeySchema,
  /** Envelope over `proofSchema`, signed by `publicKey`. */
  proof: envelopeSchema,
  /** Secret of an enrolment token, on first contact only. */
  enrol: base64urlSchema.max(64).optional(),
  player: z.string().max(40),
  shell: z.string().max(80),
  /** Scenes that this player can draw. */
  scenes: z.array(z.string().max(40)).max(60),
  /** Highest versions verified, so that a server restored from a backup issues above them. */
  accepted: z.object({
    root: z.int().min(0),
    manifest: z.int().min(0),
    assignment: z.int().min(0),
    snapshot: z.int().min(0),
    order: z.int().min(0).optional(),
  }),
  /** Hashes that bore the highest versions: after a restore the same number may stand for another document. */
  acceptedHashes: z.object({ manifest: sha256Schema.optional(), assignment: sha256Schema.optional() }).optional(),
  /** Of this run of the player, never kept: one that comes back after another took over shows that two boxes hold one key. */
  run: z.uuid().optional(),
});
export type Prove = z.infer<typeof proveSchema>;

/** What a player says of itself as it connects, kept so that what it cannot do is known before a publish. */
export const capabilitiesSchema = proveSchema.pick({ protocol: true, player: true, shell: true, scenes: true });
export type Capabilities = z.infer<typeof capabilitiesSchema>;

/** Signed (purpose `time`) over the player's own nonce. */
export const timeStatementSchema = z.object({ nonce: nonceSchema, time: instantSchema });

export const pairingSchema = z.object({
  code: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{6}$/),
  server: z.string().max(120),
  expiresAt: instantSchema,
  root: envelopeSchema,
});
export type Pairing = z.infer<typeof pairingSchema>;

export const welcomeSchema = z.object({ screen: z.uuid(), number: z.int().min(1).max(maxScreenNumber), root: envelopeSchema });
export type Welcome = z.infer<typeof welcomeSchema>;

/** The state notice: what a player should have. It compares hashes and fetches what is missing. */
export const stateNoticeSchema = z.object({
  root: z.object({ number: z.int().min(1), sha256: sha256Schema }),
  assignment: sha256Schema,
  manifest: sha256Schema.nullable(),
  snapshot: z.object({ number: z.int().min(1), sha256: sha256Schema }).nullable(),
  /** Orders in force for the screen, numbers rising. What a player holds and does not find here may be over: it asks for the document that ended it. */
  orders: z.array(orderRefSchema).max(maxOrders).optional(),
  /** The player waits a random part of this before fetching bulk. */
  jitterMs: z.int().min(0).max(3_600_000),
});
export type StateNotice = z.infer<typeof stateNoticeSchema>;

/** A snapshot and the one before it, for the changes; both signed. */
export const snapshotPushSchema = z.object({ current: envelopeSchema, previous: envelopeSchema.nullable() });
export type SnapshotPush = z.infer<typeof snapshotPushSchema>;

export const captureRequestSchema = z.object({ id: z.uuid() });

/** What staff may ask of a screen at once. Each is safe to repeat; none is a door to the box. */
export const commandKinds = ['identify', 'test-card', 'reload', 'restart', 'refetch', 'logs'] as const;
export type CommandKind = (typeof commandKinds)[number];

/** A live request: taken once by its id, never after its end, always answered; a kind that a player does not know is answered `unknown`. */
export const commandSchema = z.object({ id: z.uuid(), kind: z.string().max(40), expiresAt: instantSchema });
export type Command = z.infer<typeof commandSchema>;

export const commandOutcomes = ['done', 'failed', 'expired', 'unknown'] as const;
export const commandAnswerSchema = z.object({ id: z.uuid(), outcome: z.literal(commandOutcomes), reason: z.string().max(300).optional() });
export type CommandAnswer = z.infer<typeof commandAnswerSchema>;

export const timeRequestSchema = z.object({ nonce: nonceSchema });
export const refusedSchema = z.object({ refusal: z.literal(refusals), vi: z.string().max(500), en: z.string().max(500) });
export type Refused = z.infer<typeof refusedSchema>;

/** What every server-to-player event carries; the client reads each payload through its schema. */
export const serverToPlayerSchemas = {
  challenge: challengeSchema,
  pairing: pairingSchema,
  welcome: welcomeSchema,
  time: envelopeSchema,
  state: stateNoticeSchema,
  snapshot: snapshotPushSchema,
  /** An order, at once; never spread. */
  order: envelopeSchema,
  capture: captureRequestSchema,
  command: commandSchema,
  refused: refusedSchema,
} as const;

export const playerToServerSchemas = { prove: proveSchema, time: timeRequestSchema, health: healthReportSchema, commandAnswer: commandAnswerSchema } as const;

export interface ServerToPlayerEvents {
  challenge: (payload: Challenge) => void;
  pairing: (payload: Pairing) => void;
  welcome: (payload: Welcome) => void;
  time: (payload: Envelope) => void;
  state: (payload: StateNotice) => void;
  snapshot: (payload: SnapshotPush) => void;
  order: (payload: Envelope) => void;
  capture: (payload: z.infer<typeof captureRequestSchema>) => void;
  command: (payload: Command) => void;
  refused: (payload: Refused) => void;
}

export interface PlayerToServerEvents {
  prove: (payload: Prove) => void;
  time: (payload: z.infer<typeof timeRequestSchema>) => void;
  health: (payload: HealthReport) => void;
  commandAnswer: (payload: CommandAnswer) => void;
}

/** To the console: what changed; it then asks the API. */
export interface ServerToConsoleEvents {
  screens: () => void;
  scoreboard: () => void;
  playlists: () => void;
  orders: () => void;
  scans: () => void;
  media: () => void;
  settings: () => void;
}

/** Paths of the player's HTTP side. Everything by hash is immutable. */
export const playerPaths = {
  root: (sha256: string) => `/roots/${sha256}`,
  /** A root document by its number, for a player that missed several; the name of the number is trusted no further than its signatures. */
  rootNumber: (number: number | string) => `/roots/number/${number}`,
  assignment: (sha256: string) => `/assignments/${sha256}`,
  manifest: (sha256: string) => `/manifests/${sha256}`,
  snapshot: (sha256: string) => `/snapshots/${sha256}`,
  order: (sha256: string) => `/orders/${sha256}`,
  /** The document that ended an order; none while it stands. Not immutable. */
  orderEnd: (sha256: string) => `/orders/${sha256}/end`,
  media: (sha256: string) => `/media/${sha256}`,
  /** POST an envelope of purpose `plays`. */
  plays: '/player/plays',
  /** POST JPEG bytes; the header below carries an envelope of purpose `capture`. */
  captures: '/player/captures',
  /** POST the end of the player's log as text; the header below carries an envelope of purpose `logs`. */
  logs: '/player/logs',
} as const;

export const captureHeader = 'x-ihanoi-capture';
export const maxCaptureBytes = 150_000;

/** Signed by the screen's key; travels as base64url of the envelope's JSON in the header. */
export const captureStatementSchema = z.object({ screen: z.uuid(), takenAt: instantSchema, sha256: sha256Schema, request: z.uuid().optional() });

export const logsHeader = 'x-ihanoi-logs';
export const maxLogBytes = 256 * 2 ** 10;

/** Signed as a capture is; `request` is the id of the command that asked. */
export const logsStatementSchema = z.object({ screen: z.uuid(), takenAt: instantSchema, sha256: sha256Schema, request: z.uuid() });

/** What an enrolment token carries: `ihanoi1.` and base64url of this JSON. */
export const enrolmentSchema = z.object({ server: z.url(), root: sha256Schema, secret: base64urlSchema.min(22).max(64) });
export type Enrolment = z.infer<typeof enrolmentSchema>;
export const enrolmentPrefix = 'ihanoi1.';
