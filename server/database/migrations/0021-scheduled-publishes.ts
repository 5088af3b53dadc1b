// Publishes at a set time: at most one of a playlist waits.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const scheduledPublishes: Migration = {
  async up({ schema }: Kysely<Database>) {
    await schema
      .createTable('scheduled_publishes')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('playlist', 'text', (c) => c.notNull().references('playlists.id'))
      .addColumn('revision', 'integer', (c) => c.notNull())
      .addColumn('due_at', 'integer', (c) => c.notNull())
      .addColumn('basis', 'text')
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('author', 'text', (c) => c.notNull())
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('why', 'text', (c) => c.notNull().defaultTo('[]'))
      .addColumn('settled_at', 'integer')
      .addColumn('put_away_at', 'integer')
      .modifyEnd(sql`strict`)
      .execute();
    await schema.createIndex('schedule_open').unique().on('scheduled_publishes').column('playlist').where(sql.ref('state'), '=', 'waiting').execute();
  },
};
