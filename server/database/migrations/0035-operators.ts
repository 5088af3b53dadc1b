// The organisation that runs a screen, by which orders find its screens.
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const operators: Migration = {
  async up(db: Kysely<Database>) {
    await db.schema
      .alterTable('screens')
      .addColumn('operator', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
  },
};
