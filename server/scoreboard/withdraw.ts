// Taking figures back: a new number that restores those before them, or says that there are none. Nothing old is ever changed.
import type { ErrorCode } from '../../core/errors.ts';
import { undoMs } from '../../core/board-api.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { ServerContext } from '../context.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { addSnapshot, comparedWith, currentSnapshots, snapshotImport, type CurrentSnapshots } from './snapshot-store.ts';

export type Withdrawn = { ok: true; snapshots: CurrentSnapshots } | { ok: false; reason: ErrorCode };

type Parts = Pick<ServerContext, 'db' | 'keys' | 'now' | 'audit'>;

interface Withdrawal {
  readonly reason: string;
  /** Name of the person or token. */
  readonly who: string;
}

async function takeBack(trx: Queries, { keys, now, audit }: Parts, inForce: CurrentSnapshots, { reason, who }: Withdrawal): Promise<CurrentSnapshots> {
  const { current } = inForce;
  const restored = await comparedWith(trx, current);
  const { number: _number, issuedAt: _issuedAt, rows, ...frame } = (restored ?? current).snapshot;
  const replaces = { number: current.snapshot.number, how: 'withdrawal' } as const;
  const draft = { ...frame, replaces, rows: restored ? rows : [] };
  const added = await addSnapshot(trx, keys, draft, now(), { author: who, reason, comparedTo: restored?.comparedTo ?? null });
  await audit(
    {
      who,
      what: 'scoreboard.withdraw',
      subject: String(current.snapshot.number),
      before: { number: current.snapshot.number, sha256: current.sha256 },
      after: { number: added.snapshot.number, sha256: added.sha256, restores: restored?.snapshot.number ?? null, reason },
    },
    trx,
  );
  return { current: added, previous: await comparedWith(trx, added) };
}

async function inForceNow(trx: Queries): Promise<CurrentSnapshots | undefined> {
  const campaign = await currentCampaign(trx);
  const snapshots = campaign && (await currentSnapshots(trx, campaign.id, campaign.tree, 'trial'));
  return snapshots && snapshots.current.snapshot.rows.length > 0 ? snapshots : undefined;
}

/** Withdraws the figures in force. Older ones were replaced already: what is said of them stays as it is. */
export function withdrawSnapshot(parts: Parts, number: number, withdrawal: Withdrawal): Promise<Withdrawn> {
  return transact(parts.db, async (trx): Promise<Withdrawn> => {
    const inForce = await inForceNow(trx);
    if (inForce?.current.snapshot.number !== number) return { ok: false, reason: 'snapshot-not-in-force' };
    if (inForce.current.snapshot.final) return { ok: false, reason: 'final-stands' };
    return { ok: true, snapshots: await takeBack(trx, parts, inForce, withdrawal) };
  });
}

export const undoReason = 'Người nhập số liệu hoàn tác trong 10 phút sau khi xác nhận.';

/** Undoes an import while that is still possible: its figures are in force, and were issued minutes ago. */
export function undoImport(parts: Parts, id: string, who: string): Promise<Withdrawn> {
  return transact(parts.db, async (trx): Promise<Withdrawn> => {
    const inForce = await inForceNow(trx);
    if (!inForce || (await snapshotImport(trx, inForce.current.sha256)) !== id) return { ok: false, reason: 'snapshot-not-in-force' };
    if (inForce.current.snapshot.final) return { ok: false, reason: 'final-stands' };
    if (parts.now() >= inForce.current.snapshot.issuedAt + undoMs) return { ok: false, reason: 'undo-too-late' };
    return { ok: true, snapshots: await takeBack(trx, parts, inForce, { reason: undoReason, who }) };
  });
}
