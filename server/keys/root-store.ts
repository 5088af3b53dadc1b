// Root documents, every number that was ever issued.
import { rootDocumentSchema } from '../../core/root-document.ts';
import { envelopeSchema, readPayload } from '../../core/signed.ts';
import type { Queries } from '../database/open-database.ts';
import type { SignedDocument } from './keys.ts';

export async function latestRoot(db: Queries): Promise<SignedDocument | undefined> {
  const row = await db.selectFrom('roots').select(['sha256', 'envelope']).orderBy('number', 'desc').limit(1).executeTakeFirst();
  return row && { sha256: row.sha256, envelope: envelopeSchema.parse(JSON.parse(row.envelope)) };
}

export async function addRoot(db: Queries, { sha256, envelope }: SignedDocument, number: number, issuedAt: number): Promise<void> {
  await db
    .insertInto('roots')
    .values({ sha256, number, envelope: JSON.stringify(envelope), issued_at: issuedAt })
    .execute();
}

/** The root document with a number, for players that missed it. */
export async function rootEnvelopeOf(db: Queries, number: number): Promise<string | undefined> {
  return (await db.selectFrom('roots').select('envelope').where('number', '=', number).executeTakeFirst())?.envelope;
}

export async function rootEnvelope(db: Queries, sha256: string): Promise<string | undefined> {
  return (await db.selectFrom('roots').select('envelope').where('sha256', '=', sha256).executeTakeFirst())?.envelope;
}

/** The envelopes of every root document, oldest first. */
export async function allRoots(db: Queries): Promise<string[]> {
  return (await db.selectFrom('roots').select('envelope').orderBy('number').execute()).map(({ envelope }) => envelope);
}

/** A public key that any root document ever named, by its id; the latest first. */
export async function publicKeyOf(db: Queries, key: string): Promise<string | undefined> {
  for (const { envelope } of await db.selectFrom('roots').select('envelope').orderBy('number', 'desc').execute()) {
    const root = readPayload(envelopeSchema.parse(JSON.parse(envelope)).payload, rootDocumentSchema);
    if (root.ok && Object.hasOwn(root.document.keys, key)) return root.document.keys[key];
  }
  return undefined;
}
