import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dropTestDatabase, testDatabase } from '../testing/test-database.ts';
import { manyRows } from './many-rows.ts';
import { openDatabase, transact, type Queries } from './open-database.ts';

interface Counter {
  readonly name: string;
  readonly value: number;
}

let folder: string;
let database: string | undefined;
let db: Queries;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ihanoi rows '));
  database = await testDatabase(folder);
  db = await openDatabase(database ?? join(folder, 'server.sqlite'));
});
afterEach(async () => {
  await db.destroy();
  if (database !== undefined) await dropTestDatabase(database);
  rmSync(folder, { recursive: true });
});

const add = manyRows((queries, rows: readonly Counter[]) =>
  queries
    .insertInto('counters')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing()),
);
const numbered = (from: number, until: number, value: (at: number) => number): Counter[] =>
  Array.from({ length: until - from }, (_, index) => ({ name: `test ${from + index}`, value: value(from + index) }));
const stored = async () => (await db.selectFrom('counters').selectAll().where('name', 'like', 'test %').execute()).sort((a, b) => a.value - b.value);

it.each([0, 1, 99, 100, 101, 200, 350])('%i rows are all there, each as it was given', async (count) => {
  const rows = numbered(0, count, (at) => at);
  await add(db, rows);
  expect(await stored()).toEqual(rows);
});

it('what is there already stays as it is, whichever of many it is', async () => {
  await transact(db, (trx) =>
    add(
      trx,
      numbered(120, 180, (at) => at),
    ),
  );
  await transact(db, (trx) =>
    add(
      trx,
      numbered(0, 300, (at) => (at < 120 || at >= 180 ? at : -at)),
    ),
  );
  expect(await stored()).toEqual(numbered(0, 300, (at) => at));
});

it('a fault of one row leaves none of its transaction', async () => {
  const rows = [...numbered(0, 150, (at) => at), { name: 'test broken', value: Number.NaN }];
  await expect(transact(db, (trx) => add(trx, rows))).rejects.toThrow();
  expect(await stored()).toEqual([]);
});
