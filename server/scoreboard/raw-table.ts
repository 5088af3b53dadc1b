// A table as it was read: its rows before any of them is understood.
import { z } from 'zod';
import { findingSchema } from '../../core/import-api.ts';
import { columnNames } from './headings.ts';

/** A figure as it came: text of a table's cell, or a number of a JSON body. */
const cellSchema = z.string().or(z.number());
export type Cell = z.infer<typeof cellSchema>;

const rawRowSchema = z.object({
  line: z.int(),
  code: z.string().optional(),
  unit: z.string(),
  count: cellSchema,
  base: cellSchema.optional(),
  target: cellSchema.optional(),
  /** The row's cells do not fit the heading, so its figures cannot be told apart. */
  misfit: z.literal(['too-short', 'too-long']).optional(),
});
export type RawRow = z.infer<typeof rawRowSchema>;

export const rawTableSchema = z.object({
  rows: z.array(rawRowSchema),
  /** Headings as written, for the columns that there are. */
  headings: z.partialRecord(z.literal(columnNames), z.string()),
  findings: z.array(findingSchema),
});
export type RawTable = z.infer<typeof rawTableSchema>;
