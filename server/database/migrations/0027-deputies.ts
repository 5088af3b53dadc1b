// Deputies: who may approve in an approver's place between two instants.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const deputies: Migration = {
  async up({ schema }: Kysely<Database>) {
    await schema
      .createTable('deputies')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('person', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('deputy', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('first_day', 'text', (c) => c.notNull())
      .addColumn('last_day', 'text', (c) => c.notNull())
      .addColumn('starts_at', 'integer', (c) => c.notNull())
      .addColumn('ends_at', 'integer', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('ended_at', 'integer')
      .modifyEnd(sql`strict`)
      .execute();
    await schema.createIndex('deputies_by_deputy').on('deputies').column('deputy').execute();
  },
};
