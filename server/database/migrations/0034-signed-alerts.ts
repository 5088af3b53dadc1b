// Alerts in free words that approvers sign by passkey: signed by the server and numbered when they are asked for, sent when enough people have signed.
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const signedAlerts: Migration = {
  async up(db: Kysely<Database>) {
    await db.schema.alterTable('order_requests').addColumn('envelope', 'text').execute();
    await db.schema
      .alterTable('orders')
      .addColumn('sent_at', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    await db
      .updateTable('orders')
      .set((eb) => ({ sent_at: eb.ref('issued_at') }))
      .execute();
  },
};
