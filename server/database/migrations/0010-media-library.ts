// The media library: what people brought in, and the uploads that are under way.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const mediaLibrary: Migration = {
  async up(db: Kysely<Database>) {
    await db.schema
      .createTable('library')
      .addColumn('sha256', 'text', (c) => c.primaryKey().notNull().references('media.sha256'))
      .addColumn('source', 'text', (c) => c.notNull().unique())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('width', 'integer', (c) => c.notNull())
      .addColumn('height', 'integer', (c) => c.notNull())
      .addColumn('seconds', 'real')
      .addColumn('poster', 'text', (c) => c.references('media.sha256'))
      .addColumn('thumbnail', 'text', (c) => c.notNull().references('media.sha256'))
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('alt', 'text')
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('author', 'text', (c) => c.notNull())
      .addColumn('unit', 'text')
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addColumn('expires_on', 'text')
      .modifyEnd(sql`strict`)
      .execute();
    await db.schema
      .createTable('uploads')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('bytes', 'integer', (c) => c.notNull())
      .addColumn('modified_at', 'integer', (c) => c.notNull())
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addUniqueConstraint('one_upload_of_a_file', ['person', 'name', 'bytes', 'modified_at'])
      .modifyEnd(sql`strict`)
      .execute();
  },
};
