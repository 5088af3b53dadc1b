// The addresses at which players reach this server, best first; they travel in every assignment.
import { z } from 'zod';
import type { Queries } from '../database/open-database.ts';
import { readSetting, writeSetting } from './setting-store.ts';

const key = 'servers';
const addressesSchema = z.array(z.url()).max(8);

export async function readServers(db: Queries): Promise<string[]> {
  return (await readSetting(db, key, addressesSchema)) ?? [];
}

/** @returns whether they have changed */
export async function writeServers(db: Queries, servers: readonly string[]): Promise<boolean> {
  const before = await readServers(db);
  if (before.join(' ') === servers.join(' ')) return false;
  await writeSetting(db, key, servers);
  return true;
}
