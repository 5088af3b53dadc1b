// Snapshots that take the place of others, with the reason, and what each is compared with.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const corrections: Migration = {
  async up(db: Kysely<Database>) {
    const { schema } = db;
    for (const column of ['compared_to', 'replaces'] as const) await schema.alterTable('snapshots').addColumn(column, 'integer').execute();
    await schema.alterTable('snapshots').addColumn('how', 'text').execute();
    await schema
      .alterTable('snapshots')
      .addColumn('reason', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    // Until now each was compared with the one before it of the same kind.
    await sql`
      update snapshots set compared_to = (
        select max(earlier.number) from snapshots as earlier
        where earlier.campaign = snapshots.campaign and earlier.tree = snapshots.tree and earlier.sample = snapshots.sample and earlier.number < snapshots.number
      )`.execute(db);
    await schema.createIndex('one_replacement').on('snapshots').column('replaces').unique().execute();
    await schema.createIndex('snapshots_of_contest').on('snapshots').columns(['campaign', 'tree', 'number']).execute();
  },
};
