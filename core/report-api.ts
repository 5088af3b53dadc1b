// The contract of reports: what was on air and what was scanned between two days, by unit, screen, item, day and hour; and the files that offices get.
import { z } from 'zod';
import { playFindingKinds } from './play-api.ts';
import { instantSchema, localDateSchema } from './primitives.ts';
import { paperKinds } from './scan-api.ts';

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
  /** Pictures of the screen that were held against what should have been on: as it should be, and not. */
  pictures: z.object({ same: z.int(), other: z.int() }),
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
  /** Codes on paper that were opened, which no screen shows; none where the report is narrowed to a screen or an item. */
  papers: z.array(
    z.object({
      owner: z.int(),
      kind: z.literal(paperKinds),
      name: z.string(),
      unit: z.object({ code: z.string(), name: z.string() }).nullable(),
      opens: z.int(),
      devices: z.int(),
    }),
  ),
  faults: z.array(z.object({ outcome: z.literal(['interrupted', 'skipped']), reason: z.string(), count: z.int() })),
});
export type DisplayReport = z.infer<typeof displayReportSchema>;

export const fileFormats = ['docx', 'xlsx', 'pdf'] as const;
export type FileFormat = (typeof fileFormats)[number];
const fileShape = { format: z.literal(fileFormats) };
export const displayFileQuerySchema = displayQuerySchema.extend(fileShape);
/** Of a snapshot: the figures in force when no number is given. */
export const resultsFileQuerySchema = z.object({ ...fileShape, number: z.coerce.number().int().min(1).optional() });

const line = z
  .string()
  .trim()
  .max(200)
  .refine((text) => text === text.normalize('NFC'), 'expected composed Unicode (NFC)');
/** What an office prints around its reports, in the form of Decree 30/2020. Empty lines are left to be filled in by hand. */
export const letterheadSchema = z.object({
  /** The office above; nothing where there is none. */
  superior: line.default(''),
  office: line.default(''),
  /** Behind the number, such as `BC-UBND`. */
  symbol: line.default('BC'),
  place: line.default('Hà Nội'),
  /** Who signs, in lines: `TM. ỦY BAN NHÂN DÂN`, `CHỦ TỊCH`; and the name. */
  signerTitle: line.default(''),
  signer: line.default(''),
  recipients: z.array(line).max(12).default(['Lưu: VT']),
});
export type Letterhead = z.infer<typeof letterheadSchema>;

/** Places of an office's own Word template, written there as `{{Nội dung}}`; marks, case and spaces do not matter. `body`, which has to be there, is everything that is reported. */
export const templatePlaces = {
  body: 'Nội dung',
  about: 'Trích yếu',
  superior: 'Cơ quan chủ quản',
  office: 'Cơ quan ban hành',
  number: 'Số và ký hiệu',
  placeAndDate: 'Địa danh, ngày tháng',
  recipients: 'Nơi nhận',
  signerTitle: 'Chức vụ người ký',
  signer: 'Người ký',
} as const;
export type TemplatePlace = keyof typeof templatePlaces;

export const maxTemplateBytes = 2 * 2 ** 20;
export const templateQuerySchema = z.object({ file: z.string().max(200).default('') });
/** The office's own template, in place of the product's form. */
export const templateViewSchema = z.object({
  template: z.object({ name: z.string(), bytes: z.int(), by: z.string(), at: instantSchema }).nullable(),
});

/** Paths of the staff API for reports. */
export const reportPaths = {
  display: '/api/reports/display',
  displayFile: '/api/reports/display/file',
  resultsFile: '/api/reports/results/file',
  letterhead: '/api/reports/letterhead',
  template: '/api/reports/template',
  templateFile: '/api/reports/template/file',
  templateForm: '/api/reports/template/form',
} as const;
