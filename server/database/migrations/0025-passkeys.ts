// Passkeys as a second factor beside the codes of a telephone.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const passkeys: Migration = {
  async up({ schema }: Kysely<Database>) {
    await schema
      .createTable('passkeys')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('person', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('rp_id', 'text', (c) => c.notNull())
      .addColumn('public_key', 'text', (c) => c.notNull())
      .addColumn('counter', 'integer', (c) => c.notNull())
      .addColumn('transports', 'text', (c) => c.notNull())
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addColumn('used_at', 'integer')
      .modifyEnd(sql`strict`)
      .execute();
    await schema.createIndex('passkeys_of_person').on('passkeys').column('person').execute();
    await schema
      .createTable('passkey_challenges')
      .addColumn('challenge', 'text', (c) => c.primaryKey().notNull())
      .addColumn('person', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('purpose', 'text', (c) => c.notNull())
      .addColumn('expires_at', 'integer', (c) => c.notNull())
      .modifyEnd(sql`strict`)
      .execute();
    await schema
      .alterTable('people')
      .addColumn('passkeys', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
  },
};
