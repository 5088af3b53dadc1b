// An entry of the library as the console sees it: with who uses it, and whether the caller may change it.
import { roles } from '../../core/roles.ts';
import type { MediaEntry } from '../../core/media-api.ts';
import type { Caller } from '../access.ts';
import type { Queries } from '../database/open-database.ts';
import { isInDuty } from '../people/duty.ts';
import type { LibraryEntry } from './library-store.ts';
import type { MediaUses } from './media-uses.ts';

export async function viewOfEntry(db: Queries, entry: LibraryEntry, uses: MediaUses, caller: Caller): Promise<MediaEntry> {
  const { sha256, kind, type, bytes, width, height, seconds, poster, thumbnail, name, folder, alt, unit, createdAt, expiresOn, author } = entry;
  const mayEdit = caller.role !== undefined && roles.indexOf(caller.role) >= roles.indexOf('editor');
  return {
    ...{ sha256, kind, type, bytes, width, height, seconds, poster, thumbnail, name, folder, alt, unit, createdAt, expiresOn },
    by: author,
    uses: uses(sha256),
    mayChange: mayEdit && (await isInDuty(db, caller, unit)),
  };
}
