// A read table against the campaign in force: units, former units, the snapshot before, and so the preview.
import { randomUUID } from 'node:crypto';
import type { ImportPreview } from '../../core/api.ts';
import type { Campaign } from '../../core/campaign.ts';
import { comparable } from '../../core/scoreboard.ts';
import type { Queries } from '../database/open-database.ts';
import { unitsOfTree } from '../units/unit-store.ts';
import { checkRows } from './check-rows.ts';
import type { RawTable } from './find-rows.ts';
import { formerUnits } from './former-unit-store.ts';
import { draftOf, previewOf, snapshotRows, type Terms } from './preview.ts';
import { currentSnapshots } from './snapshot-store.ts';

/** How long a preview waits to be confirmed. */
export const previewLifeMs = 60 * 60_000;

export interface Previewed {
  readonly preview: ImportPreview;
  readonly basedOn: number;
}

export async function makePreview(db: Queries, campaign: Campaign, table: RawTable, file: string, terms: Terms, now: number): Promise<Previewed> {
  const units = await unitsOfTree(db, campaign.tree);
  const former = await formerUnits(db, campaign.tree);
  const latest = (await currentSnapshots(db, campaign.id, campaign.tree, 'trial'))?.current.snapshot;
  const bare = { ...draftOf(campaign, [], terms), number: 1, issuedAt: now };
  // Made-up bases and counts never mix with real ones, nor those of another measure.
  const current = latest && comparable(latest, bare) ? latest : undefined;
  const checked = checkRows(table, { units, former, current: current?.rows ?? [], denominator: campaign.denominator.name });
  const frame = { id: randomUUID(), file, expiresAt: now + previewLifeMs };
  const preview = previewOf(frame, checked, draftOf(campaign, snapshotRows(checked.rows), terms), current);
  return { preview, basedOn: latest?.number ?? 0 };
}
