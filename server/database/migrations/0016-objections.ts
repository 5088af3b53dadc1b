// Objections of units to their figures, and the files that go with them.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const objections: Migration = {
  async up(db: Kysely<Database>) {
    const { schema } = db;
    await schema
      .createTable('objection_files')
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('bytes', 'blob', (c) => c.notNull())
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('objection_files_key', ['sha256', 'person'])
      .modifyEnd(sql`strict`)
      .execute();
    await schema
      .createTable('objections')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('campaign', 'text', (c) => c.notNull())
      .addColumn('tree', 'text', (c) => c.notNull())
      .addColumn('snapshot', 'integer', (c) => c.notNull())
      .addColumn('unit', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('words', 'text', (c) => c.notNull())
      .addColumn('file', 'text', (c) => c.notNull())
      .addColumn('file_name', 'text', (c) => c.notNull())
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('person_name', 'text', (c) => c.notNull())
      .addColumn('raised_at', 'integer', (c) => c.notNull())
      .addColumn('settler_name', 'text')
      .addColumn('settled_at', 'integer')
      .addColumn('answer', 'text', (c) => c.notNull().defaultTo(''))
      .modifyEnd(sql`strict`)
      .execute();
    await sql`create unique index one_open_objection on objections (snapshot, unit) where state = 'open'`.execute(db);
    await schema.createIndex('objections_of_contest').on('objections').columns(['campaign', 'tree', 'raised_at']).execute();
  },
};
