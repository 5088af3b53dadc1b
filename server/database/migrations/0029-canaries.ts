// Publishes to a few screens first: at most one of a playlist runs.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const canaries: Migration = {
  async up({ schema }: Kysely<Database>) {
    await schema
      .createTable('canaries')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('playlist', 'text', (c) => c.notNull().references('playlists.id'))
      .addColumn('revision', 'integer', (c) => c.notNull())
      .addColumn('channels', 'text', (c) => c.notNull())
      .addColumn('screens', 'text', (c) => c.notNull())
      .addColumn('minutes', 'integer', (c) => c.notNull())
      .addColumn('auto', 'integer', (c) => c.notNull())
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('author', 'text', (c) => c.notNull())
      .addColumn('started_at', 'integer', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('why', 'text', (c) => c.notNull().defaultTo('[]'))
      .addColumn('settler', 'text')
      .addColumn('settled_at', 'integer')
      .modifyEnd(sql`strict`)
      .execute();
    await schema.createIndex('canary_open').unique().on('canaries').column('playlist').where(sql.ref('state'), '=', 'running').execute();
    await schema.alterTable('screens').addColumn('canary', 'text').execute();
    await schema.alterTable('manifests').addColumn('only_for', 'text').execute();
  },
};
