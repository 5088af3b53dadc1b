// Media bytes in a folder, each file named by its SHA-256; a file is there whole or not at all.
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../files/durable-file.ts';
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
