// What players said of their journals' ends, and every contradiction that was found. Both only grow.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const playProof: Migration = {
  async up(db: Kysely<Database>) {
    await db.schema
      .createTable('play_anchors')
      .addColumn('screen', 'text', (c) => c.notNull().references('screens.id'))
      .addColumn('chain', 'text', (c) => c.notNull())
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addColumn('hash', 'text', (c) => c.notNull())
      .addColumn('heard_at', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('play_anchors_key', ['screen', 'chain'])
      .modifyEnd(sql`strict`)
      .execute();
    await db.schema
      .createTable('play_findings')
      .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('screen', 'text', (c) => c.notNull().references('screens.id'))
      .addColumn('chain', 'text', (c) => c.notNull())
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('expected', 'text')
      .addColumn('offered', 'text')
      .addColumn('found_at', 'integer', (c) => c.notNull())
      .addUniqueConstraint('one_finding_a_place', ['screen', 'chain', 'seq', 'kind'])
      .modifyEnd(sql`strict`)
      .execute();
  },
};
