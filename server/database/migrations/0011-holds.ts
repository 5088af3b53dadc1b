// Imports that wait for a second person, who sent each import, what its sender meant by a name that fits several units, and answers to requests with a key.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const holds: Migration = {
  async up(db: Kysely<Database>) {
    const { schema } = db;
    await schema
      .alterTable('imports')
      .addColumn('sender', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    await schema.alterTable('imports').addColumn('raw', 'text').execute();
    await schema
      .createTable('unit_choices')
      .addColumn('sender', 'text', (c) => c.notNull())
      .addColumn('tree', 'text', (c) => c.notNull())
      .addColumn('written', 'text', (c) => c.notNull())
      .addColumn('unit', 'text', (c) => c.notNull())
      .addColumn('chosen_at', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('unit_choices_key', ['sender', 'tree', 'written'])
      .modifyEnd(sql`strict`)
      .execute();
    await schema
      .createTable('keyed_answers')
      .addColumn('sender', 'text', (c) => c.notNull())
      .addColumn('key', 'text', (c) => c.notNull())
      .addColumn('request', 'text', (c) => c.notNull())
      .addColumn('answer', 'text', (c) => c.notNull())
      .addColumn('answered_at', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('keyed_answers_key', ['sender', 'key'])
      .modifyEnd(sql`strict`)
      .execute();
    await schema
      .createTable('held_imports')
      .addColumn('import', 'text', (c) => c.primaryKey().notNull().references('imports.id'))
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('compared_with', 'integer', (c) => c.notNull())
      .addColumn('holds', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('asker', 'text', (c) => c.notNull())
      .addColumn('asker_name', 'text', (c) => c.notNull())
      .addColumn('asked_at', 'integer', (c) => c.notNull())
      .addColumn('firsts', 'text', (c) => c.notNull())
      .addColumn('settler_name', 'text')
      .addColumn('settled_at', 'integer')
      .addColumn('answer', 'text', (c) => c.notNull().defaultTo(''))
      .addColumn('snapshot', 'integer')
      .modifyEnd(sql`strict`)
      .execute();
    await schema.createIndex('held_waiting').on('held_imports').columns(['state', 'asked_at']).execute();
    await schema.createIndex('held_became').on('held_imports').column('snapshot').unique().execute();
  },
};
