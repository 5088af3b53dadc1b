// Media bytes in a folder, each file named by its SHA-256; a file is there whole or not at all.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { moveDurably, writeDurably } from '../files/durable-file.ts';
import { sha256 } from '../keys/ed25519.ts';

/** Path of a hash below the folder: two characters of it make a sub-folder. */
export function mediaPath(hash: string): string {
  return join(hash.slice(0, 2), hash);
}

/** Keeps bytes and answers their hash. */
export async function keepBytes(folder: string, bytes: Uint8Array): Promise<string> {
  const hash = sha256(bytes);
  const path = join(folder, mediaPath(hash));
  const present = await stat(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (present?.size === bytes.length) return hash;
  await mkdir(join(folder, hash.slice(0, 2)), { recursive: true });
  await writeDurably(path, bytes);
  return hash;
}

/** SHA-256 of a file, read piece by piece. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Keeps a file that is on the disk for good already, by moving it. */
export async function keepFile(folder: string, path: string, hash: string): Promise<void> {
  const folderOfHash = join(folder, hash.slice(0, 2));
  await mkdir(folderOfHash, { recursive: true });
  await moveDurably(path, join(folder, mediaPath(hash)));
}

/** Removes bytes that nothing names any more. */
export async function dropBytes(folder: string, hash: string): Promise<void> {
  await rm(join(folder, mediaPath(hash)), { force: true });
}
