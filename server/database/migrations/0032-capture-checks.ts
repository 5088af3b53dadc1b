// What came of holding pictures of screens against what should have been on.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const captureChecks: Migration = {
  async up({ schema }: Kysely<Database>) {
    await schema
      .createTable('capture_checks')
      .addColumn('screen', 'text', (c) => c.notNull().references('screens.id'))
      .addColumn('taken_at', 'integer', (c) => c.notNull())
      .addColumn('item', 'integer', (c) => c.notNull())
      .addColumn('same', 'integer', (c) => c.notNull())
      .addColumn('distance', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('capture_checks_key', ['screen', 'taken_at'])
      .modifyEnd(sql`strict`)
      .execute();
  },
};
