// Which files of a programme the server does not hold whole: unknown, gone from the disk, or of another size than it noted.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Queries } from '../database/open-database.ts';
import { mediaPath } from './media-files.ts';
import { mediaByHash } from './media-store.ts';

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export async function missingFiles(db: Queries, filesDir: string, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const known = new Map((await mediaByHash(db, hashes)).map(({ sha256, bytes }) => [sha256, bytes]));
  const missing = new Set<string>();
  for (const hash of hashes) {
    const bytes = known.get(hash);
    if (bytes === undefined || (await sizeOf(join(filesDir, mediaPath(hash)))) !== bytes) missing.add(hash);
  }
  return missing;
}
