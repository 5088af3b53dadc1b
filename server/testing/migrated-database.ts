// What all migrations make of an empty SQLite database, made once for all test servers of a process: each begins with a copy.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../database/open-database.ts';

let migrated: Promise<Uint8Array> | undefined;

async function migrate(): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi migrated '));
  const file = join(folder, 'server.sqlite');
  try {
    await (await openDatabase(file)).destroy();
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param file of a database that is not there yet */
export async function putMigratedDatabase(file: string): Promise<void> {
  writeFileSync(file, await (migrated ??= migrate()), { flag: 'wx' });
}
