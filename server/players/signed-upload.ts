// Bytes that a player hands in over HTTP: a statement about them in a header, signed by the screen's key.
import type { z } from 'zod';
import { envelopeSchema, openEnvelope, readPayload, type Purpose } from '../../core/signed.ts';
import type { Queries } from '../database/open-database.ts';
import { keyId, sha256, verify } from '../keys/ed25519.ts';
import { findScreen } from '../screens/screen-store.ts';

interface Statement {
  readonly screen: string;
  readonly sha256: string;
}

type Checked<Said> = { ok: true; statement: Said } | { ok: false; reason: string };

/** A header holds base64url of an envelope's JSON. */
function readHeader(text: unknown): unknown {
  try {
    return JSON.parse(Buffer.from(String(text), 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** @param body the bytes that the statement is about */
export async function checkUpload<Schema extends z.ZodType<Statement>>(
  db: Queries,
  header: unknown,
  purpose: Purpose,
  schema: Schema,
  body: Uint8Array,
): Promise<Checked<z.infer<Schema>>> {
  const envelope = envelopeSchema.safeParse(readHeader(header));
  const claimed = envelope.success ? readPayload(envelope.data.payload, schema) : undefined;
  if (!claimed?.ok) return { ok: false, reason: 'malformed header' };
  const publicKey = (await findScreen(db, claimed.document.screen))?.publicKey;
  if (publicKey === null || publicKey === undefined) return { ok: false, reason: 'unknown screen' };
  const opened = openEnvelope(envelope.data, purpose, schema, { keys: { [keyId(publicKey)]: publicKey }, threshold: 1 }, verify);
  if (!opened.ok) return { ok: false, reason: 'signature' };
  if (sha256(body) !== opened.document.sha256) return { ok: false, reason: 'hash' };
  return { ok: true, statement: opened.document };
}
