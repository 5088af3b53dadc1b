// Looks at a folder of files that are named by their hash, as an inspector would: whatever bears a hash must be what it says.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** Paths of files below a folder whose bytes are not what their name says; partial ones claim nothing. */
export function wrongFiles(folder: string): string[] {
  const found = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  return found
    .filter((file) => file.isFile() && /^[0-9a-f]{64}(\.json)?$/.test(file.name))
    .map((file) => ({ path: join(file.parentPath, file.name), name: file.name }))
    .filter(({ path, name }) => {
      const bytes = readFileSync(path);
      // A document is named by the hash of what was signed.
      if (name.endsWith('.json')) return sha256((JSON.parse(bytes.toString('utf8')) as { payload: string }).payload) !== name.slice(0, 64);
      return sha256(bytes) !== name;
    })
    .map(({ path }) => path);
}

/** Names of downloads that were cut off. */
export function partialFiles(folder: string): string[] {
  return (existsSync(folder) ? readdirSync(folder) : []).filter((name) => name.endsWith('.part'));
}
