// An import against what is published now: the snapshot that it would make, what has to wait for a second person, and the hash of all of it.
import type { Basis } from '../../core/approval-api.ts';
import { holdLimitsOf, type Campaign } from '../../core/campaign.ts';
import type { ErrorCode } from '../../core/errors.ts';
import type { HoldLine } from '../../core/hold-api.ts';
import { holdsOf, holdWords, type Hold } from '../../core/holds.ts';
import { fullName, type Unit } from '../../core/units.ts';
import { sentenceCase } from '../../core/vietnamese.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Queries } from '../database/open-database.ts';
import { sha256 } from '../keys/ed25519.ts';
import { finalMark } from './final-draft.ts';
import type { PendingImport } from './import-store.ts';
import { draftOf, snapshotRows } from './preview.ts';
import { publishedFigures } from './published-figures.ts';
import { currentSnapshots, type CurrentSnapshots, type SnapshotDraft, type StoredSnapshot } from './snapshot-store.ts';

export interface Compared {
  readonly draft: SnapshotDraft;
  readonly holds: readonly Hold[];
  readonly inForce: CurrentSnapshots | undefined;
  /** The figures in force, where these put them right. */
  readonly corrected: StoredSnapshot | undefined;
}

export const numberInForce = (inForce: CurrentSnapshots | undefined): number => inForce?.current.snapshot.number ?? 0;

export async function holdsOfDraft(db: Queries, campaign: Campaign, draft: SnapshotDraft): Promise<Hold[]> {
  return holdsOf(draft.rows, draft.cutOff, await publishedFigures(db, draft), holdLimitsOf(campaign));
}

export function holdLines(holds: readonly Hold[], units: readonly Unit[], zone: string): HoldLine[] {
  const names = new Map(units.map((unit) => [unit.code, sentenceCase(fullName(unit))]));
  return holds.map((hold) => ({ ...hold, name: names.get(hold.unit) ?? hold.unit, why: holdWords(hold, zone) }));
}

/**
 * Runs inside the transaction that publishes or holds.
 * @param basis the document on which a correction of the final result rests; without it nothing new is final
 */
export async function compareImport(
  db: Queries,
  { preview, ...pending }: PendingImport,
  basis: Basis | null,
): Promise<({ ok: true } & Compared) | { ok: false; reason: ErrorCode }> {
  const campaign = await currentCampaign(db);
  if (campaign?.id !== pending.campaign || campaign.tree !== pending.tree) return { ok: false, reason: 'import-stale' };
  if (preview.sample && !campaign.trial) return { ok: false, reason: 'sample-on-real-screen' };
  const inForce = await currentSnapshots(db, campaign.id, campaign.tree, 'trial');
  const corrected = preview.corrects === undefined ? undefined : inForce?.current;
  if (campaign.closedOn !== undefined && preview.corrects === undefined) return { ok: false, reason: 'contest-closed' };
  if (preview.corrects !== corrected?.snapshot.number) return { ok: false, reason: 'snapshot-not-in-force' };
  const { corrects, ...terms } = preview;
  const figures = draftOf(campaign, snapshotRows(preview.rows), corrects === undefined ? terms : { ...terms, corrects });
  if (corrected?.snapshot.final && basis === null) return { ok: false, reason: 'final-needs-basis' };
  const draft = corrected?.snapshot.final && basis !== null ? { ...figures, ...finalMark(basis) } : figures;
  return { ok: true, draft, holds: await holdsOfDraft(db, campaign, draft), inForce, corrected };
}

/** SHA-256 over exactly what a second person decides about. */
export function digestOf({ draft, holds, inForce }: Compared, reason: string): string {
  return sha256(Buffer.from(`ihanoi/1/held\n${JSON.stringify({ draft, holds, reason, comparedWith: numberInForce(inForce) })}`));
}
