// What is looked at before a publish: claims and their documents, the last days of files as published, what each player can draw.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const publishChecks: Migration = {
  async up({ schema }: Kysely<Database>) {
    await schema
      .createTable('claims')
      .addColumn('sha256', 'text', (c) => c.primaryKey().notNull())
      .addColumn('text', 'text', (c) => c.notNull())
      .addColumn('basis', 'text', (c) => c.notNull())
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('author', 'text', (c) => c.notNull())
      .addColumn('confirmed_at', 'integer', (c) => c.notNull())
      .modifyEnd(sql`strict`)
      .execute();
    await schema
      .alterTable('playlists')
      .addColumn('published_days', 'text', (c) => c.notNull().defaultTo('{}'))
      .execute();
    await schema.alterTable('screens').addColumn('capabilities', 'text').execute();
  },
};
