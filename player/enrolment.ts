// Reads an enrolment token: the server's address, the hash of its root document, and a secret that works once.
import { enrolmentPrefix, enrolmentSchema, type Enrolment } from '../core/protocol.ts';

export type EnrolmentReading = { ok: true; enrolment: Enrolment } | { ok: false; reason: string };

export function readEnrolment(token: string): EnrolmentReading {
  const text = token.trim();
  if (!text.startsWith(enrolmentPrefix)) return { ok: false, reason: `an enrolment token starts with ${enrolmentPrefix}` };
  try {
    const parsed = enrolmentSchema.safeParse(JSON.parse(Buffer.from(text.slice(enrolmentPrefix.length), 'base64url').toString('utf8')));
    if (!parsed.success) return { ok: false, reason: 'the enrolment token lacks its server, root or secret' };
    if (!/^https?:/.test(parsed.data.server)) return { ok: false, reason: 'the enrolment token names a server that is not on the web' };
    return { ok: true, enrolment: parsed.data };
  } catch {
    return { ok: false, reason: 'the enrolment token is cut off or damaged' };
  }
}
