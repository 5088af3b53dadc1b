// Uploads under way: whose each is, and how large the file will be.
import { randomUUID } from 'node:crypto';
import type { Queries } from '../database/open-database.ts';
import type { Row } from '../database/schema.ts';

export type UploadRow = Row<'uploads'>;

/** What makes two announcements the same file. */
export interface Announced {
  readonly person: string;
  readonly name: string;
  readonly bytes: number;
  readonly modifiedAt: number;
}

export interface NewUpload extends Announced {
  /** Where its entry will be. */
  readonly folder: string;
}

/** The upload of this file: the one that was begun, or a new one. */
export async function ensureUpload(db: Queries, { person, name, bytes, modifiedAt, folder }: NewUpload, now: number): Promise<UploadRow> {
  await db
    .insertInto('uploads')
    .values({ id: randomUUID(), person, name, bytes, modified_at: modifiedAt, created_at: now, folder })
    .onConflict((conflict) => conflict.columns(['person', 'name', 'bytes', 'modified_at']).doUpdateSet({ folder }))
    .execute();
  return db
    .selectFrom('uploads')
    .selectAll()
    .where('person', '=', person)
    .where('name', '=', name)
    .where('bytes', '=', bytes)
    .where('modified_at', '=', modifiedAt)
    .executeTakeFirstOrThrow();
}

export async function findUpload(db: Queries, id: string, person: string): Promise<UploadRow | undefined> {
  return db.selectFrom('uploads').selectAll().where('id', '=', id).where('person', '=', person).executeTakeFirst();
}

export async function countUploads(db: Queries, person: string): Promise<number> {
  const row = await db
    .selectFrom('uploads')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('person', '=', person)
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function deleteUpload(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('uploads').where('id', '=', id).execute();
}

/** Forgets uploads that were begun before. @returns their ids */
export async function forgetUploadsBefore(db: Queries, before: number): Promise<string[]> {
  return (await db.deleteFrom('uploads').where('created_at', '<', before).returning('id').execute()).map(({ id }) => id);
}
