// Accounts with name, password and second factor; sessions that can be listed; whose draft a playlist is; the unit of a token.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const people: Migration = {
  async up(db: Kysely<Database>) {
    const { schema } = db;
    await schema
      .createTable('recovery_codes')
      .addColumn('hash', 'text', (c) => c.primaryKey().notNull())
      .addColumn('person', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('used_at', 'integer')
      .modifyEnd(sql`strict`)
      .execute();
    await schema
      .createTable('sign_in_locks')
      .addColumn('subject', 'text', (c) => c.primaryKey().notNull())
      .addColumn('failures', 'integer', (c) => c.notNull())
      .addColumn('last_at', 'integer', (c) => c.notNull())
      .addColumn('locked_until', 'integer', (c) => c.notNull())
      .modifyEnd(sql`strict`)
      .execute();
    // Everybody signs in again: the sessions of before cannot be listed, and know no second factor.
    await schema.dropTable('sessions').execute();
    await schema
      .createTable('sessions')
      .addColumn('secret_hash', 'text', (c) => c.primaryKey().notNull())
      .addColumn('id', 'text', (c) => c.notNull().unique())
      .addColumn('person', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addColumn('expires_at', 'integer', (c) => c.notNull())
      .addColumn('started_at', 'integer', (c) => c.notNull())
      .addColumn('seen_at', 'integer', (c) => c.notNull())
      .addColumn('address', 'text', (c) => c.notNull())
      .addColumn('agent', 'text', (c) => c.notNull())
      .addColumn('via', 'text', (c) => c.notNull())
      .modifyEnd(sql`strict`)
      .execute();
    await schema
      .alterTable('people')
      .addColumn('login', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    for (const column of ['password', 'totp_secret', 'heir'] as const) await schema.alterTable('people').addColumn(column, 'text').execute();
    for (const column of ['totp_since', 'closed_at'] as const) await schema.alterTable('people').addColumn(column, 'integer').execute();
    await schema
      .alterTable('people')
      .addColumn('totp_step', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    await sql`update people set login = 'nguoi-dung-' || substr(id, 1, 8)`.execute(db);
    await sql`update people set login = 'quantri' where id = (select id from people where role = 'admin' order by created_at limit 1)`.execute(db);
    await schema.createIndex('one_login').on('people').column('login').unique().execute();
    await schema.alterTable('api_tokens').addColumn('unit', 'text').execute();
    await schema.alterTable('playlists').addColumn('keeper', 'text').execute();
  },
};
