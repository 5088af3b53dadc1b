// Signed manifests, every version that was ever issued.
import { manifestSchema, type Manifest } from '../../core/manifest.ts';
import { envelopeSchema } from '../../core/signed.ts';
import type { Queries } from '../database/open-database.ts';
import type { SignedDocument } from '../keys/keys.ts';

export interface NewManifest {
  readonly channel: string;
  readonly version: number;
  readonly revision: number;
  readonly issuedAt: number;
  readonly author: string;
}

export async function addManifest(
  db: Queries,
  { sha256, envelope }: SignedDocument,
  { channel, version, revision, issuedAt, author }: NewManifest,
): Promise<void> {
  await db
    .insertInto('manifests')
    .values({ sha256, channel, version, revision, envelope: JSON.stringify(envelope), issued_at: issuedAt, author })
    .execute();
}

/** The envelope's JSON text as it is served. */
export async function manifestEnvelope(db: Queries, sha256: string): Promise<string | undefined> {
  return (await db.selectFrom('manifests').select('envelope').where('sha256', '=', sha256).executeTakeFirst())?.envelope;
}

export async function readManifest(db: Queries, sha256: string): Promise<Manifest | undefined> {
  const text = await manifestEnvelope(db, sha256);
  return text === undefined ? undefined : manifestSchema.parse(JSON.parse(envelopeSchema.parse(JSON.parse(text)).payload));
}
