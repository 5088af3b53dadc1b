// What openings of codes added up to by the hour, of those that are no longer kept one by one.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const scanHours: Migration = {
  async up({ schema }: Kysely<Database>) {
    await schema
      .createTable('scan_hours')
      .addColumn('campaign', 'text', (c) => c.notNull())
      .addColumn('owner', 'integer', (c) => c.notNull())
      .addColumn('item', 'integer', (c) => c.notNull())
      .addColumn('hour', 'integer', (c) => c.notNull())
      .addColumn('shown', 'integer', (c) => c.notNull())
      .addColumn('count', 'integer', (c) => c.notNull())
      .addColumn('devices', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('scan_hours_key', ['campaign', 'hour', 'owner', 'item', 'shown'])
      .modifyEnd(sql`strict`)
      .execute();
    await schema.createIndex('captures_by_time').on('captures').columns(['taken_at']).execute();
  },
};
