// The console's namespace: says what changed, to signed-in staff only; the console then asks the API.
import type { FastifyBaseLogger } from 'fastify';
import type { Namespace } from 'socket.io';
import type { ServerToConsoleEvents } from '../../core/protocol.ts';
import type { ConsoleNotifier } from '../context.ts';
import type { Queries } from '../database/open-database.ts';
import { sha256 } from '../keys/ed25519.ts';
import { gathered } from './gathered.ts';
import { isSameOrigin, sessionCookie, sessionOfCookie } from '../people/caller.ts';

type NoEvents = Record<never, never>;
export type ConsoleNamespace = Namespace<NoEvents, ServerToConsoleEvents, NoEvents, NoEvents>;

function cookieOf(header: string | undefined): string | undefined {
  const found = header?.split(/;\s*/).find((pair) => pair.startsWith(`${sessionCookie}=`));
  return found?.slice(sessionCookie.length + 1);
}

export interface ConsoleSocket {
  readonly notify: ConsoleNotifier;
  /** Closes the connections of a session that has ended. */
  readonly end: (sessionHash: string) => void;
}

export function consoleSocket(
  namespace: ConsoleNamespace,
  db: Queries,
  now: () => number,
  log: FastifyBaseLogger,
  publicOrigin: string | undefined,
): ConsoleSocket {
  namespace.use((socket, next) => {
    const { headers } = socket.handshake;
    const secret = cookieOf(headers.cookie);
    if (secret === undefined || !isSameOrigin(headers.origin, headers.host, publicOrigin)) return next(new Error('not-signed-in'));
    sessionOfCookie(db, secret, now())
      .then(async (session) => {
        if (!session) return next(new Error('not-signed-in'));
        await socket.join(sha256(secret));
        next();
      })
      .catch((error: unknown) => {
        log.error({ err: error }, 'a console could not be checked');
        next(new Error('internal'));
      });
  });
  namespace.on('connection', (socket) => {
    socket.on('error', (error) => log.warn({ err: error }, 'console connection'));
  });

  return { notify: gathered((event) => namespace.emit(event)), end: (sessionHash) => namespace.in(sessionHash).disconnectSockets(true) };
}
