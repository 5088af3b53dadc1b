// How far the plays of a screen hold: where each chain was said to end, and what contradicts what was received.
import type { PlayProof, PlayFindingKind } from '../../core/play-api.ts';
import type { Queries } from '../database/open-database.ts';

export interface Place {
  readonly screen: string;
  readonly chain: string;
  readonly seq: number;
}

export interface Contradiction extends Place {
  readonly kind: PlayFindingKind;
  /** Hash that stood or should have stood there; null when there is none. */
  readonly expected: string | null;
  /** Hash that was offered in its place. */
  readonly offered: string | null;
}

/** Remembers a contradiction; the first of its kind at a place stays. */
export async function keepFinding(db: Queries, contradiction: Contradiction, foundAt: number): Promise<void> {
  await db
    .insertInto('play_findings')
    .values({ ...contradiction, found_at: foundAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export interface Anchor extends Place {
  readonly hash: string;
}

export async function findAnchor(db: Queries, screen: string, chain: string): Promise<(Anchor & { heardAt: number }) | undefined> {
  return db
    .selectFrom('play_anchors')
    .select(['screen', 'chain', 'seq', 'hash', 'heard_at as heardAt'])
    .where('screen', '=', screen)
    .where('chain', '=', chain)
    .executeTakeFirst();
}

export async function putAnchor(db: Queries, { screen, chain, seq, hash }: Anchor, heardAt: number): Promise<void> {
  await db
    .insertInto('play_anchors')
    .values({ screen, chain, seq, hash, heard_at: heardAt })
    .onConflict((conflict) => conflict.columns(['screen', 'chain']).doUpdateSet({ seq, hash, heard_at: heardAt }))
    .execute();
}

/** All chains of a screen, the latest first, and every contradiction. */
export async function proofOf(db: Queries, screen: string): Promise<PlayProof> {
  const chains = await db
    .selectFrom('plays')
    .select((eb) => ['chain', eb.fn.max<number>('seq').as('received'), eb.fn.min<number>('at').as('from'), eb.fn.max<number>('at').as('to')])
    .where('screen', '=', screen)
    .groupBy('chain')
    .execute();
  const anchors = await db.selectFrom('play_anchors').select(['chain', 'seq', 'heard_at']).where('screen', '=', screen).execute();
  const findings = await db
    .selectFrom('play_findings')
    .select(['chain', 'seq', 'kind', 'expected', 'offered', 'found_at as foundAt'])
    .where('screen', '=', screen)
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
  const known = new Map(chains.map((chain) => [chain.chain, chain]));
  const ids = new Set([...known.keys(), ...anchors.map(({ chain }) => chain)]);
  const listed = [...ids].map((chain) => {
    const { received = 0, from = null, to = null } = known.get(chain) ?? {};
    const anchor = anchors.find((each) => each.chain === chain);
    const anchored = anchor?.seq ?? null;
    return { chain, received, from, to, anchored, heardAt: anchor?.heard_at ?? null, missing: Math.max(0, (anchored ?? 0) - received) };
  });
  return { chains: listed.sort((a, b) => (b.to ?? b.heardAt ?? 0) - (a.to ?? a.heardAt ?? 0)), findings };
}
