// Entries of the media library.
import { soonerDays, type LastDays } from '../../core/expiry.ts';
import type { MediaKind } from '../../core/media-api.ts';
import { localTextSchema, type LocalText } from '../../core/primitives.ts';
import type { Queries } from '../database/open-database.ts';
import type { Row } from '../database/schema.ts';

export interface NewEntry {
  readonly sha256: string;
  readonly source: string;
  readonly kind: MediaKind;
  readonly width: number;
  readonly height: number;
  readonly seconds: number | null;
  readonly poster: string | null;
  readonly thumbnail: string;
  readonly name: string;
  readonly folder?: string;
  readonly person: string;
  readonly author: string;
  readonly unit: string | null;
  readonly createdAt: number;
}

export interface LibraryEntry extends NewEntry {
  readonly folder: string;
  readonly type: string;
  readonly bytes: number;
  readonly alt: LocalText | null;
  readonly expiresOn: string | null;
}

function entries(db: Queries) {
  return db.selectFrom('library').innerJoin('media', 'media.sha256', 'library.sha256').selectAll('library').select(['media.type', 'media.bytes']);
}

function toEntry({ created_at, expires_on, alt, ...facts }: Row<'library'> & { type: string; bytes: number }): LibraryEntry {
  return { ...facts, createdAt: created_at, expiresOn: expires_on, alt: alt === null ? null : localTextSchema.parse(JSON.parse(alt)) };
}

/** Newest first. */
export async function listLibrary(db: Queries, kind?: MediaKind): Promise<LibraryEntry[]> {
  const query = entries(db).orderBy('library.created_at', 'desc').orderBy('library.sha256');
  return (await (kind === undefined ? query : query.where('library.kind', '=', kind)).execute()).map(toEntry);
}

export async function findEntry(db: Queries, sha256: string): Promise<LibraryEntry | undefined> {
  const row = await entries(db).where('library.sha256', '=', sha256).executeTakeFirst();
  return row && toEntry(row);
}

/** Those of these files that are entries. */
export async function findEntries(db: Queries, hashes: readonly string[]): Promise<LibraryEntry[]> {
  if (hashes.length === 0) return [];
  return (await entries(db).where('library.sha256', 'in', hashes).execute()).map(toEntry);
}

/** The entry that was made of the very file with this hash. */
export async function entryOfSource(db: Queries, source: string): Promise<LibraryEntry | undefined> {
  const row = await entries(db).where('library.source', '=', source).executeTakeFirst();
  return row && toEntry(row);
}

/** Adds an entry; the media that it names are there. @returns whether it was new */
export async function addEntry(db: Queries, { createdAt, ...entry }: NewEntry): Promise<boolean> {
  const row = await db
    .insertInto('library')
    .values({ ...entry, created_at: createdAt, alt: null, expires_on: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('sha256')
    .executeTakeFirst();
  return row !== undefined;
}

/** @param folder another one, where it moves */
export async function describeEntry(db: Queries, sha256: string, name: string, alt: LocalText, expiresOn: string | null, folder?: string): Promise<void> {
  await db
    .updateTable('library')
    .set({ name, alt: JSON.stringify(alt), expires_on: expiresOn, ...(folder === undefined ? {} : { folder }) })
    .where('sha256', '=', sha256)
    .execute();
}

/** Until when these files may be shown, as the library says it; a still that stands in for a film ends with the film. */
export async function lastDaysOf(db: Queries, hashes: readonly string[]): Promise<LastDays> {
  if (hashes.length === 0) return new Map();
  const rows = await db
    .selectFrom('library')
    .select(['sha256', 'poster', 'expires_on'])
    .where('expires_on', 'is not', null)
    .where((eb) => eb.or([eb('sha256', 'in', hashes), eb('poster', 'in', hashes)]))
    .execute();
  return rows.reduce<LastDays>((days, { sha256, poster, expires_on: day }) => {
    const named = [sha256, poster].filter((hash) => hash !== null && hashes.includes(hash));
    return day === null ? days : soonerDays(days, new Map(named.flatMap((hash) => (hash === null ? [] : [[hash, day]]))));
  }, new Map());
}

export async function deleteEntry(db: Queries, sha256: string): Promise<void> {
  await db.deleteFrom('library').where('sha256', '=', sha256).execute();
}

/** Forgets those of these files that no entry names and nothing ever did that is kept: no revision of a playlist, no manifest. @returns which */
export async function forgetUnnamedMedia(db: Queries, hashes: readonly string[]): Promise<string[]> {
  const gone: string[] = [];
  for (const hash of hashes) {
    const mention = `%${hash}%`;
    const named = await Promise.all([
      db
        .selectFrom('library')
        .select('sha256')
        .where((eb) => eb.or([eb('sha256', '=', hash), eb('poster', '=', hash), eb('thumbnail', '=', hash)]))
        .executeTakeFirst(),
      db.selectFrom('playlist_revisions').select('playlist').where('document', 'like', mention).executeTakeFirst(),
      db.selectFrom('manifests').select('sha256').where('envelope', 'like', mention).executeTakeFirst(),
    ]);
    if (named.some((row) => row !== undefined)) continue;
    await db.deleteFrom('media').where('sha256', '=', hash).execute();
    gone.push(hash);
  }
  return gone;
}
