// Files that units attach to objections, in the database: for the unit and the office only, and in every backup.
import { unzipSync } from 'fflate';
import { maxObjectionBytesADay, objectionTypes, type ObjectionType } from '../../core/objection-api.ts';
import type { Queries } from '../database/open-database.ts';
import { sha256 } from '../keys/ed25519.ts';
import { ApiFailure } from '../api-failure.ts';
import { basisTypeOf } from '../publishing/basis-store.ts';

const [, workbook] = objectionTypes;

/** Whether an archive lists the parts of a workbook; nothing of it is unpacked. */
function isWorkbook(bytes: Uint8Array): boolean {
  const names = new Set<string>();
  try {
    unzipSync(bytes, { filter: ({ name }) => (names.add(name.toLowerCase()), false) });
  } catch {
    return false;
  }
  return names.has('[content_types].xml') && names.has('xl/workbook.xml');
}

/** By its bytes, whatever it is called. */
export function objectionTypeOf(bytes: Uint8Array): ObjectionType | undefined {
  return basisTypeOf(bytes) ?? (isWorkbook(bytes) ? workbook : undefined);
}

export interface ObjectionFile {
  readonly sha256: string;
  readonly type: ObjectionType;
  readonly bytes: Uint8Array;
}

const unusedAfterMs = 24 * 60 * 60_000;

/** Keeps a file for its sender. Files that no objection came to name within a day are forgotten. @throws ApiFailure beyond what one person may send in a day */
export async function keepObjectionFile(trx: Queries, { type, bytes }: Omit<ObjectionFile, 'sha256'>, person: string, now: number): Promise<string> {
  const hash = sha256(bytes);
  await trx
    .deleteFrom('objection_files')
    .where('created_at', '<', now - unusedAfterMs)
    .where('sha256', 'not in', trx.selectFrom('objections').select('file'))
    .execute();
  const { sent } = await trx
    .selectFrom('objection_files')
    .select(({ fn }) => fn.sum<number | string | null>(fn('length', ['bytes'])).as('sent'))
    .where('person', '=', person)
    .where('created_at', '>=', now - unusedAfterMs)
    .executeTakeFirstOrThrow();
  if (Number(sent ?? 0) + bytes.length > maxObjectionBytesADay) throw new ApiFailure('objection-quota');
  await trx
    .insertInto('objection_files')
    .values({ sha256: hash, person, type, bytes, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return hash;
}

/** A file of a person's own: nobody reads that of another unit by knowing its hash. */
export async function ownObjectionFile(db: Queries, hash: string, person: string): Promise<ObjectionFile | undefined> {
  return db.selectFrom('objection_files').select(['sha256', 'type', 'bytes']).where('sha256', '=', hash).where('person', '=', person).executeTakeFirst();
}
