// What screens would refuse because too few approvers have signed it: told before a screen joins a channel, and said of it while it waits.
import { peopleWhoApproved } from '../../core/approvers.ts';
import type { Audience } from '../../core/profile.ts';
import { approversNeeded, type RootDocument } from '../../core/root-document.ts';
import { envelopeSchema } from '../../core/signed.ts';
import type { Queries } from '../database/open-database.ts';
import { assertions } from '../keys/assertions.ts';
import { manifestEnvelope } from './manifest-store.ts';

/** How many people have signed a manifest by a passkey that the root document names now. */
export async function peopleBehind(db: Queries, { roles }: RootDocument, sha256: string): Promise<number> {
  const envelope = envelopeSchema.parse(JSON.parse((await manifestEnvelope(db, sha256)) ?? 'null'));
  return peopleWhoApproved(envelope, 'manifest', roles.content.approvers?.keys ?? {}, assertions);
}

/**
 * So many approvers have to sign before a box takes what a channel plays; 0 where it takes it as it is.
 * @param manifest hash of what is in force; null where nothing is
 */
export type MissingSignatures = (manifest: string | null, audience: Audience) => Promise<number>;

/** Reads each manifest once, for as long as one answer takes. */
export function missingSignatures(db: Queries, root: RootDocument): MissingSignatures {
  const people = new Map<string, number>();
  return async (manifest, audience) => {
    const needed = approversNeeded(root, audience);
    if (needed === 0 || manifest === null) return needed;
    const signed = people.get(manifest) ?? (await peopleBehind(db, root, manifest));
    people.set(manifest, signed);
    return signed >= needed ? 0 : needed;
  };
}
