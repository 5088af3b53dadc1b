// Where a screen's own unit stands in its ranking, who is next above it, and how much is missing to draw level.
import type { Language } from '../../../core/primitives.ts';
import { neededToLevel, type Standing } from '../../../core/scoreboard.ts';
import { formatCount } from '../../../core/vietnamese.ts';
import { wordsIn } from '../../words.ts';

/** What of a drawn row is needed here. */
interface PlacedRow {
  readonly unit: string;
  readonly name: string;
  readonly rank: number | undefined;
  readonly tied: boolean;
}

export interface OwnPlace<Row extends PlacedRow = PlacedRow> {
  /** "phường" or "xã" where they are ranked apart. */
  readonly kind: string | undefined;
  readonly row: Row;
  /** The next better ones, best first, at most three; empty at the top. */
  readonly above: readonly Row[];
  /** Units ranked together with it. */
  readonly ranked: number;
  /** How much more to draw level with the next above; absent at the top. */
  readonly needed: number | undefined;
}

const shownAbove = 3;

/** `rows` and `standings` are of one ranking, best first. */
export function placeOf<Row extends PlacedRow>(
  unit: string | undefined,
  kind: string | undefined,
  rows: readonly Row[],
  standings: readonly Standing[],
  rankBy: 'rate' | 'count',
): OwnPlace<Row> | undefined {
  const row = rows.find((each) => each.unit === unit);
  const rank = row?.rank;
  if (!row || rank === undefined) return undefined;
  const above = rows.filter((each) => each.rank !== undefined && each.rank < rank).slice(-shownAbove);
  const find = (code: string | undefined) => standings.find((each) => each.unit === code);
  const [next, own] = [find(above.at(-1)?.unit), find(row.unit)];
  return { kind, row, above, ranked: rows.length, needed: next && own ? neededToLevel(own, next, rankBy) : undefined };
}

/** A unit's name within a sentence: its kind is no part of the proper name. */
export function nameWithin(name: string): string {
  return name.replace(/^(?:Phường|Xã|Quận|Huyện|Thị xã) /, (kind) => kind.toLocaleLowerCase('vi'));
}

/** "Còn 1.234 tài khoản để ngang Hai Bà Trưng". */
export function ownSentence({ row, above, needed }: OwnPlace, accounts: string, language: Language): string {
  const next = above.at(-1);
  if (!next || needed === undefined) return wordsIn(language)[row.tied ? 'tiedFirst' : 'leading'];
  const count = `${formatCount(needed, language)} ${accounts}`;
  return language === 'vi' ? `Còn ${count} để ngang ${nameWithin(next.name)}` : `${count} more to draw level with ${next.name}`;
}
