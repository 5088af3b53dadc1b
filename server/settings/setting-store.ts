// Small facts of this server by name, each a JSON value read through its schema.
import type { z } from 'zod';
import type { Queries } from '../database/open-database.ts';

export async function readSetting<Schema extends z.ZodType>(db: Queries, key: string, schema: Schema): Promise<z.infer<Schema> | undefined> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
  return row && schema.parse(JSON.parse(row.value));
}

export async function writeSetting(db: Queries, key: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value);
  await db
    .insertInto('settings')
    .values({ key, value: text })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: text }))
    .execute();
}
