// Approvals by a second person, the publishes that people did, scanned documents, and who made a revision.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const approvals: Migration = {
  async up(db: Kysely<Database>) {
    const { schema } = db;
    await schema
      .createTable('approvals')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('playlist', 'text', (c) => c.notNull().references('playlists.id'))
      .addColumn('revision', 'integer', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('digest', 'text', (c) => c.notNull())
      .addColumn('way', 'text', (c) => c.notNull())
      .addColumn('note', 'text', (c) => c.notNull())
      .addColumn('basis', 'text')
      .addColumn('changes', 'text', (c) => c.notNull())
      .addColumn('screens', 'text', (c) => c.notNull())
      .addColumn('asker', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('asker_name', 'text', (c) => c.notNull())
      .addColumn('asked_at', 'integer', (c) => c.notNull())
      .addColumn('editor', 'text')
      .addColumn('editor_name', 'text')
      .addColumn('approver', 'text', (c) => c.references('people.id'))
      .addColumn('approver_name', 'text')
      .addColumn('approved_at', 'integer')
      .addColumn('settler', 'text')
      .addColumn('settler_name', 'text')
      .addColumn('settled_at', 'integer')
      .addColumn('reason', 'text', (c) => c.notNull())
      .modifyEnd(sql`strict`)
      .execute();
    await schema
      .createIndex('one_open_approval')
      .on('approvals')
      .column('playlist')
      .unique()
      .where(sql.ref('state'), 'in', sql`('waiting', 'approved')`)
      .execute();
    await schema
      .createTable('publishes')
      .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('playlist', 'text', (c) => c.notNull().references('playlists.id'))
      .addColumn('revision', 'integer', (c) => c.notNull())
      .addColumn('at', 'integer', (c) => c.notNull())
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('author', 'text', (c) => c.notNull())
      .addColumn('approval', 'text', (c) => c.references('approvals.id'))
      .addColumn('basis', 'text')
      .addColumn('issued', 'text', (c) => c.notNull())
      .modifyEnd(sql`strict`)
      .execute();
    await schema
      .createTable('basis_files')
      .addColumn('sha256', 'text', (c) => c.primaryKey().notNull())
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('bytes', 'blob', (c) => c.notNull())
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .modifyEnd(sql`strict`)
      .execute();
    await schema.alterTable('playlist_revisions').addColumn('person', 'text').execute();
    // What is on the screens stays there. A draft of staff that is still to come is somebody's, though not every earlier editor is known by id.
    await sql`
      update playlist_revisions set person = coalesce((select keeper from playlists where id = playlist), 'unknown')
      where author <> 'server' and revision > coalesce((select published_revision from playlists where id = playlist), 0)`.execute(db);
  },
};
