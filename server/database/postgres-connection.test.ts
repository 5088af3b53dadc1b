// What the stores take for granted, held on a real PostgreSQL; and what a person reads when it is not there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { appendAudit } from '../audit/audit-store.ts';
import { freePort } from '../testing/free-port.ts';
import { dropTestDatabase, testDatabase } from '../testing/test-database.ts';
import { signIn, staffOf, startTestServer } from '../testing/test-server.ts';
import { nextNumber } from './counter-store.ts';
import { openDatabase, transact, type Queries } from './open-database.ts';

let folder: string;
let url: string;
let db: Queries;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ihanoi postgres '));
  url = (await testDatabase(folder)) ?? '';
  db = await openDatabase(url);
});
afterEach(async () => {
  await db.destroy();
  await dropTestDatabase(url);
  rmSync(folder, { recursive: true });
});

it('gives back what was put in: times, bytes, and texts in the order of their code points', async () => {
  const at = Date.UTC(2026, 11, 31, 17);
  await db
    .insertInto('units')
    .values(
      ['Đống Đa', 'ba', 'Ba Đình'].map((name, code) => ({
        code: String(code),
        kind: 'Quận',
        name,
        level: 'district',
        valid_from: '2000-01-01',
        valid_to: null,
      })),
    )
    .execute();
  expect((await db.selectFrom('units').select('name').orderBy('name').execute()).map(({ name }) => name)).toEqual(['Ba Đình', 'ba', 'Đống Đa']);
  await appendAudit(db, at, { who: 'Lan', what: 'a', subject: 'b' });
  const { fn } = db;
  expect(
    await db
      .selectFrom('audit')
      .select(['at', fn.countAll().as('count'), fn.sum('at').as('sum')])
      .groupBy('at')
      .execute(),
  ).toEqual([{ at, count: 1, sum: at }]);
});

it('keeps the audit log append-only, also against an emptying of the table', async () => {
  await appendAudit(db, 1, { who: 'Lan', what: 'a', subject: 'b' });
  await expect(sql`truncate audit`.execute(db)).rejects.toThrow('append-only');
});

it('lets one transaction read and write at a time, also from another process’s handle', async () => {
  const other = await openDatabase(url);
  const bump = (by: Queries) =>
    transact(by, async (trx) => {
      const { value } = (await trx.selectFrom('counters').select('value').where('name', '=', 'seen').executeTakeFirst()) ?? { value: 0 };
      await trx
        .insertInto('counters')
        .values({ name: 'seen', value: value + 1 })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: value + 1 }))
        .execute();
    });
  await Promise.all(Array.from({ length: 40 }, (_, index) => bump(index % 2 === 0 ? db : other)));
  await other.destroy();
  expect(await nextNumber(db, 'seen')).toBe(41);
});

it('comes back by itself after PostgreSQL has ended its connections', async () => {
  await nextNumber(db, 'screen');
  const other = await openDatabase(url);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(other);
  await other.destroy();
  await expect.poll(() => nextNumber(db, 'screen').catch(() => 0)).toBeGreaterThan(1);
});

async function main(databaseUrl: string, port: number): Promise<{ code: number | null; err: string }> {
  const args = [join(import.meta.dirname, '..', 'main.ts'), '--data', folder, '--port', String(port)];
  const child = spawn(process.execPath, args, { env: { ...process.env, DATABASE_URL: databaseUrl }, stdio: ['ignore', 'ignore', 'pipe'] });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, err };
}

it('says in one line what is wrong, without the password, and exits with code 1', async () => {
  const closed = await freePort();
  const wrong = await main('mysql://somewhere', closed);
  expect(wrong).toEqual({ code: 1, err: expect.stringMatching(/^DATABASE_URL phải có dạng postgres:.* · DATABASE_URL expects .*\n$/) });
  const away = await main(`postgres://ihanoi:s3cret@127.0.0.1:${closed}/city`, await freePort());
  expect(away).toEqual({
    code: 1,
    err: expect.stringMatching(new RegExp(`^Máy chủ không khởi động được: PostgreSQL 127.0.0.1:${closed}/city: .*ECONNREFUSED.*\n$`)),
  });
  expect(away.err + readFileSync(join(folder, 'server.log'), 'utf8')).not.toContain('s3cret');
});

it('carries a whole server over a restart: whoever was signed in still sees the screens', async () => {
  const server = await startTestServer();
  const { cookie } = await signIn(server);
  const before = await staffOf(server, cookie).call('GET', '/api/screens');
  const again = await server.again();
  const after = await staffOf(again, cookie).call('GET', '/api/screens');
  expect([before.status, after.status]).toEqual([200, 200]);
  const names = ({ body }: { body: unknown }) =>
    z
      .array(z.looseObject({ name: z.string() }))
      .parse(body)
      .map(({ name }) => name);
  expect(names(after)).toEqual(names(before));
  expect(names(after)).toHaveLength(3);
  expect(existsSync(join(again.folder, 'server.sqlite'))).toBe(false);
  await again.end();
});
