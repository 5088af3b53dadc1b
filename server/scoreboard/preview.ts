// What an import would change: each row with its rank now and after, the findings, the city's total.
import type { ImportPreview } from '../../core/import-api.ts';
import type { Campaign } from '../../core/campaign.ts';
import { standings } from '../../core/scoreboard.ts';
import type { Snapshot, SnapshotRow } from '../../core/snapshot.ts';
import type { Checked, CheckedRow } from './check-rows.ts';
import type { SnapshotDraft } from './snapshot-store.ts';

type RowsOfPreview = readonly Pick<CheckedRow, 'unit' | 'count' | 'base' | 'target' | 'accepted'>[];

/**
 * The rows of the snapshot that accepted rows make, each unit at most once.
 * A unit without an accepted row is left out, not carried over and not set to 0: an old or invented figure under a new cut-off would be a lie.
 * Standings then treat it as not there, and stage and public page list it as "chưa có số liệu" from the campaign's tree.
 */
export function snapshotRows(rows: RowsOfPreview): SnapshotRow[] {
  return rows.flatMap(({ unit, count, base, target, accepted }) =>
    accepted && unit && count !== null ? [{ unit: unit.code, count, base, ...(target === null ? {} : { target }) }] : [],
  );
}

export interface Terms {
  readonly sample: boolean;
  readonly cutOff: number;
  /** Number of the snapshot in force that is put right. */
  readonly corrects?: number;
}

export function draftOf(campaign: Campaign, rows: SnapshotRow[], { sample, cutOff, corrects }: Terms): SnapshotDraft {
  const { id, tree, measure, denominator, source, rankBy } = campaign;
  const replaces = corrects === undefined ? {} : { replaces: { number: corrects, how: 'correction' as const } };
  return { campaign: id, tree, measure, denominator, source, rankBy, asOf: cutOff, cutOff, sample, ...replaces, rows };
}

export type PreviewFrame = Pick<ImportPreview, 'id' | 'file' | 'sheet' | 'sheets' | 'expiresAt' | 'holds'>;

/** @param current the snapshot in force, where it may be compared with this one */
export function previewOf(frame: PreviewFrame, { rows, findings }: Checked, draft: SnapshotDraft, current: Snapshot | undefined): ImportPreview {
  const after = draft.rows.length > 0 ? standings({ ...draft, number: 1, issuedAt: draft.cutOff }) : undefined;
  const before = current && standings(current);
  const rankIn = (list: typeof after, unit: string | undefined) => list?.rows.find((row) => row.unit === unit)?.rank ?? null;
  return {
    ...frame,
    state: 'pending',
    sample: draft.sample,
    cutOff: draft.cutOff,
    ...(draft.replaces === undefined ? {} : { corrects: draft.replaces.number }),
    rows: rows.map((row) => ({
      ...row,
      choices: [...row.choices],
      suggested: null,
      rankBefore: rankIn(before, row.unit?.code),
      rankAfter: row.accepted ? rankIn(after, row.unit?.code) : null,
    })),
    findings: [...findings],
    accepted: draft.rows.length,
    errors: findings.filter(({ severity }) => severity === 'error').length,
    totals: { count: after?.totals.count ?? 0, base: after?.totals.base ?? 0, rate: after?.totals.rate ?? null },
  };
}
