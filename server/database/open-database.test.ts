import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Kysely, sql } from 'kysely';
import { appendAudit } from '../audit/audit-store.ts';
import { liftNumber, nextNumber } from './counter-store.ts';
import { openDatabase, transact, type Queries } from './open-database.ts';
import type { Database } from './schema.ts';
import { NodeSqliteDialect } from './sqlite-connection.ts';
import { dropTestDatabase, onPostgres, testDatabase } from '../testing/test-database.ts';

let folder: string;
let database: string | undefined;
let place: string;
let db: Queries;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ihanoi database '));
  database = await testDatabase(folder);
  place = database ?? join(folder, 'server.sqlite');
  db = await openDatabase(place);
});
afterEach(async () => {
  await db.destroy();
  if (database !== undefined) await dropTestDatabase(database);
  rmSync(folder, { recursive: true });
});

const reason = onPostgres ? ' (a matter of SQLite)' : '';

it.skipIf(onPostgres)(`writes ahead, syncs fully and keeps references whole${reason}`, async () => {
  const pragma = async (name: string) => Object.values((await sql<Record<string, unknown>>`${sql.raw(`pragma ${name}`)}`.execute(db)).rows[0] ?? {})[0];
  expect([await pragma('journal_mode'), await pragma('synchronous'), await pragma('foreign_keys'), await pragma('busy_timeout')]).toEqual(['wal', 2, 1, 5_000]);
  await expect(db.insertInto('channels').values({ id: 'a', name: 'A', playlist: 'none', manifest: null }).execute()).rejects.toThrow('FOREIGN KEY');
});

it('opens again with what it holds', async () => {
  await nextNumber(db, 'screen');
  await db.destroy();
  db = await openDatabase(place);
  expect(await nextNumber(db, 'screen')).toBe(2);
});

it.skipIf(onPostgres)(`fault 51: a schema upgrade that fails half way leaves everything as it was${reason}`, async () => {
  await nextNumber(db, 'screen');
  const tables = async () => (await sql<{ name: string; sql: string }>`select name, sql from sqlite_master order by name`.execute(db)).rows;
  const before = await tables();
  // The last upgrade is taken for one that is still to come: its tables are there already, so it breaks off.
  const { rows } = await sql<{ name: string; timestamp: string }>`select name, timestamp from kysely_migration order by name desc limit 1`.execute(db);
  const [last] = rows;
  await sql`delete from kysely_migration where name = ${last?.name}`.execute(db);
  await db.destroy();
  await expect(openDatabase(join(folder, 'server.sqlite'))).rejects.toThrow();

  db = new Kysely<Database>({ dialect: new NodeSqliteDialect(join(folder, 'server.sqlite')) });
  expect(await tables()).toEqual(before);
  await sql`insert into kysely_migration (name, timestamp) values (${last?.name}, ${last?.timestamp})`.execute(db);
  await db.destroy();
  db = await openDatabase(join(folder, 'server.sqlite'));
  expect(await nextNumber(db, 'screen')).toBe(2);
});

it('takes a transaction whole or not at all, and never gives a number twice', async () => {
  const failed = transact(db, async (trx) => {
    await nextNumber(trx, 'screen');
    await appendAudit(trx, 1, { who: 'a', what: 'b', subject: 'c' });
    throw new Error('power cut');
  });
  await expect(failed).rejects.toThrow('power cut');
  expect(await db.selectFrom('audit').selectAll().execute()).toEqual([]);
  const numbers = await Promise.all(Array.from({ length: 50 }, () => transact(db, (trx) => nextNumber(trx, 'screen'))));
  expect(new Set(numbers).size).toBe(50);
});

it('lifts a series and never lowers it', async () => {
  await liftNumber(db, 'snapshot', 10);
  await liftNumber(db, 'snapshot', 4);
  expect(await nextNumber(db, 'snapshot')).toBe(11);
});

it('throws for a query on the outer handle inside a transaction, instead of waiting for ever', async () => {
  await expect(transact(db, () => nextNumber(db, 'screen'))).rejects.toThrow('has to use the transaction');
  expect(await nextNumber(db, 'screen')).toBe(1);
});

it('keeps the audit log append-only', async () => {
  await appendAudit(db, 1, { who: 'Lan', what: 'playlist.publish', subject: 'street', before: { revision: 1 }, after: { revision: 2 } });
  await expect(db.updateTable('audit').set({ who: 'nobody' }).execute()).rejects.toThrow('append-only');
  await expect(db.deleteFrom('audit').execute()).rejects.toThrow('append-only');
  expect(await db.selectFrom('audit').selectAll().execute()).toEqual([
    {
      id: 1,
      at: 1,
      who: 'Lan',
      what: 'playlist.publish',
      subject: 'street',
      before: '{"revision":1}',
      after: '{"revision":2}',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  ]);
});

it('finds nothing in an empty list, and everything outside of one', async () => {
  await nextNumber(db, 'screen');
  const names = db.selectFrom('counters').select('name');
  expect(await names.where('name', 'in', []).execute()).toEqual([]);
  expect(await names.where('name', 'not in', []).execute()).toEqual([{ name: 'screen' }]);
});
