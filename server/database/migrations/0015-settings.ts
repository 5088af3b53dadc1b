// Settings that staff change: who was faster is seen by a number, screens have tags, and what loosens a rule or reaches the street waits for a second person.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const settings: Migration = {
  async up(db: Kysely<Database>) {
    const { schema } = db;
    for (const table of ['campaigns', 'screens'])
      await schema
        .alterTable(table)
        .addColumn('revision', 'integer', (c) => c.notNull().defaultTo(1))
        .execute();
    await schema
      .alterTable('campaigns')
      .addColumn('edited_by_staff', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    await schema
      .alterTable('screens')
      .addColumn('tags', 'text', (c) => c.notNull().defaultTo('[]'))
      .execute();
    await schema
      .createTable('asked_changes')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('before', 'text', (c) => c.notNull())
      .addColumn('after', 'text', (c) => c.notNull())
      .addColumn('loosens', 'integer', (c) => c.notNull())
      .addColumn('basis', 'text')
      .addColumn('asker', 'text', (c) => c.notNull())
      .addColumn('asker_name', 'text', (c) => c.notNull())
      .addColumn('asked_at', 'integer', (c) => c.notNull())
      .addColumn('outcome', 'text')
      .addColumn('settler_name', 'text')
      .addColumn('settled_at', 'integer')
      .modifyEnd(sql`strict`)
      .execute();
    await schema.createIndex('asked_open').unique().on('asked_changes').columns(['kind', 'subject']).where(sql.ref('outcome'), 'is', null).execute();
  },
};
