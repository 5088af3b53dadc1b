// The sheets that a refused workbook has, so that a person can choose another one.
import { z } from 'zod';

const detailsSchema = z.object({ sheets: z.array(z.string()) });

export function sheetsIn(details: unknown): readonly string[] | undefined {
  return detailsSchema.safeParse(details).data?.sheets;
}
