// Imports: what was read from a file and waits to be confirmed, with what it was compared against.
import { importPreviewSchema, type ImportPreview, type ImportState } from '../../core/import-api.ts';
import { saidHeadingSchema, type SaidHeading } from './chosen-heading.ts';
import type { Queries } from '../database/open-database.ts';
import { rawTableSchema, type RawTable } from './raw-table.ts';

export interface PendingImport {
  readonly preview: ImportPreview;
  readonly campaign: string;
  readonly tree: string;
  readonly author: string;
  /** See `senderOf`; empty for those before senders were kept. */
  readonly sender: string;
  /** As it was read, where names in it fit several units. */
  readonly table: RawTable | undefined;
  /** What a person said of its heading. */
  readonly said: SaidHeading | undefined;
  readonly createdAt: number;
  /** Number of the snapshot that the preview was made against; 0 when there was none. */
  readonly basedOn: number;
}

/** JSON has no word for a cell that is no finite number; as text it is refused like any other. */
const readable = (_key: string, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value);

export async function addImport(db: Queries, { preview, campaign, tree, author, sender, table, said, createdAt, basedOn }: PendingImport): Promise<void> {
  await db
    .insertInto('imports')
    .values({
      id: preview.id,
      file: preview.file,
      state: preview.state,
      campaign,
      tree,
      sample: preview.sample ? 1 : 0,
      cut_off: preview.cutOff,
      created_at: createdAt,
      expires_at: preview.expiresAt,
      author,
      sender,
      preview: JSON.stringify(preview),
      raw: table === undefined ? null : JSON.stringify(table, readable),
      heading: said === undefined ? null : JSON.stringify(said),
      based_on_snapshot: basedOn,
    })
    .execute();
}

export async function findImport(db: Queries, id: string): Promise<PendingImport | undefined> {
  const row = await db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const preview = importPreviewSchema.parse(JSON.parse(row.preview));
  return {
    preview: { ...preview, state: row.state },
    campaign: row.campaign,
    tree: row.tree,
    author: row.author,
    sender: row.sender,
    table: row.raw === null ? undefined : rawTableSchema.parse(JSON.parse(row.raw)),
    said: row.heading === null ? undefined : saidHeadingSchema.parse(JSON.parse(row.heading)),
    createdAt: row.created_at,
    basedOn: row.based_on_snapshot,
  };
}

/** Keeps the preview as it was confirmed: with the units that were chosen. */
export async function keepPreview(trx: Queries, preview: ImportPreview): Promise<void> {
  await trx
    .updateTable('imports')
    .set({ preview: JSON.stringify(preview), raw: null })
    .where('id', '=', preview.id)
    .execute();
}

export async function setImportState(trx: Queries, id: string, state: Exclude<ImportState, 'pending'>): Promise<void> {
  await trx.updateTable('imports').set({ state }).where('id', '=', id).execute();
}

const keptAfterExpiryMs = 24 * 60 * 60_000;

/** Forgets what nobody confirmed in time, so that uploads do not fill the disk; a day later, so that whoever comes late is told why. */
export async function dropExpiredImports(db: Queries, now: number): Promise<void> {
  await db
    .deleteFrom('imports')
    .where('state', '=', 'pending')
    .where('expires_at', '<', now - keptAfterExpiryMs)
    .execute();
}
