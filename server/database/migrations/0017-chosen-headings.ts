// What a sender said of a heading that is in no usual spelling, and the heading that was chosen for an import.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const chosenHeadings: Migration = {
  async up(db: Kysely<Database>) {
    const { schema } = db;
    await schema
      .createTable('heading_choices')
      .addColumn('sender', 'text', (c) => c.notNull())
      .addColumn('heading', 'text', (c) => c.notNull())
      .addColumn('columns', 'text', (c) => c.notNull())
      .addColumn('chosen_at', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('heading_choices_key', ['sender', 'heading'])
      .modifyEnd(sql`strict`)
      .execute();
    await schema.alterTable('imports').addColumn('heading', 'text').execute();
  },
};
