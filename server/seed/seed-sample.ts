// The sample scoreboard: two snapshots of obviously made-up figures, so that a trial has ranks and changes to show.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Campaign } from '../../core/campaign.ts';
import type { SnapshotRow } from '../../core/snapshot.ts';
import type { Queries } from '../database/open-database.ts';
import type { Keys } from '../keys/keys.ts';
import { addSnapshot, currentSnapshots } from '../scoreboard/snapshot-store.ts';
import { readCsv } from './read-csv.ts';

const number = z.string().regex(/^\d+$/).transform(Number);
const rowSchema = z.object({ code: z.string(), count: number, base: number, target: number, previous: number });
type SampleRow = z.infer<typeof rowSchema>;

const daysBetween = 7;

/** 17:00 some days before: no real minute stands beside figures that are not real. */
function closingTime(now: number, zone: string, daysBefore: number): number {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  return today.subtract({ days: daysBefore }).toZonedDateTime({ timeZone: zone, plainTime: '17:00' }).epochMilliseconds;
}

/** Adds the sample of the campaign's tree unless some figures are there. A site's own tree has none. */
export async function seedSample(db: Queries, keys: Keys, campaign: Campaign, assetsDir: string, now: number): Promise<boolean> {
  if (await currentSnapshots(db, campaign.id, campaign.tree, 'trial')) return false;
  const sample = join(assetsDir, 'samples', `scoreboard-${campaign.tree}.csv`);
  if (!existsSync(sample)) return false;
  const rows = await readCsv(sample, rowSchema);
  const add = async (daysBefore: number, countOf: (row: SampleRow) => number) => {
    const cutOff = closingTime(now, campaign.zone, daysBefore);
    const { id, tree, measure, denominator, source, rankBy } = campaign;
    const figures: SnapshotRow[] = rows.map((row) => ({ unit: row.code, count: countOf(row), base: row.base, target: row.target }));
    await addSnapshot(db, keys, { campaign: id, tree, measure, denominator, source, rankBy, asOf: cutOff, cutOff, sample: true, rows: figures }, now, {
      author: 'server',
    });
  };
  await add(1 + daysBetween, ({ previous }) => previous);
  await add(1, ({ count }) => count);
  return true;
}
