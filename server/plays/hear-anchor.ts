// Keeps what a player says of its journal's end, so that what is deleted or told otherwise later is seen.
import type { HealthReport } from '../../core/health.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { sha256 } from '../keys/ed25519.ts';
import { entriesBetween } from './play-store.ts';
import { findAnchor, keepFinding, putAnchor } from './proof-store.ts';

/** An end is written down this often; a contradiction at once. */
export const anchorEveryMs = 5 * 60_000;

export async function hearAnchor(db: Queries, screen: string, { chain, anchor }: HealthReport['journal'], now: number): Promise<void> {
  if (!anchor) return;
  const { seq, hash } = anchor;
  await transact(db, async (trx) => {
    const known = await findAnchor(trx, screen, chain);
    if (known && seq < known.seq) return keepFinding(trx, { screen, chain, seq: known.seq, kind: 'went-back', expected: known.hash, offered: hash }, now);
    const [stored] = await entriesBetween(trx, screen, chain, seq, seq);
    const expected = known?.seq === seq ? known.hash : stored ? sha256(stored.text) : hash;
    if (expected !== hash) return keepFinding(trx, { screen, chain, seq, kind: 'fork', expected, offered: hash }, now);
    if (!known || (now - known.heardAt >= anchorEveryMs && seq > known.seq)) await putAnchor(trx, { screen, chain, seq, hash }, now);
  });
}
