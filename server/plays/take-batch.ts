// What becomes of a batch of plays: signed by the screen, whole in itself, and following on what is stored. Taking it twice changes nothing.
import { firstPrev, playBatchSchema, readChain, type PlayBatch } from '../../core/play.ts';
import { isSigned, readPayload, type Envelope } from '../../core/signed.ts';
import type { Queries } from '../database/open-database.ts';
import { keyId, sha256, verify } from '../keys/ed25519.ts';
import { manifestFacts } from '../manifests/manifest-facts.ts';
import { countPlays, findScreen } from '../screens/screen-store.ts';
import type { PlayFindingKind } from '../../core/play-api.ts';
import { addAirTime } from './air-time-store.ts';
import { addEntries, entriesBetween, lastEntry, type ReceivedEntry } from './play-store.ts';
import { findAnchor, keepFinding } from './proof-store.ts';

type Refusal = 'unknown-screen' | 'bad-signature' | 'malformed' | 'broken-chain' | 'wrong-sequence' | 'gap' | 'fork';

export type Taken = { ok: true; screen: string; chain: string; acknowledged: number; added: number } | { ok: false; reason: Refusal; acknowledged?: number };

async function openBatch(db: Queries, envelope: Envelope): Promise<{ ok: true; batch: PlayBatch } | Extract<Taken, { ok: false }>> {
  const claimed = readPayload(envelope.payload, playBatchSchema);
  if (!claimed.ok) return { ok: false, reason: 'malformed' };
  const publicKey = (await findScreen(db, claimed.document.screen))?.publicKey;
  if (publicKey === null || publicKey === undefined) return { ok: false, reason: 'unknown-screen' };
  const signers = { keys: { [keyId(publicKey)]: publicKey }, threshold: 1 };
  return isSigned(envelope, 'plays', signers, verify) ? { ok: true, batch: claimed.document } : { ok: false, reason: 'bad-signature' };
}

/** Each entry with its campaign: that of the manifest that was shown, however late it comes in. @param usual of what names none, such as the factory playlist */
async function inCampaigns<Kept extends Pick<ReceivedEntry, 'entry'>>(
  db: Queries,
  entries: readonly Kept[],
  usual: string,
): Promise<(Kept & { campaign: string })[]> {
  const facts = await manifestFacts(
    db,
    entries.flatMap(({ entry }) => (entry.kind === 'open' ? [entry.manifest] : [])),
  );
  return entries.map((kept) => ({ ...kept, campaign: (kept.entry.kind === 'open' ? facts.get(kept.entry.manifest)?.campaign : undefined) ?? usual }));
}

export interface ReadBatch {
  readonly screen: string;
  readonly chain: string;
  /** At least one. */
  readonly entries: readonly Pick<ReceivedEntry, 'entry' | 'text'>[];
}

/** Signed by its screen, and whole in itself. Nothing is written. */
export async function readBatch(db: Queries, envelope: Envelope): Promise<{ ok: true; batch: ReadBatch } | Extract<Taken, { ok: false }>> {
  const opened = await openBatch(db, envelope);
  if (!opened.ok) return opened;
  const { screen, chain, entries: texts } = opened.batch;
  const read = readChain(texts, sha256);
  if (!read.ok) return { ok: false, reason: read.reason };
  return { ok: true, batch: { screen, chain, entries: read.entries.map((entry, index) => ({ entry, text: texts[index] ?? '' })) } };
}

export interface Terms {
  /** The campaign in force. */
  readonly campaign: string;
  readonly receivedAt: number;
}

/** Inside a transaction. */
export async function addBatch(trx: Queries, { screen, chain, entries }: ReadBatch, { campaign, receivedAt }: Terms): Promise<Taken> {
  const [first] = entries;
  if (!first) return { ok: false, reason: 'malformed' };
  const last = await lastEntry(trx, screen, chain);
  const acknowledged = last?.seq ?? 0;
  const contradicted = async (reason: PlayFindingKind & Refusal, seq: number, expected: string | null, offered: string | null): Promise<Taken> => {
    await keepFinding(trx, { screen, chain, seq, kind: reason, expected, offered }, receivedAt);
    return { ok: false, reason, acknowledged };
  };
  if (first.entry.seq > acknowledged + 1) return contradicted('gap', acknowledged + 1, null, null);
  const known = new Map((await entriesBetween(trx, screen, chain, first.entry.seq, acknowledged)).map(({ seq, text }) => [seq, text]));
  const anchor = await findAnchor(trx, screen, chain);
  for (const { entry, text } of entries) {
    const stored = known.get(entry.seq);
    const expected = stored === undefined ? (anchor?.seq === entry.seq ? anchor.hash : undefined) : sha256(stored);
    if (expected !== undefined && sha256(text) !== expected) return contradicted('fork', entry.seq, expected, sha256(text));
  }
  const fresh = entries.filter(({ entry }) => entry.seq > acknowledged);
  const [next] = fresh;
  if (!next) return { ok: true, screen, chain, acknowledged, added: 0 };
  const before = last ? sha256(last.text) : firstPrev;
  if (next.entry.prev !== before) return contradicted('broken-chain', next.entry.seq, before, next.entry.prev);
  const placed = await inCampaigns(trx, fresh, campaign);
  await addEntries(trx, placed, { screen, chain, receivedAt });
  await addAirTime(trx, placed, { screen, chain });
  await countPlays(trx, screen, fresh.filter(({ entry }) => entry.kind === 'open').length);
  return { ok: true, screen, chain, acknowledged: acknowledged + fresh.length, added: fresh.length };
}
