// What route modules receive: the database, keys, clock, log and the ways to tell players and consoles of a change.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ServerToConsoleEvents, SnapshotPush } from '../core/protocol.ts';
import type { Envelope } from '../core/signed.ts';
import type { AuditEntry } from './audit/audit-store.ts';
import type { Queries } from './database/open-database.ts';
import type { Keys } from './keys/keys.ts';
import type { ScanBook } from './scans/scan-book.ts';

export type App = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>;

export interface PlayersNotifier {
  /** Sends a snapshot at once to every connected screen; a sample goes to trial screens only. */
  pushSnapshot(push: SnapshotPush, sample: boolean): void;
  /** Sends an order at once to these screens, or to every connected one. */
  pushOrder(envelope: Envelope, screens?: readonly string[]): void;
  /** Sends the state notice again, to the screens of these channels or to all. */
  stateChanged(channels?: readonly string[]): void;
}

/** Tells open consoles what to ask the API for again. */
export type ConsoleNotifier = (event: keyof ServerToConsoleEvents) => void;

export interface ServerContext {
  readonly db: Queries;
  readonly keys: Keys;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: FastifyBaseLogger;
  readonly players: PlayersNotifier;
  readonly console: ConsoleNotifier;
  /** Appends to the audit log; inside a transaction, pass it. */
  readonly audit: (entry: AuditEntry, queries?: Queries) => Promise<void>;
  /** Folder of content-addressed media. */
  readonly filesDir: string;
  /** Where openings of codes are noted. */
  readonly scans: Pick<ScanBook, 'note' | 'flush'>;
}

/** A route module: registers its routes, each with `config: { access }`. */
export type Routes = (app: App, context: ServerContext) => void;
