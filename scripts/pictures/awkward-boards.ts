// Figures that a layout finds hard, each made of the shipped sample: the longest names in front, ties, nothing counted yet, millions, old ones, none.
import type { Campaign } from '../../core/campaign.ts';
import type { Board } from '../../core/plan.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { shippedBoard, shippedUnits, type Tree } from './shipped-content.ts';

type Rows = Snapshot['rows'];

/** The longest names lead their tables, ties among them. */
function longestFirst(rows: Rows, tree: Tree): Rows {
  const names = new Map(shippedUnits(tree).map(({ code, name }) => [code, name.length]));
  return rows.map((row) => ({ ...row, base: 1_000_000, count: (names.get(row.unit) ?? 0) * 25_000 }));
}

const changes = {
  longest: longestFirst,
  ties: (rows: Rows) => rows.map((row) => ({ ...row, base: 90_000, count: 30_000 })),
  zero: (rows: Rows) => rows.map((row) => ({ ...row, count: 0 })),
  millions: (rows: Rows) => rows.map((row, index) => ({ ...row, base: 12_500_000, count: 10_000_000 + index * 1_111, target: 11_000_000 })),
  unbased: (rows: Rows) => rows.map((row) => ({ ...row, base: null })),
} as const;

export const awkwardData = [...(Object.keys(changes) as (keyof typeof changes)[]), 'stale', 'none'] as const;
export type AwkwardData = (typeof awkwardData)[number];

const hourMs = 3_600_000;

export function awkwardBoard(data: AwkwardData, campaign: Campaign, tree: Tree, now: number): Board | null {
  if (data === 'none') return null;
  const { snapshot, previous } = shippedBoard(campaign, tree, now);
  if (data === 'stale') {
    const asOf = now - (campaign.stale.greyAfterHours + 1) * hourMs;
    return { snapshot: { ...snapshot, sample: false, asOf, cutOff: asOf }, previous };
  }
  const rows = changes[data](snapshot.rows, tree);
  const earlier = rows.map((row) => ({ ...row, count: Math.round(row.count / 2) }));
  return { snapshot: { ...snapshot, rows }, previous: previous && { ...previous, rows: earlier } };
}
