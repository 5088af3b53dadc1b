// The staff API's contract for the scoreboard: figures that come in by a file or as JSON, what is said of each row, and the snapshot in force.
import { z } from 'zod';
import { basisSchema } from './approval-api.ts';
import { reasonSchema } from './board-api.ts';
import { holdLineSchema } from './hold-api.ts';
import { instantSchema, localTextSchema } from './primitives.ts';
import { snapshotSchema } from './snapshot.ts';
import { unitSchema } from './units.ts';

export const severities = ['error', 'warning', 'note'] as const;

export const findingCodes = [
  'unknown-unit',
  'ambiguous-unit',
  'unit-twice',
  'former-unit',
  'missing-unit',
  'count-empty',
  'count-not-a-number',
  'count-negative',
  'count-not-whole',
  'count-too-large',
  'base-missing',
  'total-row',
  'total-differs',
  'rows-before-heading',
  'encoding',
  'row-too-short',
  'row-too-long',
  'rows-after-total',
  'group-row',
  'other-sheets',
  'remembered-heading',
  'formula-without-value',
  'formula-error',
  'other-target',
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** What is said of one row of an imported file. */
export const findingSchema = z.object({
  severity: z.literal(severities),
  code: z.literal(findingCodes),
  /** Line of the file, 1 first; absent when it is about the whole file. */
  line: z.int().min(1).optional(),
  /** Heading of the column as the file writes it. */
  column: z.string().optional(),
  found: z.string().optional(),
  expected: localTextSchema,
});
export type Finding = z.infer<typeof findingSchema>;

export const importRowSchema = z.object({
  line: z.int().min(1),
  written: z.string(),
  unit: unitSchema.nullable(),
  count: z.int().nullable(),
  base: z.int().nullable(),
  target: z.int().nullable(),
  accepted: z.boolean(),
  /** Units that the written name may mean, where that is for a person to say; nothing is taken of the row before. */
  choices: z.array(unitSchema).default([]),
  /** Code of the one that this sender chose for this name before: a hint, never taken by itself. */
  suggested: z.string().nullable().default(null),
  /** Rank now and after this import. */
  rankBefore: z.int().nullable(),
  rankAfter: z.int().nullable(),
});

/** `held`: confirmed, and waiting for a second person; `dropped`: refused by that person, or withdrawn. */
export const importStates = ['pending', 'confirmed', 'held', 'dropped'] as const;
export type ImportState = (typeof importStates)[number];

export const importPreviewSchema = z.object({
  id: z.uuid(),
  file: z.string(),
  /** Of a workbook: the sheet that was read, and those that may be read instead. */
  sheet: z.string().nullable().default(null),
  sheets: z.array(z.string()).default([]),
  state: z.literal(importStates),
  sample: z.boolean(),
  /** Number of the snapshot in force whose place this one would take, as a correction. */
  corrects: z.int().optional(),
  cutOff: instantSchema,
  expiresAt: instantSchema,
  rows: z.array(importRowSchema),
  findings: z.array(findingSchema),
  /** What would have to wait for a second person; then the confirmation needs a reason. */
  holds: z.array(holdLineSchema).default([]),
  accepted: z.int(),
  errors: z.int(),
  /** What the city's total would be. */
  totals: z.object({ count: z.int(), base: z.int(), rate: z.number().nullable() }),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

/** What a row with choices means: the unit's code. */
export const unitChoicesSchema = z.array(z.strictObject({ line: z.int().min(1), unit: z.string().max(40) })).max(5_000);
export type UnitChoices = z.infer<typeof unitChoicesSchema>;

export const chooseSchema = z.strictObject({ choices: unitChoicesSchema });

/** JSON rows as an alternative to a file; counts may be numbers or text as in a table. */
export const importJsonSchema = z.strictObject({
  cutOff: z.iso.datetime({ offset: true }).optional(),
  sample: z.boolean().optional(),
  /** Number of the snapshot in force that these figures put right. */
  corrects: z.int().min(1).optional(),
  rows: z
    .array(
      z.strictObject({
        unit: z.string().max(200),
        count: z.number().or(z.string().max(40)),
        base: z.number().or(z.string().max(40)).optional(),
        target: z.number().or(z.string().max(40)).optional(),
      }),
    )
    .max(5_000),
});

/** Query of a file upload: when the sender closed the books (now, if absent), and whether the figures are made up. */
const columnSchema = z.coerce.number().int().min(1).max(256);

export const importQuerySchema = z.object({
  cutOff: z.iso.datetime({ offset: true }).optional(),
  sample: z.enum(['true', 'false']).optional(),
  /** Number of the snapshot in force that these figures put right. */
  corrects: z.coerce.number().int().min(1).optional(),
  file: z.string().max(200).optional(),
  /** Of a workbook: the sheet to read, where it is not the first one with a table. */
  sheet: z.string().max(200).optional(),
  /** Where the heading is in no usual spelling: its line in the file, and which column is which, counted from 1. */
  headingLine: z.coerce.number().int().min(1).optional(),
  codeColumn: columnSchema.optional(),
  unitColumn: columnSchema.optional(),
  countColumn: columnSchema.optional(),
  baseColumn: columnSchema.optional(),
  targetColumn: columnSchema.optional(),
});

/** `reason` is for a correction and for figures that are held, and public. */
export const confirmSchema = z.strictObject({
  leaveOutBadRows: z.boolean().default(false),
  reason: reasonSchema.optional(),
  /** The document on which a correction of the final result rests. */
  basis: basisSchema.optional(),
  choices: unitChoicesSchema.default([]),
});

export const scoreboardViewSchema = z.object({ current: snapshotSchema.nullable(), previous: snapshotSchema.nullable(), units: z.array(unitSchema) });
export type ScoreboardView = z.infer<typeof scoreboardViewSchema>;

/** POST imports: the file's bytes as the body, `importQuerySchema` in the query; or JSON, `importJsonSchema`. */
export const importPaths = {
  imports: '/api/scoreboard/imports',
  import: (id: string) => `/api/scoreboard/imports/${id}`,
  choose: (id: string) => `/api/scoreboard/imports/${id}/choices`,
  confirm: (id: string) => `/api/scoreboard/imports/${id}/confirm`,
  scoreboard: '/api/scoreboard',
  template: '/api/scoreboard/template.csv',
  templateWorkbook: '/api/scoreboard/template.xlsx',
} as const;
