// The first lines of a file whose heading nobody could read, and what a person says of it.
import { z } from 'zod';

export const columnRoles = ['unit', 'code', 'count', 'base', 'target'] as const;
export type ColumnRole = (typeof columnRoles)[number];

/** Columns counted from 1. */
export interface HeadingChoice {
  readonly line: number;
  readonly columns: Partial<Record<ColumnRole, number>>;
}

const detailsSchema = z.object({ reason: z.literal('no-heading'), lines: z.array(z.object({ line: z.int(), cells: z.array(z.string()) })).min(1) });
export type HeadingLine = z.infer<typeof detailsSchema>['lines'][number];

/** Lines to choose from, where a refusal is for want of a heading. */
export function linesIn(details: unknown): readonly HeadingLine[] | undefined {
  return detailsSchema.safeParse(details).data?.lines;
}

/** A row can be read once it is known whose figure it is, and which. */
export const isWholeChoice = ({ columns }: HeadingChoice): boolean => (columns.unit ?? columns.code) !== undefined && columns.count !== undefined;

/** A1, B1, …: how Excel names the column of a cell without words. */
export function columnLetter(column: number): string {
  return column <= 26 ? String.fromCharCode(64 + column) : columnLetter(Math.floor((column - 1) / 26)) + String.fromCharCode(65 + ((column - 1) % 26));
}
