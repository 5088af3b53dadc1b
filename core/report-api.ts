// The contract of reports: what was on air and what was scanned between two days, by unit, screen, item, day and hour; and the files that offices get.
import { z } from 'zod';
import { playFindingKinds } from './api.ts';
import { instantSchema, localDateSchema } from './primitives.ts';

/** Longest span of a report, days. */
export const longestReportDays = 366;

/** Local days, both included, the campaign's own today when absent; and what the report is narrowed to. */
export const displayQuerySchema = z.object({
  from: localDateSchema.optional(),
  to: localDateSchema.optional(),
  /** A unit and those below it. */
  unit: z.string().max(40).optional(),
  screen: z.uuid().optional(),
  /** An item's number. */
  item: z.coerce.number().int().min(0).optional(),
});
export type DisplayQuery = z.infer<typeof displayQuerySchema>;

const figures = {
  /** Turns on air, those that were cut short included. */
  turns: z.int(),
  airMs: z.int(),
  interrupted: z.int(),
  /** Turns that were planned and not shown. */
  skipped: z.int(),
  /** Of the turns: those that began while nobody vouched for the clock. */
  untrusted: z.int(),
  /** Openings of the codes by people. They never count for a rank. */
  opens: z.int(),
  devices: z.int(),
  /** Opened while the screen showed something else. */
  offScreen: z.int(),
};
const figuresSchema = z.object(figures);
export type DisplayFigures = z.infer<typeof figuresSchema>;

const screenRowSchema = z.object({
  ...figures,
  id: z.uuid(),
  number: z.int(),
  name: z.string(),
  place: z.string(),
  unit: z.object({ code: z.string(), name: z.string() }).nullable(),
  /** Journal entries that its box said to have and did not hand in yet. */
  missing: z.int(),
  /** Contradictions that were found in its journals in this time. */
  findings: z.array(z.object({ kind: z.literal(playFindingKinds), count: z.int() })),
});
export type DisplayScreenRow = z.infer<typeof screenRowSchema>;

export const displayReportSchema = z.object({
  zone: z.string(),
  from: localDateSchema,
  to: localDateSchema,
  /** What it is narrowed to, in words; absent for everything. */
  only: z.object({ unit: z.string().optional(), screen: z.string().optional(), item: z.string().optional() }),
  madeAt: instantSchema,
  total: figuresSchema,
  units: z.array(z.object({ ...figures, code: z.string().nullable(), name: z.string().nullable(), screens: z.int() })),
  screens: z.array(screenRowSchema),
  /** Number 0: what has no number, such as the factory playlist. */
  items: z.array(z.object({ ...figures, number: z.int(), name: z.string().nullable() })),
  days: z.array(z.object({ ...figures, day: localDateSchema })),
  /** By hour of the day, all days together. */
  hours: z.array(z.object({ ...figures, hour: z.int().min(0).max(23) })),
  faults: z.array(z.object({ outcome: z.literal(['interrupted', 'skipped']), reason: z.string(), count: z.int() })),
});
export type DisplayReport = z.infer<typeof displayReportSchema>;

/** Paths of the staff API for reports. */
export const reportPaths = {
  display: '/api/reports/display',
} as const;
