// The first tables. A migration is never changed once it has shipped; the next change is the next file.
import { sql, type CreateTableBuilder, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { isPostgres } from '../is-postgres.ts';
import type { Database } from '../schema.ts';

type Schema = Kysely<Database>['schema'];
type Table = CreateTableBuilder<string, string>;

async function create(schema: Schema, name: string, columns: (table: Table) => Table): Promise<void> {
  await columns(schema.createTable(name))
    .modifyEnd(sql`strict`)
    .execute();
}

async function createContent(schema: Schema): Promise<void> {
  await create(schema, 'settings', (table) => table.addColumn('key', 'text', (c) => c.primaryKey().notNull()).addColumn('value', 'text', (c) => c.notNull()));
  await create(schema, 'counters', (table) =>
    table.addColumn('name', 'text', (c) => c.primaryKey().notNull()).addColumn('value', 'integer', (c) => c.notNull()),
  );
  await create(schema, 'units', (table) =>
    table
      .addColumn('code', 'text', (c) => c.primaryKey().notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('level', 'text', (c) => c.notNull())
      .addColumn('valid_from', 'text', (c) => c.notNull())
      .addColumn('valid_to', 'text'),
  );
  await create(schema, 'campaigns', (table) =>
    table
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('document', 'text', (c) => c.notNull())
      .addColumn('current', 'integer', (c) => c.notNull())
      .addColumn('updated_at', 'integer', (c) => c.notNull()),
  );
  await create(schema, 'playlists', (table) =>
    table
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('revision', 'integer', (c) => c.notNull())
      .addColumn('published_revision', 'integer')
      .addColumn('published_at', 'integer')
      .addColumn('file_sha256', 'text')
      .addColumn('edited_by_staff', 'integer', (c) => c.notNull())
      .addColumn('problem', 'text'),
  );
  await create(schema, 'playlist_items', (table) =>
    table
      .addColumn('number', 'integer', (c) => c.primaryKey().notNull())
      .addColumn('playlist', 'text', (c) => c.notNull().references('playlists.id'))
      .addColumn('item', 'text', (c) => c.notNull())
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addUniqueConstraint('one_number_an_item', ['playlist', 'item']),
  );
  await create(schema, 'playlist_revisions', (table) =>
    table
      .addColumn('playlist', 'text', (c) => c.notNull().references('playlists.id'))
      .addColumn('revision', 'integer', (c) => c.notNull())
      .addColumn('document', 'text', (c) => c.notNull())
      .addColumn('author', 'text', (c) => c.notNull())
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('playlist_revisions_key', ['playlist', 'revision']),
  );
  await create(schema, 'media', (table) =>
    table
      .addColumn('sha256', 'text', (c) => c.primaryKey().notNull())
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('bytes', 'integer', (c) => c.notNull())
      .addColumn('created_at', 'integer', (c) => c.notNull()),
  );
}

async function createDocuments(schema: Schema): Promise<void> {
  await create(schema, 'roots', (table) =>
    table
      .addColumn('sha256', 'text', (c) => c.primaryKey().notNull())
      .addColumn('number', 'integer', (c) => c.notNull().unique())
      .addColumn('envelope', 'text', (c) => c.notNull())
      .addColumn('issued_at', 'integer', (c) => c.notNull()),
  );
  await create(schema, 'manifests', (table) =>
    table
      .addColumn('sha256', 'text', (c) => c.primaryKey().notNull())
      .addColumn('channel', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('revision', 'integer', (c) => c.notNull())
      .addColumn('envelope', 'text', (c) => c.notNull())
      .addColumn('issued_at', 'integer', (c) => c.notNull())
      .addColumn('author', 'text', (c) => c.notNull())
      .addUniqueConstraint('one_manifest_a_version', ['channel', 'version']),
  );
  await create(schema, 'channels', (table) =>
    table
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('playlist', 'text', (c) => c.notNull().references('playlists.id'))
      .addColumn('manifest', 'text', (c) => c.references('manifests.sha256')),
  );
  await create(schema, 'snapshots', (table) =>
    table
      .addColumn('sha256', 'text', (c) => c.primaryKey().notNull())
      .addColumn('campaign', 'text', (c) => c.notNull())
      .addColumn('tree', 'text', (c) => c.notNull())
      .addColumn('number', 'integer', (c) => c.notNull().unique())
      .addColumn('sample', 'integer', (c) => c.notNull())
      .addColumn('cut_off', 'integer', (c) => c.notNull())
      .addColumn('issued_at', 'integer', (c) => c.notNull())
      .addColumn('author', 'text', (c) => c.notNull())
      .addColumn('import', 'text')
      .addColumn('envelope', 'text', (c) => c.notNull()),
  );
  await create(schema, 'imports', (table) =>
    table
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('file', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('campaign', 'text', (c) => c.notNull())
      .addColumn('tree', 'text', (c) => c.notNull())
      .addColumn('sample', 'integer', (c) => c.notNull())
      .addColumn('cut_off', 'integer', (c) => c.notNull())
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addColumn('expires_at', 'integer', (c) => c.notNull())
      .addColumn('author', 'text', (c) => c.notNull())
      .addColumn('preview', 'text', (c) => c.notNull())
      .addColumn('based_on_snapshot', 'integer', (c) => c.notNull()),
  );
}

async function createScreens(schema: Schema): Promise<void> {
  await create(schema, 'screens', (table) =>
    table
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('number', 'integer', (c) => c.notNull().unique())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('place', 'text', (c) => c.notNull())
      .addColumn('unit', 'text')
      .addColumn('channel', 'text', (c) => c.notNull().references('channels.id'))
      .addColumn('profile', 'text', (c) => c.notNull())
      .addColumn('hours', 'text', (c) => c.notNull())
      .addColumn('trial', 'integer', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('public_key', 'text', (c) => c.unique())
      .addColumn('paired_at', 'integer')
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('assignment', 'text')
      .addColumn('last_seen_at', 'integer')
      .addColumn('plays', 'integer', (c) => c.notNull())
      .addColumn('health', 'text')
      .addColumn('created_at', 'integer', (c) => c.notNull()),
  );
  await create(schema, 'assignments', (table) =>
    table
      .addColumn('sha256', 'text', (c) => c.primaryKey().notNull())
      .addColumn('screen', 'text', (c) => c.notNull().references('screens.id'))
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('envelope', 'text', (c) => c.notNull())
      .addColumn('issued_at', 'integer', (c) => c.notNull()),
  );
  await create(schema, 'enrolments', (table) =>
    table
      .addColumn('secret_hash', 'text', (c) => c.primaryKey().notNull())
      .addColumn('screen', 'text', (c) => c.notNull().references('screens.id'))
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addColumn('expires_at', 'integer', (c) => c.notNull())
      .addColumn('used_at', 'integer'),
  );
  await create(schema, 'plays', (table) =>
    table
      .addColumn('screen', 'text', (c) => c.notNull().references('screens.id'))
      .addColumn('chain', 'text', (c) => c.notNull())
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addColumn('campaign', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('at', 'integer', (c) => c.notNull())
      .addColumn('clock_trusted', 'integer', (c) => c.notNull())
      .addColumn('item', 'text')
      .addColumn('scene', 'text')
      .addColumn('manifest', 'text')
      .addColumn('opened', 'integer')
      .addColumn('outcome', 'text')
      .addColumn('entry', 'text', (c) => c.notNull())
      .addColumn('received_at', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('plays_key', ['screen', 'chain', 'seq']),
  );
  await schema.createIndex('plays_by_time').on('plays').columns(['screen', 'kind', 'at']).execute();
  await schema.createIndex('plays_by_opened').on('plays').columns(['screen', 'chain', 'opened']).where('opened', 'is not', null).execute();
  await create(schema, 'captures', (table) =>
    table
      .addColumn('screen', 'text', (c) => c.primaryKey().notNull().references('screens.id'))
      .addColumn('taken_at', 'integer', (c) => c.notNull())
      .addColumn('received_at', 'integer', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('jpeg', 'blob', (c) => c.notNull()),
  );
  await create(schema, 'scans', (table) =>
    table
      .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('campaign', 'text', (c) => c.notNull())
      .addColumn('owner', 'integer', (c) => c.notNull())
      .addColumn('item', 'integer', (c) => c.notNull())
      .addColumn('at', 'integer', (c) => c.notNull())
      .addColumn('platform', 'text', (c) => c.notNull()),
  );
}

async function createPeople(schema: Schema): Promise<void> {
  await create(schema, 'people', (table) =>
    table
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addColumn('disabled', 'integer', (c) => c.notNull()),
  );
  await create(schema, 'sign_in_links', (table) =>
    table
      .addColumn('secret_hash', 'text', (c) => c.primaryKey().notNull())
      .addColumn('person', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('expires_at', 'integer', (c) => c.notNull())
      .addColumn('used_at', 'integer'),
  );
  await create(schema, 'sessions', (table) =>
    table
      .addColumn('secret_hash', 'text', (c) => c.primaryKey().notNull())
      .addColumn('person', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addColumn('expires_at', 'integer', (c) => c.notNull()),
  );
  await create(schema, 'api_tokens', (table) =>
    table
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('secret_hash', 'text', (c) => c.notNull().unique())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('scopes', 'text', (c) => c.notNull())
      .addColumn('person', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addColumn('expires_at', 'integer', (c) => c.notNull())
      .addColumn('last_used_at', 'integer')
      .addColumn('revoked_at', 'integer'),
  );
}

async function createAudit(db: Kysely<Database>): Promise<void> {
  await create(db.schema, 'audit', (table) =>
    table
      .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('at', 'integer', (c) => c.notNull())
      .addColumn('who', 'text', (c) => c.notNull())
      .addColumn('what', 'text', (c) => c.notNull())
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('before', 'text')
      .addColumn('after', 'text'),
  );
  await (isPostgres(db) ? refuseOnPostgres(db) : refuseOnSqlite(db));
}

async function refuseOnSqlite(db: Kysely<Database>): Promise<void> {
  for (const change of ['update', 'delete']) {
    await sql`create trigger ${sql.ref(`audit_refuses_${change}`)} before ${sql.raw(change)} on audit begin select raise(abort, 'the audit log is append-only'); end`.execute(
      db,
    );
  }
}

async function refuseOnPostgres(db: Kysely<Database>): Promise<void> {
  await sql`create function audit_refuses() returns trigger language plpgsql as $$ begin raise exception 'the audit log is append-only'; end $$`.execute(db);
  await sql`create trigger audit_refuses before update or delete or truncate on audit for each statement execute function audit_refuses()`.execute(db);
}

export const spine: Migration = {
  async up(db: Kysely<Database>) {
    await createContent(db.schema);
    await createDocuments(db.schema);
    await createScreens(db.schema);
    await createPeople(db.schema);
    await createAudit(db);
  },
};
