// Where tests keep their data folders: in memory where the machine has plenty, since thousands of small databases, each synced at every step, wait for a disk.
import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Held in memory on Linux. */
const memory = '/dev/shm';
/** Bytes that must be free there, and in the machine: several times what all tests hold at once. */
const plenty = 6 * 2 ** 30;

function parent() {
  if (process.env['TMPDIR'] !== undefined) return tmpdir();
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= plenty && freemem() >= plenty ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
}

/**
 * A temporary folder that users without rights can pass through.
 * @returns {{ folder: string, remove: () => void }}
 */
export function temporaryFolder() {
  const folder = mkdtempSync(join(parent(), 'ihanoi-check-'));
  chmodSync(folder, 0o755);
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  return { folder, remove };
}
