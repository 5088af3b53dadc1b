// Targets of units by the end of a phase. A list is never changed: the next one for the same phase takes its place.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const targets: Migration = {
  async up(db: Kysely<Database>) {
    await db.schema
      .createTable('target_lists')
      .addColumn('number', 'integer', (c) => c.primaryKey().notNull())
      .addColumn('campaign', 'text', (c) => c.notNull())
      .addColumn('tree', 'text', (c) => c.notNull())
      .addColumn('start_date', 'text', (c) => c.notNull())
      .addColumn('end_date', 'text', (c) => c.notNull())
      .addColumn('targets', 'text', (c) => c.notNull())
      .addColumn('basis', 'text')
      .addColumn('author', 'text', (c) => c.notNull())
      .addColumn('set_at', 'integer', (c) => c.notNull())
      .modifyEnd(sql`strict`)
      .execute();
    await db.schema.createIndex('targets_of_contest').on('target_lists').columns(['campaign', 'tree', 'number']).execute();
  },
};
