// Folders of the media library.
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const folders: Migration = {
  async up({ schema }: Kysely<Database>) {
    for (const table of ['library', 'uploads'])
      await schema
        .alterTable(table)
        .addColumn('folder', 'text', (c) => c.notNull().defaultTo(''))
        .execute();
  },
};
