// Classes of equal width with round limits, by which a map colours its units: a few, and together they hold every value.
import type { Language } from '../primitives.ts';
import type { Snapshot, SnapshotRow } from '../snapshot.ts';

/** Holds what is `from` or more and less than `until`, in the scale's own whole steps. */
export interface MapClass {
  readonly from: number;
  readonly until: number;
  /** Shade from 0 (least) to `shades - 1` (most). */
  readonly shade: number;
}

export interface MapScale {
  readonly rankBy: Snapshot['rankBy'];
  /** Least first. */
  readonly classes: readonly MapClass[];
  /** Index of the class that holds a row; `undefined` without a figure to show. */
  classOf(row: SnapshotRow): number | undefined;
}

export const shades = 5;

/** A rate is counted in thousandths, so that limits such as 12.5 % stay whole. */
const rateSteps = 1_000;

/** Which multiple of `size` a row's value reaches, exactly: products of counts and thousandths stay whole. */
function reached({ count, base }: SnapshotRow, rankBy: Snapshot['rankBy'], size: number): number | undefined {
  if (rankBy === 'count') return Math.floor(count / size);
  return base ? Math.floor((count * rateSteps) / (base * size)) : undefined;
}

/** 1, 2, 5, 10, 20, 50, … */
function* roundSizes(): Generator<number> {
  for (let power = 1; ; power *= 10) for (const part of [1, 2, 5]) yield part * power;
}

export function mapScale({ rows, rankBy }: Pick<Snapshot, 'rows' | 'rankBy'>): MapScale {
  const numbers = (size: number) => rows.flatMap((row) => reached(row, rankBy, size) ?? []);
  if (numbers(1).length === 0) return { rankBy, classes: [], classOf: () => undefined };
  for (const size of roundSizes()) {
    const all = numbers(size);
    const [least, most] = [Math.min(...all), Math.max(...all)];
    const count = most - least + 1;
    if (count > shades) continue;
    const classes = Array.from({ length: count }, (_, index): MapClass => ({
      from: (least + index) * size,
      until: (least + index + 1) * size,
      shade: count === 1 ? shades - 2 : Math.round((index * (shades - 1)) / (count - 1)),
    }));
    const classOf = (row: SnapshotRow) => {
      const number = reached(row, rankBy, size);
      return number === undefined ? undefined : number - least;
    };
    return { rankBy, classes, classOf };
  }
  throw new Error('there is always a larger step');
}

const locales: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB' };

/** "20 đến dưới 25%", "1.000 đến dưới 2.000". */
export function classText({ from, until }: MapClass, rankBy: Snapshot['rankBy'], language: Language): string {
  const [factor, unit] = rankBy === 'rate' ? [100 / rateSteps, '%'] : [1, ''];
  const text = (value: number) => new Intl.NumberFormat(locales[language], { maximumFractionDigits: 1 }).format(value * factor);
  return language === 'vi' ? `${text(from)} đến dưới ${text(until)}${unit}` : `${text(from)} to under ${text(until)}${unit}`;
}

/** What stands beside every map of the units, word for word. */
export const mapCaption = {
  vi: 'Sơ đồ minh họa, không có giá trị xác định địa giới hành chính',
  en: 'A sketch for illustration; it does not define administrative boundaries',
} as const satisfies Record<Language, string>;
