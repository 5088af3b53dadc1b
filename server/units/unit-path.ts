// A unit and those above it: what targets and the limits of staff are held against.
import type { Queries } from '../database/open-database.ts';

/** Deeper than this no tree goes; a ring in the data ends here. */
const deepest = 20;

/** The unit itself first, then each above it; nothing for a screen without a unit. */
export async function unitPath(db: Queries, unit: string | null): Promise<string[]> {
  const path: string[] = [];
  for (let code = unit; code !== null && path.length < deepest && !path.includes(code);) {
    path.push(code);
    const row = await db.selectFrom('units').select('parent').where('code', '=', code).executeTakeFirst();
    code = row?.parent ?? null;
  }
  return path;
}

export async function unitExists(db: Queries, code: string): Promise<boolean> {
  return (await db.selectFrom('units').select('code').where('code', '=', code).executeTakeFirst()) !== undefined;
}
