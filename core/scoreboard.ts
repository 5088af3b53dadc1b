// Standings from exact counts: rates, ranks with ties, changes against the snapshot before, totals.
import type { Snapshot, SnapshotRow } from './snapshot.ts';

export interface Change {
  /** Places gained since the snapshot before; negative when lost. Absent when one of the two is unranked. */
  readonly places: number | undefined;
  readonly count: number;
  /** Gain in rate, as a fraction: 0.012 is 1.2 percentage points. Absent without a base in both. */
  readonly rate: number | undefined;
}

export interface Standing {
  readonly unit: string;
  readonly count: number;
  readonly base: number | null;
  readonly target: number | undefined;
  /** `count / target`; absent without a target. */
  readonly reached: number | undefined;
  /** `count / base`; absent without a base. */
  readonly rate: number | undefined;
  /** 1 is best; equal results share a rank and the next one skips (1, 2, 2, 4). Absent when it cannot be ranked. */
  readonly rank: number | undefined;
  readonly tied: boolean;
  readonly change: Change | undefined;
}

export interface Totals {
  readonly count: number;
  /** Sum of the bases of the units that have one. */
  readonly base: number;
  /** Counts of units with a base over their bases; absent when no unit has one. */
  readonly rate: number | undefined;
  readonly target: number | undefined;
  readonly targetReached: number;
  readonly ranked: number;
  readonly unranked: number;
}

export interface Standings {
  /** By rank, then in the order of the snapshot; the unranked last. */
  readonly rows: readonly Standing[];
  readonly totals: Totals;
  /** Units whose rate (or count, where ranked by it) grew, biggest growth first. Empty without a comparable snapshot before. */
  readonly risers: readonly Standing[];
}

/** Sign of `a.count / a.base - b.count / b.base`, exactly. Counts are below 2^26.5, so the products are whole numbers below 2^53. */
function compareRates(a: SnapshotRow, b: SnapshotRow): number {
  return a.count * (b.base ?? 0) - b.count * (a.base ?? 0);
}

function isRanked(row: SnapshotRow, rankBy: Snapshot['rankBy']): boolean {
  return rankBy === 'count' || (row.base ?? 0) > 0;
}

interface Ranked {
  readonly row: SnapshotRow;
  readonly rank: number | undefined;
  readonly tied: boolean;
}

function rank({ rows, rankBy }: Snapshot): Ranked[] {
  const compare = rankBy === 'count' ? (a: SnapshotRow, b: SnapshotRow) => a.count - b.count : compareRates;
  const sorted = rows.filter((row) => isRanked(row, rankBy)).sort((a, b) => compare(b, a));
  const ranked: Ranked[] = [];
  sorted.forEach((row, index) => {
    const above = ranked[index - 1];
    const equalsAbove = above !== undefined && compare(above.row, row) === 0;
    const below = sorted[index + 1];
    const equalsBelow = below !== undefined && compare(below, row) === 0;
    ranked.push({ row, rank: equalsAbove ? above.rank : index + 1, tied: equalsAbove || equalsBelow });
  });
  const unranked = rows.filter((row) => !isRanked(row, rankBy)).map((row): Ranked => ({ row, rank: undefined, tied: false }));
  return [...ranked, ...unranked];
}

/** Figures are compared only when they measure the same thing against the same base in the same tree. */
export function comparable(a: Snapshot, b: Snapshot): boolean {
  return (
    a.campaign === b.campaign &&
    a.tree === b.tree &&
    a.sample === b.sample &&
    a.rankBy === b.rankBy &&
    a.measure.id === b.measure.id &&
    a.denominator.source === b.denominator.source &&
    a.denominator.asOf === b.denominator.asOf
  );
}

function rateOf({ count, base }: SnapshotRow): number | undefined {
  return base ? count / base : undefined;
}

function changeOf(now: Ranked, before: Ranked | undefined): Change | undefined {
  if (!before) return undefined;
  const rate = rateOf(now.row);
  const rateBefore = rateOf(before.row);
  return {
    places: now.rank === undefined || before.rank === undefined ? undefined : before.rank - now.rank,
    count: now.row.count - before.row.count,
    rate: rate === undefined || rateBefore === undefined ? undefined : rate - rateBefore,
  };
}

function totalsOf(rows: readonly SnapshotRow[], ranked: number): Totals {
  const based = rows.filter(({ base }) => base);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const base = sum(based.map((row) => row.base ?? 0));
  const targets = rows.flatMap(({ target }) => (target === undefined ? [] : [target]));
  return {
    count: sum(rows.map(({ count }) => count)),
    base,
    rate: base > 0 ? sum(based.map(({ count }) => count)) / base : undefined,
    target: targets.length > 0 ? sum(targets) : undefined,
    targetReached: rows.filter(({ target, count }) => target !== undefined && count >= target).length,
    ranked,
    unranked: rows.length - ranked,
  };
}

/**
 * Standings of a snapshot, with changes against the one before where the two are comparable.
 * Rates are compared as exact fractions; by `snapshot.rankBy`, a unit without a base is unranked.
 */
export function standings(snapshot: Snapshot, previous?: Snapshot): Standings {
  const before = new Map(previous && comparable(snapshot, previous) ? rank(previous).map((entry) => [entry.row.unit, entry]) : []);
  const ranked = rank(snapshot);
  const rows = ranked.map((entry): Standing => {
    const { unit, count, base, target } = entry.row;
    const reached = target ? count / target : undefined;
    return { unit, count, base, target, reached, rate: rateOf(entry.row), rank: entry.rank, tied: entry.tied, change: changeOf(entry, before.get(unit)) };
  });
  const growth = ({ change }: Standing) => (snapshot.rankBy === 'count' ? change?.count : change?.rate) ?? 0;
  const risers = rows.filter((row) => growth(row) > 0).sort((a, b) => growth(b) - growth(a));
  return { rows, totals: totalsOf(snapshot.rows, ranked.filter((entry) => entry.rank !== undefined).length), risers };
}

/** How much more a unit must count to draw level with one that stands above it; exact, and 0 when it already does. */
export function neededToLevel(own: Standing, above: Standing, rankBy: Snapshot['rankBy']): number {
  if (rankBy === 'count') return Math.max(0, above.count - own.count);
  const [base, ownBase] = [above.base ?? 0, own.base ?? 0];
  if (base === 0) return 0;
  const product = above.count * ownBase;
  const rest = product % base;
  return Math.max(0, (product - rest) / base + (rest > 0 ? 1 : 0) - own.count);
}
