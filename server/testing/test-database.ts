// A PostgreSQL database for a test, where the tests run on PostgreSQL: TEST_DATABASE_URL names the one from which others are made.
import { createHash } from 'node:crypto';
import { Client } from 'pg';

const maker = process.env['TEST_DATABASE_URL'];

export const onPostgres = maker !== undefined;

async function command(statement: string): Promise<void> {
  const client = new Client({ connectionString: maker });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** URL of the database that belongs to a folder, made when it is new; `undefined` where tests run on SQLite. */
export async function testDatabase(folder: string): Promise<string | undefined> {
  if (maker === undefined) return undefined;
  const name = `test_${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  await command(`create database ${name}`).catch((error: unknown) => {
    // The same server again: its database is there.
    if ((error as { code?: unknown }).code !== '42P04') throw error;
  });
  const url = new URL(maker);
  url.pathname = name;
  return url.href;
}

export function dropTestDatabase(url: string): Promise<void> {
  return command(`drop database if exists ${new URL(url).pathname.slice(1)} with (force)`);
}
