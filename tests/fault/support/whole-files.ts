// Looks at a folder of files that are named by their hash, as an inspector would: whatever bears a hash must be what it says.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** Files that were right and have not been touched since: nobody can set the time of a change back. */
const known = new Map<string, bigint>();

function isRight(path: string, name: string): boolean {
  const changedNs = statSync(path, { bigint: true }).ctimeNs;
  if (known.get(path) === changedNs) return true;
  const bytes = readFileSync(path);
  // A document is named by the hash of what was signed.
  const claimed = name.endsWith('.json') ? (JSON.parse(bytes.toString('utf8')) as { payload: string }).payload : bytes;
  const right = sha256(claimed) === name.slice(0, 64);
  if (right) known.set(path, changedNs);
  return right;
}

/** Paths of files below a folder whose bytes are not what their name says; partial ones claim nothing. */
export function wrongFiles(folder: string): string[] {
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  return files
    .filter((file) => file.isFile() && /^[0-9a-f]{64}(\.json)?$/.test(file.name))
    .filter((file) => !isRight(join(file.parentPath, file.name), file.name))
    .map((file) => join(file.parentPath, file.name));
}

/** Names of downloads that were cut off. */
export function partialFiles(folder: string): string[] {
  return (existsSync(folder) ? readdirSync(folder) : []).filter((name) => name.endsWith('.part'));
}
