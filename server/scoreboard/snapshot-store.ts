// Scoreboard snapshots: numbered in one growing series, signed, kept for ever.
import { envelopeSchema, readPayload, type Envelope } from '../../core/signed.ts';
import { snapshotSchema, type Snapshot } from '../../core/snapshot.ts';
import type { SnapshotPush } from '../../core/protocol.ts';
import { nextNumber } from '../database/counter-store.ts';
import type { Queries } from '../database/open-database.ts';
import type { Keys } from '../keys/keys.ts';

export interface StoredSnapshot {
  readonly sha256: string;
  readonly envelope: Envelope;
  readonly snapshot: Snapshot;
}

/** A snapshot before it is issued: its number and instant come with its signature. */
export type SnapshotDraft = Omit<Snapshot, 'number' | 'issuedAt'>;

export interface Origin {
  /** Name of the person or token, or `server`. */
  readonly author: string;
  readonly importId?: string;
}

/** More snapshots than these are in force nowhere: each tree has a current one and one before. */
const keptInForce = 50;

/** Whose screens a snapshot is for: made-up figures are seen by trial screens only. */
export type SnapshotAudience = 'trial' | 'real';

/**
 * Signs a snapshot under the next number and stores it. Call it inside a transaction, with the transaction.
 * @throws ZodError when the draft is no snapshot
 */
export async function addSnapshot(
  trx: Queries,
  keys: Pick<Keys, 'sign'>,
  draft: SnapshotDraft,
  issuedAt: number,
  { author, importId }: Origin,
): Promise<StoredSnapshot> {
  const number = await nextNumber(trx, 'snapshot');
  const snapshot = snapshotSchema.parse({ ...draft, number, issuedAt });
  const { envelope, sha256 } = keys.sign('snapshot', snapshot);
  await trx
    .insertInto('snapshots')
    .values({
      sha256,
      campaign: snapshot.campaign,
      tree: snapshot.tree,
      number,
      sample: snapshot.sample ? 1 : 0,
      cut_off: snapshot.cutOff,
      issued_at: issuedAt,
      author,
      import: importId ?? null,
      envelope: JSON.stringify(envelope),
    })
    .execute();
  return { sha256, envelope, snapshot };
}

/** The latest snapshots of every tree: what screens may be sent. */
export async function snapshotEnvelopes(db: Queries): Promise<{ sha256: string; envelope: Envelope }[]> {
  const rows = await db.selectFrom('snapshots').select(['sha256', 'envelope']).orderBy('number', 'desc').limit(keptInForce).execute();
  return rows.map(({ sha256, envelope }) => ({ sha256, envelope: envelopeSchema.parse(JSON.parse(envelope)) }));
}

/** Replaces the signatures of a snapshot; its bytes and so its hash stay. */
export async function signAgain(trx: Queries, keys: Pick<Keys, 'sign'>, sha256: string, { payload }: Envelope): Promise<void> {
  const { envelope } = keys.sign('snapshot', JSON.parse(payload));
  if (envelope.payload !== payload) throw new Error(`snapshot ${sha256} cannot be signed again as it stands`);
  await trx
    .updateTable('snapshots')
    .set({ envelope: JSON.stringify(envelope) })
    .where('sha256', '=', sha256)
    .execute();
}

function stored({ sha256, envelope }: { sha256: string; envelope: string }): StoredSnapshot {
  const parsed = envelopeSchema.parse(JSON.parse(envelope));
  const opened = readPayload(parsed.payload, snapshotSchema);
  if (!opened.ok) throw new Error(`snapshot ${sha256} in the database is damaged: ${opened.detail}`);
  return { sha256, envelope: parsed, snapshot: opened.document };
}

/** The snapshot in force, and the one before it that it may be compared with: a sample never stands before real figures. */
export interface CurrentSnapshots {
  readonly current: StoredSnapshot;
  readonly previous: StoredSnapshot | null;
}

/** What screens of a campaign and tree should show now; `undefined` while there is nothing for this audience. */
export async function currentSnapshots(db: Queries, campaign: string, tree: string, audience: SnapshotAudience): Promise<CurrentSnapshots | undefined> {
  const ofTree = db.selectFrom('snapshots').select(['sha256', 'envelope', 'sample', 'number']).where('campaign', '=', campaign).where('tree', '=', tree);
  const current = await ofTree
    .$if(audience === 'real', (query) => query.where('sample', '=', 0))
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!current) return undefined;
  const previous = await ofTree.where('sample', '=', current.sample).where('number', '<', current.number).orderBy('number', 'desc').limit(1).executeTakeFirst();
  return { current: stored(current), previous: previous ? stored(previous) : null };
}

/** The same as it travels to players. */
export function pushOf({ current, previous }: CurrentSnapshots): SnapshotPush {
  return { current: current.envelope, previous: previous?.envelope ?? null };
}

export async function snapshotEnvelope(db: Queries, sha256: string): Promise<Envelope | undefined> {
  const row = await db.selectFrom('snapshots').select('envelope').where('sha256', '=', sha256).executeTakeFirst();
  return row && envelopeSchema.parse(JSON.parse(row.envelope));
}
