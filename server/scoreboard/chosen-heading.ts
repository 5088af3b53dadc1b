// A heading in no usual spelling: what a person says its columns are, and what the same sender said of the same words before.
import { z } from 'zod';
import type { importQuerySchema } from '../../core/import-api.ts';
import { foldName } from '../../core/units.ts';
import type { Queries } from '../database/open-database.ts';
import type { Line } from './csv-table.ts';
import type { ChosenHeading } from './find-rows.ts';
import { columnNames, type Columns } from './headings.ts';

/** By the heading's words: which column means what. */
export type RememberedHeadings = ReadonlyMap<string, Columns>;

/** The chosen columns under the words of their heading. */
export interface SaidHeading {
  readonly heading: string;
  readonly columns: Columns;
}

const columnsSchema = z.object(Object.fromEntries(columnNames.map((name) => [name, z.int().min(0).optional()]))) as z.ZodType<Columns>;
export const saidHeadingSchema: z.ZodType<SaidHeading> = z.object({ heading: z.string(), columns: columnsSchema });

/** The same words in other letters, case or spaces are the same heading. */
export const headingKey = (cells: readonly string[]): string => cells.map(foldName).join('|').replace(/\|+$/, '');

/** What the query of an upload says of the heading; columns are counted from 1 there. */
export function chosenHeading(query: z.infer<typeof importQuerySchema>): ChosenHeading | undefined {
  if (query.headingLine === undefined) return undefined;
  const said = { code: query.codeColumn, unit: query.unitColumn, count: query.countColumn, base: query.baseColumn, target: query.targetColumn };
  const columns = Object.fromEntries(Object.entries(said).flatMap(([name, column]) => (column === undefined ? [] : [[name, column - 1]]))) as Columns;
  return { line: query.headingLine, columns };
}

/** A line whose words this sender has explained before. */
export function rememberedIn(lines: readonly Line[], remembered: RememberedHeadings): ChosenHeading | undefined {
  if (remembered.size === 0) return undefined;
  for (const { line, cells } of lines) {
    const columns = remembered.get(headingKey(cells));
    if (columns) return { line, columns };
  }
  return undefined;
}

export async function rememberedHeadings(db: Queries, sender: string): Promise<RememberedHeadings> {
  const rows = await db.selectFrom('heading_choices').select(['heading', 'columns']).where('sender', '=', sender).execute();
  return new Map(rows.map(({ heading, columns }) => [heading, columnsSchema.parse(JSON.parse(columns))]));
}

export async function keepHeading(trx: Queries, sender: string, { heading, columns }: SaidHeading, at: number): Promise<void> {
  const said = { columns: JSON.stringify(columns), chosen_at: at };
  await trx
    .insertInto('heading_choices')
    .values({ sender, heading, ...said })
    .onConflict((conflict) => conflict.columns(['sender', 'heading']).doUpdateSet(said))
    .execute();
}
