// Proposals to make figures the final result of a contest, and the document on which a correction of one rests.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const finalResults: Migration = {
  async up(db: Kysely<Database>) {
    const { schema } = db;
    await schema
      .createTable('final_proposals')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('campaign', 'text', (c) => c.notNull())
      .addColumn('tree', 'text', (c) => c.notNull())
      .addColumn('number', 'integer', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('basis', 'text', (c) => c.notNull())
      .addColumn('proposer', 'text', (c) => c.notNull())
      .addColumn('proposer_name', 'text', (c) => c.notNull())
      .addColumn('proposed_at', 'integer', (c) => c.notNull())
      .addColumn('settler_name', 'text')
      .addColumn('settled_at', 'integer')
      .addColumn('answer', 'text', (c) => c.notNull().defaultTo(''))
      .addColumn('snapshot', 'integer')
      .modifyEnd(sql`strict`)
      .execute();
    await sql`create unique index one_final_proposal on final_proposals (campaign, tree) where state = 'waiting'`.execute(db);
    await schema.alterTable('held_imports').addColumn('basis', 'text').execute();
  },
};
