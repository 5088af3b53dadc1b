// A host for codes that one administrator has asked for, until a second sets the same.
import { z } from 'zod';
import type { Queries } from '../database/open-database.ts';
import { readSetting, writeSetting } from '../settings/setting-store.ts';

const setting = 'scan-host-asked';
/** What one administrator asked is not waited for longer than this. */
const askedMs = 24 * 3_600_000;
const askedSchema = z.object({ host: z.string().nullable(), person: z.string(), by: z.string(), at: z.int() }).nullable();
type AskedHost = NonNullable<z.infer<typeof askedSchema>>;

/** What waits for a second administrator; null when nothing does. */
export async function askedHost(db: Queries, now: number): Promise<AskedHost | null> {
  const asked = (await readSetting(db, setting, askedSchema)) ?? null;
  return asked !== null && asked.at > now - askedMs ? asked : null;
}

export async function keepAskedHost(db: Queries, asked: AskedHost | null): Promise<void> {
  await writeSetting(db, setting, asked);
}
