// Manifests that wait for approvers' signatures before they come into force.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const awaitedManifests: Migration = {
  async up({ schema }: Kysely<Database>) {
    await schema
      .createTable('awaited_manifests')
      .addColumn('channel', 'text', (c) => c.primaryKey().notNull().references('channels.id'))
      .addColumn('sha256', 'text', (c) => c.notNull().references('manifests.sha256'))
      .modifyEnd(sql`strict`)
      .execute();
  },
};
