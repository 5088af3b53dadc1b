// A read table against the campaign in force: units, former units, the snapshot before, and so the preview.
import { randomUUID } from 'node:crypto';
import type { ImportPreview } from '../../core/api.ts';
import type { Campaign } from '../../core/campaign.ts';
import type { ErrorCode } from '../../core/errors.ts';
import { comparable } from '../../core/scoreboard.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Queries } from '../database/open-database.ts';
import { unitsOfTree } from '../units/unit-store.ts';
import { checkRows } from './check-rows.ts';
import type { RawTable } from './find-rows.ts';
import { formerUnits } from './former-unit-store.ts';
import { holdLines, holdsOfDraft } from './compare-import.ts';
import { draftOf, previewOf, snapshotRows, type Terms } from './preview.ts';
import { currentSnapshots } from './snapshot-store.ts';

/** How long a preview waits to be confirmed. */
export const previewLifeMs = 60 * 60_000;

export type Previewed = { ok: true; preview: ImportPreview; basedOn: number } | { ok: false; reason: ErrorCode };

export async function makePreview(db: Queries, campaign: Campaign, table: RawTable, file: string, terms: Terms, now: number): Promise<Previewed> {
  const units = await unitsOfTree(db, campaign.tree);
  const former = await formerUnits(db, campaign.tree);
  const inForce = await currentSnapshots(db, campaign.id, campaign.tree, 'trial');
  const latest = inForce?.current.snapshot;
  if (terms.corrects !== undefined && (latest?.number !== terms.corrects || latest.rows.length === 0)) return { ok: false, reason: 'snapshot-not-in-force' };
  const bare = { ...draftOf(campaign, [], terms), number: 1, issuedAt: now };
  // Made-up bases and counts never mix with real ones, nor those of another measure.
  const alike = (snapshot: Snapshot | undefined) => (snapshot && comparable(snapshot, bare) ? snapshot : undefined);
  // Wrong figures are no measure of what is right: a correction is held against those before them.
  const before = terms.corrects === undefined ? latest : inForce?.previous?.snapshot;
  const checked = checkRows(table, { units, former, current: alike(before)?.rows ?? [] });
  const draft = draftOf(campaign, snapshotRows(checked.rows), terms);
  const holds = holdLines(await holdsOfDraft(db, campaign, draft), units, campaign.zone);
  const frame = { id: randomUUID(), file, expiresAt: now + previewLifeMs, holds };
  const preview = previewOf(frame, checked, draft, alike(latest));
  return { ok: true, preview, basedOn: latest?.number ?? 0 };
}
