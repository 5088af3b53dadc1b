// Scoreboard snapshots: numbered in one growing series, signed, kept for ever.
import { envelopeSchema, readPayload, type Envelope } from '../../core/signed.ts';
import { snapshotSchema, type Snapshot } from '../../core/snapshot.ts';
import type { SnapshotPush } from '../../core/protocol.ts';
import { nextNumber } from '../database/counter-store.ts';
import type { Queries } from '../database/open-database.ts';
import { readingOnce } from '../database/reading-once.ts';
import type { Row } from '../database/schema.ts';
import type { Keys } from '../keys/keys.ts';

export interface StoredSnapshot {
  readonly sha256: string;
  readonly envelope: Envelope;
  readonly snapshot: Snapshot;
  /** Number of the snapshot that its changes are measured against. */
  readonly comparedTo: number | null;
}

export const storedColumns = ['sha256', 'envelope', 'compared_to'] as const;

/** A snapshot before it is issued: its number and instant come with its signature. */
export type SnapshotDraft = Omit<Snapshot, 'number' | 'issuedAt'>;

export interface Origin {
  /** Name of the person or token, or `server`. */
  readonly author: string;
  readonly importId?: string | undefined;
  /** Of one that takes the place of another: why, and the number that its changes are measured against. */
  readonly reason?: string;
  readonly comparedTo?: number | null;
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
  { author, importId, reason = '', comparedTo }: Origin,
): Promise<StoredSnapshot> {
  const compared_to = comparedTo === undefined ? await latestAlike(trx, draft) : comparedTo;
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
      compared_to,
      replaces: snapshot.replaces?.number ?? null,
      how: snapshot.replaces?.how ?? null,
      reason,
    })
    .execute();
  return { sha256, envelope, snapshot, comparedTo: compared_to };
}

/** Number of the latest figures of the same contest and kind; none after figures were taken back and nothing stands. */
async function latestAlike(db: Queries, { campaign, tree, sample }: SnapshotDraft): Promise<number | null> {
  const row = await db
    .selectFrom('snapshots')
    .select([...storedColumns])
    .where('campaign', '=', campaign)
    .where('tree', '=', tree)
    .where('sample', '=', sample ? 1 : 0)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const latest = row && parseStored(row);
  return latest && latest.snapshot.rows.length > 0 ? latest.snapshot.number : null;
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

/** Those in force are asked for with every screen that connects. */
const readSigned = readingOnce(
  envelopeSchema.transform((envelope) => ({ envelope, opened: readPayload(envelope.payload, snapshotSchema) })),
  20,
);

export function parseStored({ sha256, envelope: text, compared_to }: Pick<Row<'snapshots'>, (typeof storedColumns)[number]>): StoredSnapshot {
  const { envelope, opened } = readSigned(text);
  if (!opened.ok) throw new Error(`snapshot ${sha256} in the database is damaged: ${opened.detail}`);
  return { sha256, envelope, snapshot: opened.document, comparedTo: compared_to };
}

/** The snapshot in force, and the one before it that it may be compared with: a sample never stands before real figures. */
export interface CurrentSnapshots {
  readonly current: StoredSnapshot;
  readonly previous: StoredSnapshot | null;
}

/** A snapshot by its number, of whatever campaign. */
export async function snapshotByNumber(db: Queries, number: number): Promise<StoredSnapshot | undefined> {
  const row = await db
    .selectFrom('snapshots')
    .select([...storedColumns])
    .where('number', '=', number)
    .executeTakeFirst();
  return row && parseStored(row);
}

/** The import that a snapshot came from. */
export async function snapshotImport(db: Queries, sha256: string): Promise<string | null> {
  const row = await db.selectFrom('snapshots').select('import').where('sha256', '=', sha256).executeTakeFirst();
  return row?.import ?? null;
}

/** What a snapshot's changes are measured against. */
export async function comparedWith(db: Queries, { comparedTo }: StoredSnapshot): Promise<StoredSnapshot | null> {
  return comparedTo === null ? null : ((await snapshotByNumber(db, comparedTo)) ?? null);
}

/** What screens of a campaign and tree should show; `undefined` while there is nothing for this audience. It has no rows where figures were taken back. */
function newestSnapshot(db: Queries, campaign: string, tree: string, audience: SnapshotAudience) {
  return db
    .selectFrom('snapshots')
    .select([...storedColumns])
    .where('campaign', '=', campaign)
    .where('tree', '=', tree)
    .$if(audience === 'real', (query) => query.where('sample', '=', 0))
    .orderBy('number', 'desc')
    .limit(1);
}

export async function currentSnapshots(db: Queries, campaign: string, tree: string, audience: SnapshotAudience): Promise<CurrentSnapshots | undefined> {
  const row = await newestSnapshot(db, campaign, tree, audience).executeTakeFirst();
  if (!row) return undefined;
  const current = parseStored(row);
  return { current, previous: await comparedWith(db, current) };
}

/** What they should have shown at an instant of the past. */
export async function snapshotAt(db: Queries, campaign: string, tree: string, audience: SnapshotAudience, at: number): Promise<StoredSnapshot | undefined> {
  const row = await newestSnapshot(db, campaign, tree, audience).where('issued_at', '<=', at).executeTakeFirst();
  return row && parseStored(row);
}

/** The numbers before and after one, among those that an audience may see. */
export async function neighboursOf(
  db: Queries,
  { campaign, tree, audience }: { readonly campaign: string; readonly tree: string; readonly audience: SnapshotAudience },
  number: number,
): Promise<{ earlier: number | undefined; later: number | undefined }> {
  const ofContest = db
    .selectFrom('snapshots')
    .select('number')
    .where('campaign', '=', campaign)
    .where('tree', '=', tree)
    .$if(audience === 'real', (query) => query.where('sample', '=', 0))
    .limit(1);
  const earlier = await ofContest.where('number', '<', number).orderBy('number', 'desc').executeTakeFirst();
  const later = await ofContest.where('number', '>', number).orderBy('number', 'asc').executeTakeFirst();
  return { earlier: earlier?.number, later: later?.number };
}

/** The same as it travels to players. */
export function pushOf({ current, previous }: CurrentSnapshots): SnapshotPush {
  return { current: current.envelope, previous: previous?.envelope ?? null };
}

export async function snapshotEnvelope(db: Queries, sha256: string): Promise<Envelope | undefined> {
  const row = await db.selectFrom('snapshots').select('envelope').where('sha256', '=', sha256).executeTakeFirst();
  return row && envelopeSchema.parse(JSON.parse(row.envelope));
}
