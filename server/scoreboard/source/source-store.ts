// The address of figures that is asked on a schedule, and what came of it last.
import { z } from 'zod';
import { pulledSchema } from '../../../core/source-api.ts';
import type { Queries } from '../../database/open-database.ts';
import { readSetting, writeSetting } from '../../settings/setting-store.ts';

const sourceSchema = z.object({
  campaign: z.string(),
  url: z.string(),
  everyMinutes: z.number(),
  /** Whoever set it stands behind its figures. */
  person: z.string(),
  name: z.string(),
  at: z.int(),
});
export type FigureSource = z.infer<typeof sourceSchema>;

const stateSchema = z.object({
  last: pulledSchema,
  /** Of the last file that was taken: with these nothing is sent or read twice. */
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  sha256: z.string().optional(),
});
export type SourceState = z.infer<typeof stateSchema>;

const [sourceKey, stateKey] = ['figure-source', 'figure-source-state'];

export async function readSource(db: Queries): Promise<FigureSource | undefined> {
  return (await readSetting(db, sourceKey, sourceSchema.nullable())) ?? undefined;
}

/** Another source, or none: what was known of the one before is forgotten. */
export async function writeSource(trx: Queries, source: FigureSource | null): Promise<void> {
  await writeSetting(trx, sourceKey, source);
  await writeSetting(trx, stateKey, null);
}

/** Another campaign is in force: the address goes on for it, and what it gave already is not taken again; without one it is forgotten. */
export async function followCampaign(trx: Queries, campaign: string | undefined): Promise<void> {
  const source = await readSource(trx);
  if (!source) return;
  if (campaign === undefined) await writeSource(trx, null);
  else await writeSetting(trx, sourceKey, { ...source, campaign });
}

export async function readState(db: Queries): Promise<SourceState | undefined> {
  return (await readSetting(db, stateKey, stateSchema.nullable())) ?? undefined;
}

export const writeState = (db: Queries, state: SourceState): Promise<void> => writeSetting(db, stateKey, state);
