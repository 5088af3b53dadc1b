// Sentences that claim something: which of them people have found to be true, and by which document.
import type { Basis } from '../../core/approval-api.ts';
import type { LocalText } from '../../core/primitives.ts';
import type { ClaimView } from '../../core/publish-checks.ts';
import type { Queries } from '../database/open-database.ts';
import { sha256 } from '../keys/ed25519.ts';
import { readBasis } from './approval-store.ts';

/** Names exactly this sentence, in both languages. */
export function claimHash({ vi, en }: LocalText): string {
  return sha256(Buffer.from(`ihanoi/1/claim\n${JSON.stringify([vi, en ?? null])}`));
}

export async function confirmedClaims(db: Queries, hashes: readonly string[]): Promise<ReadonlyMap<string, NonNullable<ClaimView['confirmed']>>> {
  if (hashes.length === 0) return new Map();
  const rows = await db.selectFrom('claims').select(['sha256', 'author', 'confirmed_at', 'basis']).where('sha256', 'in', hashes).execute();
  return new Map(
    rows.flatMap(({ sha256: hash, author: by, confirmed_at: at, basis: text }) => {
      const basis = readBasis(text);
      return basis === null ? [] : [[hash, { by, at, basis }]];
    }),
  );
}

export interface ConfirmedClaim {
  readonly text: LocalText;
  readonly basis: Basis;
  readonly person: string;
  readonly author: string;
  readonly at: number;
}

/** Keeps on what a sentence rests, in place of what was said of it before. */
export async function confirmClaim(db: Queries, hash: string, { text, basis, person, author, at }: ConfirmedClaim): Promise<void> {
  const facts = { text: JSON.stringify(text), basis: JSON.stringify(basis), person, author, confirmed_at: at };
  await db
    .insertInto('claims')
    .values({ sha256: hash, ...facts })
    .onConflict((conflict) => conflict.column('sha256').doUpdateSet(facts))
    .execute();
}
