// Figures that one person alone does not publish: counts that fall, more than the base, another base, jumps. Pure: the server keeps what is held, and lets it go.
import { z } from 'zod';
import { instantSchema, type LocalText } from './primitives.ts';
import type { SnapshotRow } from './snapshot.ts';
import { formatCount, formatMoment, formatRate } from './vietnamese.ts';

/**
 * `count-fell`: less than was last published; `more-than-base`: more people than there are; `base-changed`: another base than was published, so that ranks move
 * although nobody did anything; `jump`: grew more than the time in between allows.
 */
export const holdKinds = ['count-fell', 'more-than-base', 'base-changed', 'jump'] as const;
export type HoldKind = (typeof holdKinds)[number];

const percent = z.number().min(0).max(100);

/** How much may change without a second person. Why these are the defaults: `docs/decisions/0026-held-figures.md`. */
export const holdLimitsSchema = z.object({
  /** By how much a base may differ from the one that was published, in percent of that. */
  basePercent: percent.default(2),
  /** Growth that a day allows, in percent of the base. */
  dayPercent: percent.default(3),
  /** Growth that is allowed on top, however short the time: nobody registers evenly over the hours. */
  stepPercent: percent.default(0.5),
  /** Growth of no more than this is no jump, however small the unit. */
  stepCount: z.int().min(0).default(100),
});
export type HoldLimits = z.infer<typeof holdLimitsSchema>;

/** What was published of a unit before. */
const publishedFigureSchema = z.object({
  /** Of the snapshot. */
  number: z.int().min(1),
  cutOff: instantSchema,
  count: z.int(),
  base: z.int().nullable(),
});
export type PublishedFigure = z.infer<typeof publishedFigureSchema>;

export const holdSchema = z.object({
  unit: z.string(),
  kind: z.literal(holdKinds),
  count: z.int(),
  base: z.int().nullable(),
  /** What it was held against; null for the first figures of a unit. */
  before: publishedFigureSchema.nullable(),
  /** Of a jump: the growth that would have been let through. */
  allowed: z.int().nullable(),
});
export type Hold = z.infer<typeof holdSchema>;

const dayMs = 24 * 60 * 60_000;

/** The most that a unit may have grown since figures that were published; a whole number. */
export function allowedGrowth(before: PublishedFigure, base: number | null, cutOff: number, { dayPercent, stepPercent, stepCount }: HoldLimits): number {
  const days = Math.max(0, cutOff - before.cutOff) / dayMs;
  // Without a base, what the unit has reached so far is the only measure of its size.
  const size = base ?? before.count;
  return Math.max(stepCount, Math.floor((size * (stepPercent + dayPercent * days)) / 100));
}

function isOtherBase(base: number | null, before: number | null, { basePercent }: HoldLimits): boolean {
  if (before === null) return false;
  return base === null || Math.abs(base - before) * 100 > before * basePercent;
}

/** A bigger base in the same file would widen the limit, so the smaller one counts. */
function smallerBase(row: SnapshotRow, before: PublishedFigure): number | null {
  return row.base === null || before.base === null ? (before.base ?? row.base) : Math.min(row.base, before.base);
}

function holdsOfRow(row: SnapshotRow, cutOff: number, published: readonly PublishedFigure[], limits: HoldLimits): Hold[] {
  const { unit, count, base } = row;
  const hold = (kind: HoldKind, before: PublishedFigure | null, allowed: number | null = null): Hold => ({ unit, kind, count, base, before, allowed });
  const [last] = published;
  const holds: Hold[] = [];
  if (last && count < last.count) holds.push(hold('count-fell', last));
  if (base !== null && count > base) holds.push(hold('more-than-base', last ?? null));
  const otherBase = published.find((before) => isOtherBase(base, before.base, limits));
  if (otherBase) holds.push(hold('base-changed', otherBase));
  // Many small steps come to the same as one leap, so each is measured against what stood days ago as well.
  for (const before of published) {
    const allowed = allowedGrowth(before, smallerBase(row, before), cutOff, limits);
    if (count - before.count <= allowed) continue;
    holds.push(hold('jump', before, allowed));
    break;
  }
  return holds;
}

/**
 * What in a set of figures has to wait for a second person, in the order of its rows.
 * @param published of each unit what was published in the same contest, measure and base, the latest first; nothing for a unit that comes for the first time
 */
export function holdsOf(rows: readonly SnapshotRow[], cutOff: number, published: ReadonlyMap<string, readonly PublishedFigure[]>, limits: HoldLimits): Hold[] {
  return rows.flatMap((row) => holdsOfRow(row, cutOff, published.get(row.unit) ?? [], limits));
}

const noBase = { vi: 'không có', en: 'none' };

/** Why a row is held, as a sentence that an office can publish. */
export function holdWords({ kind, count, base, before, allowed }: Hold, zone: string): LocalText & { en: string } {
  const [vi, en] = [(value: number) => formatCount(value), (value: number) => formatCount(value, 'en')];
  const baseIn = (value: number | null, say: typeof vi, none: string) => (value === null ? none : say(value));
  switch (kind) {
    case 'count-fell': {
      const fell = (before?.count ?? 0) - count;
      return {
        vi: `Giảm ${vi(fell)}: kỳ số ${before?.number ?? 0} là ${vi(before?.count ?? 0)}, nay là ${vi(count)}.`,
        en: `Fell by ${en(fell)}: ${en(before?.count ?? 0)} in snapshot ${before?.number ?? 0}, now ${en(count)}.`,
      };
    }
    case 'more-than-base':
      return { vi: `Kết quả ${vi(count)} lớn hơn mẫu số ${vi(base ?? 0)}.`, en: `The count of ${en(count)} is more than the base of ${en(base ?? 0)}.` };
    case 'base-changed': {
      const share = base === null || !before?.base ? undefined : Math.abs(base - before.base) / before.base;
      const [by, byEn] = share === undefined ? ['', ''] : [` (lệch ${formatRate(share)})`, ` (${formatRate(share, 'en')} apart)`];
      return {
        vi: `Mẫu số đổi: kỳ số ${before?.number ?? 0} là ${baseIn(before?.base ?? null, vi, noBase.vi)}, nay ${baseIn(base, vi, noBase.vi)}${by}.`,
        en: `Another base: ${baseIn(before?.base ?? null, en, noBase.en)} in snapshot ${before?.number ?? 0}, now ${baseIn(base, en, noBase.en)}${byEn}.`,
      };
    }
    case 'jump': {
      const since = before?.cutOff ?? 0;
      const grew = count - (before?.count ?? 0);
      return {
        vi: `Tăng ${vi(grew)} kể từ ${formatMoment(since, zone)} (kỳ số ${before?.number ?? 0}: ${vi(before?.count ?? 0)}), quá mức ${vi(allowed ?? 0)} của khoảng thời gian đó.`,
        en: `Grew by ${en(grew)} since ${formatMoment(since, zone, 'en')} (snapshot ${before?.number ?? 0}: ${en(before?.count ?? 0)}), over the ${en(allowed ?? 0)} that this time allows.`,
      };
    }
  }
}
