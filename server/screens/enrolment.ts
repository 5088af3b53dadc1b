// Makes the token with which a box becomes a screen without anybody typing: server address, root and a secret that works once.
import { enrolmentPrefix, type Enrolment } from '../../core/protocol.ts';
import type { Queries } from '../database/open-database.ts';
import { newSecret } from '../keys/secret.ts';
import { replaceEnrolment } from './enrolment-store.ts';

const usualMs = 24 * 60 * 60_000;

/** @param holdsMs a day, or longer for boxes that are still to be delivered */
export async function makeEnrolment(
  db: Queries,
  screen: string,
  server: string,
  root: string,
  now: number,
  holdsMs = usualMs,
): Promise<{ token: string; expiresAt: number }> {
  const secret = newSecret();
  const expiresAt = now + holdsMs;
  await replaceEnrolment(db, { secretHash: secret.hash, screen, createdAt: now, expiresAt });
  const enrolment: Enrolment = { server, root, secret: secret.text };
  return { token: enrolmentPrefix + Buffer.from(JSON.stringify(enrolment)).toString('base64url'), expiresAt };
}
