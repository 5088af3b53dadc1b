// Confirming an import: all checks and the new snapshot in one transaction, or nothing.
import type { ErrorCode } from '../../core/errors.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import { transact, type Queries } from '../database/open-database.ts';
import type { ServerContext } from '../context.ts';
import { findImport, markConfirmed } from './import-store.ts';
import { draftOf, snapshotRows } from './preview.ts';
import { addSnapshot, currentSnapshots, type CurrentSnapshots } from './snapshot-store.ts';

export type Confirmed = { ok: true; snapshots: CurrentSnapshots; leftOut: number } | { ok: false; reason: ErrorCode };

export interface Confirmation {
  readonly id: string;
  readonly leaveOutBadRows: boolean;
  /** Why earlier figures were wrong, where these put them right. */
  readonly reason?: string | undefined;
  /** Name of the person or token. */
  readonly who: string;
}

type Parts = Pick<ServerContext, 'db' | 'keys' | 'now' | 'audit'>;

async function confirmWithin(trx: Queries, { keys, now, audit }: Parts, { id, leaveOutBadRows, reason, who }: Confirmation): Promise<Confirmed> {
  const pending = await findImport(trx, id);
  if (!pending) return { ok: false, reason: 'not-found' };
  const { preview, basedOn } = pending;
  const at = now();
  if (preview.state === 'confirmed' || at >= preview.expiresAt) return { ok: false, reason: 'import-done' };
  const campaign = await currentCampaign(trx);
  const isSameContest = campaign?.id === pending.campaign && campaign.tree === pending.tree;
  if (!campaign || !isSameContest) return { ok: false, reason: 'import-stale' };
  if (preview.sample && !campaign.trial) return { ok: false, reason: 'sample-on-real-screen' };
  const before = await currentSnapshots(trx, campaign.id, campaign.tree, 'trial');
  if ((before?.current.snapshot.number ?? 0) !== basedOn) return { ok: false, reason: 'import-stale' };
  const corrected = preview.corrects === undefined ? undefined : before?.current;
  if (corrected && reason === undefined) return { ok: false, reason: 'reason-needed' };
  if (preview.errors > 0 && !leaveOutBadRows) return { ok: false, reason: 'import-has-errors' };
  const rows = snapshotRows(preview.rows);
  if (rows.length === 0) return { ok: false, reason: 'import-empty' };
  const { corrects, ...terms } = preview;
  const draft = draftOf(campaign, rows, corrects === undefined ? terms : { ...terms, corrects });
  const instead = corrected ? { reason: reason ?? '', comparedTo: corrected.comparedTo } : {};
  const added = await addSnapshot(trx, keys, draft, at, { author: who, importId: id, ...instead });
  await markConfirmed(trx, id);
  await audit(
    {
      who,
      what: 'scoreboard.confirm',
      subject: id,
      before: before && { number: before.current.snapshot.number, sha256: before.current.sha256 },
      after: {
        number: added.snapshot.number,
        sha256: added.sha256,
        file: preview.file,
        sample: preview.sample,
        ...(corrected ? { corrects: corrected.snapshot.number, reason } : {}),
        rows: rows.length,
        leftOut: preview.rows.length - rows.length,
      },
    },
    trx,
  );
  const snapshots = await currentSnapshots(trx, campaign.id, campaign.tree, 'trial');
  if (!snapshots) throw new Error('the snapshot that was just added is not there');
  return { ok: true, snapshots, leftOut: preview.rows.length - rows.length };
}

/** Makes the import the scoreboard in force. What is refused changes nothing. */
export function confirmImport(parts: Parts, confirmation: Confirmation): Promise<Confirmed> {
  return transact(parts.db, (trx) => confirmWithin(trx, parts, confirmation));
}
