// The contract of codes and scans: placements of paper, what was counted for each, and the host that codes name.
import { z } from 'zod';
import { instantSchema, localDateSchema, slugSchema } from './primitives.ts';

export const paperKinds = ['poster', 'desk', 'officer'] as const;
export type PaperKind = (typeof paperKinds)[number];
export const placementKinds = ['screen', ...paperKinds] as const;

/** Counted apart from scans: opened again, fetched for a preview, by a program, and codes that nobody was given. */
export const asideKinds = ['repeat', 'preview', 'bot', 'unknown'] as const;
export type AsideKind = (typeof asideKinds)[number];

export const newPlacementSchema = z.strictObject({
  kind: z.literal(paperKinds),
  /** What staff call it; never printed, so an officer's name stays in the list. */
  name: z.string().trim().min(1).max(120),
  place: z.string().trim().max(200).default(''),
  /** Whose name is printed; the campaign's speaker when null. */
  unit: z.string().max(40).nullable(),
});

/** Sheets that a code is printed on, upright; the card lies. */
export const paperSizes = ['a4', 'a5', 'card'] as const;
export type PaperSize = (typeof paperSizes)[number];
export const paperMm: Readonly<Record<PaperSize, { readonly width: number; readonly height: number }>> = {
  a4: { width: 210, height: 297 },
  a5: { width: 148, height: 210 },
  card: { width: 90, height: 54 },
};
/** What each kind is printed on when nothing else is chosen. */
export const usualSize: Readonly<Record<PaperKind, PaperSize>> = { poster: 'a4', desk: 'a5', officer: 'card' };
/** `bleed`: for a printing house, with 3 mm of colour over the edge and crop marks. */
export const printQuerySchema = z.object({ size: z.literal(paperSizes), bleed: z.literal(['yes', 'no']).default('no') });

const counts = z.object({
  /** Openings by people: no repeats, and none while the screen is known to have shown something else. */
  opens: z.int(),
  /** Estimate: devices by a salted hash of the day, each counted once a day and code. */
  devices: z.int(),
  /** Opened while the screen was not showing it. */
  offScreen: z.int(),
  /** Of the openings: those whose screen has not handed in its plays yet. */
  unsettled: z.int(),
  repeats: z.int(),
  previews: z.int(),
  bots: z.int(),
});
const air = { airMs: z.int(), turns: z.int() };
export type ScanCounts = z.infer<typeof counts>;

export const scanHourSchema = counts.extend({ start: instantSchema, ...air });
export type ScanHour = z.infer<typeof scanHourSchema>;

export const scanRowSchema = counts.extend({
  code: z.string(),
  /** What the code says; null while the campaign has no scan host. */
  link: z.string().nullable(),
  kind: z.literal(placementKinds),
  owner: z.int(),
  item: z.int(),
  /** Of the screen or the paper. */
  name: z.string(),
  /** Of the screen's item. */
  itemName: z.string().nullable(),
  place: z.string(),
  unit: z.object({ code: z.string(), name: z.string() }).nullable(),
  endedAt: instantSchema.nullable(),
  ...air,
});
export type ScanRow = z.infer<typeof scanRowSchema>;

export const scanReportSchema = z.object({
  campaign: slugSchema,
  zone: z.string(),
  /** Host that codes name; null while they carry the install link and cannot be counted. */
  scanHost: z.string().nullable(),
  /** Another host, or none, that one administrator has asked for and a second has to set too. */
  hostAsked: z.object({ host: z.string().nullable(), by: z.string(), at: instantSchema }).nullable(),
  from: localDateSchema,
  to: localDateSchema,
  total: counts.extend(air),
  /** Openings of codes that nobody was given. */
  unknown: z.int(),
  rows: z.array(scanRowSchema),
  /** Of all placements together, hours with nothing left out. */
  hours: z.array(scanHourSchema),
});
export type ScanReport = z.infer<typeof scanReportSchema>;

/** Local days, both included, the campaign's own today when absent; and an earlier campaign's id, that in force when absent. */
export const scanQuerySchema = z.object({ from: localDateSchema.optional(), to: localDateSchema.optional(), campaign: slugSchema.optional() });
/** Longest span of a report, days. */
export const maxReportDays = 92;

/** At most 18 characters, so that a code stays small (version 2-M). */
export const scanHostSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(18)
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/);
export const newScanHostSchema = z.strictObject({
  /** Null: codes carry the install link again. */
  host: scanHostSchema.nullable(),
  /** A person opened `https://HOST/q/` and saw this server's page. */
  checked: z.boolean().default(false),
  /** A host outside `.gov.vn` is taken only when a person says so. */
  outside: z.boolean().default(false),
});

/** What holds now, and whether a second administrator has to set the same. */
export const scanHostAnswerSchema = z.object({ host: z.string().nullable(), waiting: z.boolean() });
export const newPlacementAnswerSchema = z.object({ owner: z.int(), code: z.string() });

/** Paths of the staff API for codes. */
export const scanPaths = {
  report: '/api/scans',
  hours: (code: string) => `/api/scans/${code}`,
  host: '/api/scans/host',
  placements: '/api/placements',
  placement: (owner: number | string) => `/api/placements/${owner}`,
  print: (owner: number | string) => `/api/placements/${owner}/print`,
} as const;
