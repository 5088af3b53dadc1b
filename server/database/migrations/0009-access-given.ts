// Who gave whom access: an invitation, a link, another role, a second factor taken off.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const accessGiven: Migration = {
  async up(db: Kysely<Database>) {
    await db.schema
      .createTable('access_given')
      .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('person', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('giver', 'text', (c) => c.notNull())
      .addColumn('at', 'integer', (c) => c.notNull())
      .modifyEnd(sql`strict`)
      .execute();
    await db.schema.createIndex('access_given_to').on('access_given').columns(['person', 'at']).execute();
  },
};
