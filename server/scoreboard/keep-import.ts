// A read table as an import that waits to be confirmed, whoever sent it. Runs inside a transaction.
import type { ImportPreview } from '../../core/import-api.ts';
import type { Campaign } from '../../core/campaign.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Queries } from '../database/open-database.ts';
import { addImport, dropExpiredImports } from './import-store.ts';
import { makePreview } from './make-preview.ts';
import type { Terms } from './preview.ts';
import type { TableRead } from './read-table.ts';
import type { Upload } from './upload.ts';

/** Clocks of two offices differ; books closed later than this are a mistake. */
const futureToleranceMs = 5 * 60_000;

/** What was said of figures outside of their rows. */
export interface Said {
  readonly sample?: boolean | undefined;
  readonly cutOff?: string | undefined;
  readonly corrects?: number | undefined;
}

export function termsOf(campaign: Campaign, { sample = campaign.trial, cutOff: written, corrects }: Said, now: number): Terms {
  if (sample && !campaign.trial) throw new ApiFailure('sample-on-real-screen');
  const cutOff = written === undefined ? now : Date.parse(written);
  if (cutOff > now + futureToleranceMs) throw new ApiFailure('bad-request', { cutOff: 'lies in the future' });
  return { sample, cutOff, ...(corrects === undefined ? {} : { corrects }) };
}

/** @throws ApiFailure with why the file cannot be read */
export function requireTable({ file, read }: Upload): TableRead {
  if (read.ok) return read;
  const { unreadable } = read;
  throw new ApiFailure(unreadable.reason === 'empty' || unreadable.reason === 'no-rows' ? 'import-empty' : 'import-unreadable', { file, ...unreadable });
}

export interface Sent {
  readonly file: string;
  readonly read: TableRead;
  readonly terms: Terms;
  readonly sender: string;
  readonly author: string;
}

export async function keepImport(trx: Queries, campaign: Campaign, { file, read, terms, sender, author }: Sent, at: number): Promise<ImportPreview> {
  const { table, sheet, sheets, said } = read;
  const previewed = await makePreview(trx, campaign, { table, file, sheet, sheets, terms, sender }, at);
  if (!previewed.ok) throw new ApiFailure(previewed.reason);
  const { preview, basedOn } = previewed;
  const isAsking = preview.rows.some(({ choices }) => choices.length > 0);
  await dropExpiredImports(trx, at);
  const { id, tree } = campaign;
  await addImport(trx, { preview, campaign: id, tree, author, sender, table: isAsking ? table : undefined, createdAt: at, basedOn, said });
  return preview;
}
