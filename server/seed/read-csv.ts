// Reads the tables that ship with the product; they are strict, and a fault in one is a fault of the release.
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

export async function readCsv<Schema extends z.ZodType>(path: string, row: Schema): Promise<z.infer<Schema>[]> {
  const rows: unknown = parse(await readFile(path), { columns: true, bom: true, skip_empty_lines: true, trim: true });
  const parsed = z.array(row).safeParse(rows);
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
