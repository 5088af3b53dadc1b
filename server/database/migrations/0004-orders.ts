// Orders above the programmes, what waits for a second person, and what their targets need: units above units, whom to call for a screen.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const orders: Migration = {
  async up(db: Kysely<Database>) {
    const { schema } = db;
    await schema
      .createTable('orders')
      .addColumn('sha256', 'text', (c) => c.primaryKey().notNull())
      .addColumn('number', 'integer', (c) => c.notNull().unique())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('envelope', 'text', (c) => c.notNull())
      .addColumn('issued_at', 'integer', (c) => c.notNull())
      .addColumn('expires_at', 'integer')
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('author', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('basis', 'text', (c) => c.notNull())
      .addColumn('ended_by', 'text')
      .modifyEnd(sql`strict`)
      .execute();
    await schema.createIndex('orders_standing').on('orders').columns(['ended_by', 'expires_at']).execute();
    await schema
      .createTable('order_requests')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('what', 'text', (c) => c.notNull())
      .addColumn('order_number', 'integer')
      .addColumn('body', 'text', (c) => c.notNull())
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('author', 'text', (c) => c.notNull())
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addColumn('done_at', 'integer')
      .modifyEnd(sql`strict`)
      .execute();
    await schema.alterTable('units').addColumn('parent', 'text').execute();
    await schema.alterTable('people').addColumn('unit', 'text').execute();
    await schema
      .alterTable('screens')
      .addColumn('contact', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
  },
};
