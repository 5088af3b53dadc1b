// The cookie of a session, and its change of secret: at sign-in, at a change of what protects the account, and twice a day.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Queries } from '../database/open-database.ts';
import { sha256 } from '../keys/ed25519.ts';
import { newSecret } from '../keys/secret.ts';
import { sessionCookie } from './caller.ts';
import { addSession, endSession, endSessionsOf, sessionMs, type Session, type SessionFacts } from './session-store.ts';

const maxAgentLetters = 200;

export function factsOf({ ip, headers }: FastifyRequest, via: SessionFacts['via']): Partial<SessionFacts> {
  return { address: ip, agent: (headers['user-agent'] ?? '').slice(0, maxAgentLetters), via };
}

export function setCookie(reply: FastifyReply, secret: string): void {
  const { publicOrigin } = reply.server;
  const secure = publicOrigin === undefined ? reply.request.protocol === 'https' : publicOrigin.startsWith('https:');
  reply.setCookie(sessionCookie, secret, { httpOnly: true, sameSite: 'strict', path: '/', secure, maxAge: Math.floor(sessionMs / 1000) });
}

/** Hash of the secret that a request carries, if any. */
export function hashOfCookie({ cookies }: FastifyRequest): string | undefined {
  const secret = cookies[sessionCookie];
  return secret === undefined ? undefined : sha256(secret);
}

/** The same session under a new secret, so that a copied cookie is worth nothing any more. Runs inside a transaction. @returns the secret's text */
export async function renewSession(db: Queries, { secretHash, person, facts }: Session, now: number): Promise<string> {
  const secret = newSecret();
  await endSession(db, secretHash);
  await addSession(db, secret.hash, person.id, now, facts);
  return secret.text;
}

/** As `renewSession`, and all other sessions of the person end. @returns also the hashes of what ended */
export async function renewAlone(db: Queries, session: Session, now: number): Promise<{ secret: string; ended: string[] }> {
  const ended = await endSessionsOf(db, session.person.id, session.secretHash);
  return { secret: await renewSession(db, session, now), ended: [...ended, session.secretHash] };
}
