// Word templates of offices, one a unit, in the database: for its staff only, and in every backup.
import type { Queries } from '../../database/open-database.ts';

export interface KeptTemplate {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Who sent it. */
  readonly by: string;
  readonly at: number;
}

/** @param unit the office's; the city's own when absent */
export async function findTemplate(db: Queries, unit: string | undefined): Promise<KeptTemplate | undefined> {
  return db
    .selectFrom('report_templates')
    .select(['name', 'bytes', 'person_name as by', 'kept_at as at'])
    .where('unit', '=', unit ?? '')
    .executeTakeFirst();
}

export async function keepTemplate(trx: Queries, unit: string | undefined, { name, bytes, by, at }: KeptTemplate): Promise<void> {
  const row = { name, bytes, person_name: by, kept_at: at };
  await trx
    .insertInto('report_templates')
    .values({ unit: unit ?? '', ...row })
    .onConflict((conflict) => conflict.column('unit').doUpdateSet(row))
    .execute();
}

export async function dropTemplate(trx: Queries, unit: string | undefined): Promise<void> {
  await trx
    .deleteFrom('report_templates')
    .where('unit', '=', unit ?? '')
    .execute();
}
