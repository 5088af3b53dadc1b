// The session of whoever changes the own account, and what becomes of all others when its protection changes.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiFailure } from '../api-failure.ts';
import type { ServerContext } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { hashOfCookie, renewAlone, setCookie } from './session-cookie.ts';
import { findSession, type Session } from './session-store.ts';

export interface OwnSession {
  /** @throws ApiFailure when nobody is signed in */
  of(request: FastifyRequest): Promise<Session>;
  /** What protects the account has changed: this session goes on under a new secret, all others end. */
  stayAlone(reply: FastifyReply, session: Session, change: (trx: Queries) => Promise<void>): Promise<void>;
}

/** @param endConsole closes the console connections of a session that has ended */
export function ownSession({ db, now }: Pick<ServerContext, 'db' | 'now'>, endConsole: (sessionHash: string) => void): OwnSession {
  return {
    async of(request) {
      const hash = hashOfCookie(request);
      const session = hash === undefined ? undefined : await findSession(db, hash, now());
      if (!session) throw new ApiFailure('not-signed-in');
      return session;
    },
    async stayAlone(reply, session, change) {
      const { secret, ended } = await transact(db, async (trx) => {
        await change(trx);
        return renewAlone(trx, session, now());
      });
      setCookie(reply, secret);
      for (const hash of ended) endConsole(hash);
    },
  };
}
