// Signed assignments: the latest versions of each screen.
import type { Queries } from '../database/open-database.ts';
import type { SignedDocument } from '../keys/keys.ts';

/** A player may still be fetching the one before; older ones are asked for by nobody. */
const keptVersions = 5;

export async function addAssignment(db: Queries, { sha256, envelope }: SignedDocument, screen: string, version: number, issuedAt: number): Promise<void> {
  await db
    .insertInto('assignments')
    .values({ sha256, screen, version, envelope: JSON.stringify(envelope), issued_at: issuedAt })
    .execute();
  await db
    .deleteFrom('assignments')
    .where('screen', '=', screen)
    .where('version', '<=', version - keptVersions)
    .execute();
}

export async function assignmentEnvelope(db: Queries, sha256: string): Promise<string | undefined> {
  return (await db.selectFrom('assignments').select('envelope').where('sha256', '=', sha256).executeTakeFirst())?.envelope;
}
