// Secrets that are handed out once and kept as a hash only: links, sessions, tokens, enrolments.
import { randomBytes } from 'node:crypto';
import { sha256 } from './ed25519.ts';

export interface Secret {
  /** 32 random bytes, base64url. */
  readonly text: string;
  readonly hash: string;
}

/** A secret of 256 random bits needs no slow hash: nobody can guess its way to it. */
export function newSecret(prefix = ''): Secret {
  const text = prefix + randomBytes(32).toString('base64url');
  return { text, hash: sha256(text) };
}
