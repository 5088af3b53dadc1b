// A snapshot as the scoreboard draws it: names, figures as text, bars on one scale, phường and xã apart.
import type { Board } from '../../../core/plan.ts';
import type { Language } from '../../../core/primitives.ts';
import { standings, type Standing, type Totals } from '../../../core/scoreboard.ts';
import type { Snapshot } from '../../../core/snapshot.ts';
import { fullName, type Unit } from '../../../core/units.ts';
import { placeOf, type OwnPlace } from './own-place.ts';
import { formatCount, formatPoints, formatRate, sentenceCase } from '../../../core/vietnamese.ts';

export interface BoardRow {
  readonly unit: string;
  readonly name: string;
  readonly rank: number | undefined;
  readonly tied: boolean;
  /** Rate, or count where the campaign ranks by it. */
  readonly figure: string;
  /** Length of its bar, 0 to 1, on the scale of the whole table. */
  readonly share: number;
  /** Places gained; falls are never shown. */
  readonly up: number | undefined;
  /** Growth since the snapshot before, such as "+1,2 điểm %". */
  readonly gain: string;
  readonly gainShare: number;
  readonly own: boolean;
  /** How much of its target is reached, as text; absent without a target. */
  readonly reached: string | undefined;
}

export interface BoardSection {
  /** "phường" or "xã" where they are ranked apart; absent when the tree has one ranking. */
  readonly kind: string | undefined;
  readonly rows: readonly BoardRow[];
  /** The best three; fewer, or none, where a tie would be cut: nobody is left out who did as well as one that is named. */
  readonly leaders: readonly BoardRow[];
  /** Units of the section in the tree. */
  readonly units: number;
}

export interface CityProgress {
  /** The rate, or where there is none the count. */
  readonly figure: string;
  readonly figureIs: 'rate' | 'count';
  readonly count: string;
  readonly base: string | undefined;
  readonly target: string | undefined;
  /** How much of the target is reached, as text and as 0 to 1. */
  readonly reached: string | undefined;
  readonly share: number;
  readonly unitsAtTarget: number;
}

export interface BoardView {
  readonly sections: readonly BoardSection[];
  readonly risers: readonly BoardRow[];
  readonly city: CityProgress;
  /** Absent where the screen has no unit, or its unit no figures. */
  readonly own: OwnPlace<BoardRow> | undefined;
  /** Units of the tree without figures or without a base. */
  readonly without: number;
  readonly named: 'short' | 'full';
}

export interface BoardSource {
  readonly units: ReadonlyMap<string, Unit>;
  readonly ownUnit: string | undefined;
  readonly language: Language;
}

/** Since 2025 the units are communes: 28 of them bear a former district's name, so their kind is always said. */
const communeKinds = ['phường', 'xã', 'đặc khu'];

export function boardView({ snapshot, previous }: Board, { units, ownUnit, language }: BoardSource): BoardView {
  const known = snapshot.rows.filter(({ unit }) => units.has(unit));
  const kindOf = (code: string) => units.get(code)?.kind ?? '';
  const apart = communeKinds.filter((kind) => known.some(({ unit }) => kindOf(unit) === kind));
  const full = apart.length > 0;
  const kinds = apart.length > 1 ? apart : [undefined];
  const all = standings({ ...snapshot, rows: known }, previous ?? undefined);
  const byCount = snapshot.rankBy === 'count';

  const measureOf = (row: Standing) => (byCount ? row.count : (row.rate ?? 0));
  const gainOf = ({ change }: Standing) => (byCount ? change?.count : change?.rate) ?? 0;
  const top = Math.max(...all.rows.map(measureOf), Number.EPSILON);
  const topGain = Math.max(...all.risers.map(gainOf), Number.EPSILON);

  const draw = (row: Standing): BoardRow => {
    const unit = units.get(row.unit);
    const places = row.change?.places;
    return {
      unit: row.unit,
      name: unit === undefined ? row.unit : full ? sentenceCase(fullName(unit)) : unit.name,
      rank: row.rank,
      tied: row.tied,
      figure: byCount ? formatCount(row.count, language) : row.rate === undefined ? '–' : formatRate(row.rate, language),
      share: measureOf(row) / top,
      up: places !== undefined && places > 0 ? places : undefined,
      gain: byCount ? `+${formatCount(gainOf(row), language)}` : formatPoints(gainOf(row), language),
      gainShare: Math.max(0, gainOf(row) / topGain),
      own: row.unit === ownUnit,
      reached: row.reached === undefined ? undefined : formatRate(row.reached, language),
    };
  };

  const ranks = kinds.map((kind) => {
    const only = (rows: Snapshot['rows']) => rows.filter(({ unit }) => kind === undefined || kindOf(unit) === kind);
    const ranked = standings({ ...snapshot, rows: only(known) }, previous ? { ...previous, rows: only(previous.rows) } : undefined);
    const rows = ranked.rows.filter(({ rank }) => rank !== undefined).map(draw);
    const inKind = [...units.values()].filter((unit) => kind === undefined || unit.kind === kind).length;
    const section: BoardSection = { kind, rows, leaders: leadersOf(rows), units: inKind };
    return { section, own: placeOf(ownUnit, kind, rows, ranked.rows, snapshot.rankBy) };
  });

  return {
    sections: ranks.map(({ section }) => section),
    own: ranks.find(({ own }) => own !== undefined)?.own,
    risers: all.risers.map(draw),
    city: cityProgress(all.totals, byCount, language),
    without: units.size - all.totals.ranked,
    named: full ? 'full' : 'short',
  };
}

function cityProgress({ count, base, rate, target, targetReached }: Totals, byCount: boolean, language: Language): CityProgress {
  const share = target ? count / target : (rate ?? 0);
  const counted = byCount || rate === undefined;
  return {
    figure: counted ? formatCount(count, language) : formatRate(rate, language),
    figureIs: counted ? 'count' : 'rate',
    count: formatCount(count, language),
    base: base > 0 ? formatCount(base, language) : undefined,
    target: target ? formatCount(target, language) : undefined,
    reached: target ? formatRate(count / target, language) : undefined,
    share: Math.min(1, share),
    unitsAtTarget: targetReached,
  };
}

const mostLeaders = 3;

function leadersOf(rows: readonly BoardRow[]): BoardRow[] {
  const leftOut = rows[mostLeaders];
  return rows.slice(0, mostLeaders).filter(({ rank }) => rank !== leftOut?.rank);
}

/** Made-up figures never go stale, nor does a final result. */
export function isStale(snapshot: Snapshot, greyAfterHours: number, now: number): boolean {
  return !snapshot.sample && !snapshot.final && now - snapshot.cutOff > greyAfterHours * 3_600_000;
}
