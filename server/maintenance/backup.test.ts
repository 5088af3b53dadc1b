// Backups beside a running server, restored into an empty folder; a damaged one is refused, and so is a log that somebody has changed.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { sql } from 'kysely';
import { playlistViewSchema } from '../../core/playlist-api.ts';
import { sentItems } from '../../core/playlist-draft.ts';
import { openDatabase } from '../database/open-database.ts';
import { dropTestDatabase, onPostgres, testDatabase } from '../testing/test-database.ts';
import { signIn, startTestServer, type TestServer } from '../testing/test-server.ts';
import { commands } from './commands.ts';

let server: TestServer;
let folder: string;
const restored: TestServer[] = [];
beforeAll(async () => {
  server = await startTestServer();
  folder = mkdtempSync(join(tmpdir(), 'ihanoi backup '));
});
afterEach(async () => {
  for (const each of restored.splice(0)) await each.end();
});
afterAll(async () => {
  await server.end();
  rmSync(folder, { recursive: true, force: true });
});

const run = async (name: string, words: readonly string[], databaseUrl = server.database) =>
  (await commands[name]?.(words, { databaseUrl, now: server.clock.now })) ?? { ok: false, lines: ['no such command'] };
const backup = async (name: string) => {
  const to = join(folder, name);
  return { to, said: await run('backup', ['--data', server.folder, '--to', to]) };
};

it('brings everything back into an empty folder, as it was at one instant while the server went on', async () => {
  const staff = await signIn(server);
  const publish = async (name: string) => {
    const { items, revision } = playlistViewSchema.parse((await staff.call('GET', '/api/playlists/street')).body);
    const saved = playlistViewSchema.parse((await staff.call('PUT', '/api/playlists/street', { revision, name, items: sentItems(items) })).body);
    expect((await staff.call('POST', '/api/playlists/street/publish', { revision: saved.revision })).status).toBe(200);
  };
  await publish('Trước khi sao lưu');
  const { to, said } = await backup('whole');
  expect(said).toMatchObject({ ok: true });
  // What comes after the backup is not in it.
  await publish('Sau khi sao lưu');
  expect(statSync(join(to, 'keys', 'root.pem')).mode & 0o077).toBe(0);
  expect(existsSync(`${to}.partial`)).toBe(false);

  const data = join(folder, 'restored');
  const url = await testDatabase(data);
  expect(await run('restore', ['--from', to, '--data', data], url)).toMatchObject({ ok: true });
  const again = await openDatabase(url ?? join(data, 'server.sqlite'));
  try {
    expect((await again.selectFrom('playlists').select('name').where('id', '=', 'street').executeTakeFirst())?.name).toBe('Trước khi sao lưu');
    const [names, there] = await Promise.all([again, server.context.db].map(async (db) => (await db.selectFrom('media').select('sha256').execute()).length));
    expect(names).toBe(there);
  } finally {
    await again.destroy();
    if (url !== undefined) await dropTestDatabase(url);
  }
  expect(readFileSync(join(data, 'keys', 'content.pem'))).toEqual(readFileSync(join(server.folder, 'keys', 'content.pem')));
  expect(readdirSync(join(data, 'media')).length).toBeGreaterThan(0);
});

it('fault 50: refuses a folder that is not empty, a damaged file, a missing page, and half a backup', async () => {
  const { to } = await backup('damaged');
  expect(await backup('damaged')).toMatchObject({ said: { ok: false, lines: [expect.any(String), expect.stringContaining('is not empty')] } });
  expect(await run('restore', ['--from', to, '--data', server.folder])).toMatchObject({ ok: false });
  const copy = join(folder, 'copy');
  cpSync(to, copy, { recursive: true });
  const key = join(copy, 'keys', 'root.pem');
  writeFileSync(key, readFileSync(key, 'utf8').replace('MC4', 'MC5'));
  const empty = join(folder, 'empty');
  expect(await run('restore', ['--from', copy, '--data', empty])).toMatchObject({ ok: false, lines: [expect.any(String), 'keys/root.pem: hỏng · damaged'] });
  rmSync(join(copy, 'backup.json'));
  expect(await run('restore', ['--from', copy, '--data', empty])).toMatchObject({ ok: false });
  expect(existsSync(empty)).toBe(false);
});

it('says when media that playlists name are missing, instead of leaving them out', async () => {
  const media = join(server.folder, 'media');
  const [part = ''] = readdirSync(media).filter((name) => name.length === 2);
  cpSync(join(media, part), join(folder, 'kept'), { recursive: true });
  rmSync(join(media, part), { recursive: true });
  const { to, said } = await backup('missing');
  expect(said).toMatchObject({ ok: false });
  expect(said.lines.join('\n')).toContain('missing or damaged');
  expect(existsSync(to)).toBe(false);
  cpSync(join(folder, 'kept'), join(media, part), { recursive: true });
});

it('finds an entry of the audit log that was changed, one that was taken out, and a log that was cut off', async () => {
  const { db } = server.context;
  const check = (...words: string[]) => run('check-audit', ['--data', server.folder, ...words]);
  const whole = await check();
  expect(whole).toMatchObject({ ok: true, lines: [expect.stringContaining('Whole'), expect.stringMatching(/^\d+:[0-9a-f]{64}$/)] });
  const head = whole.lines[1] ?? '';
  expect(await check('--expect', head)).toMatchObject({ ok: true });

  const allow = onPostgres ? sql`alter table audit disable trigger audit_refuses` : sql`drop trigger audit_refuses_update`;
  await allow.execute(db);
  if (!onPostgres) await sql`drop trigger audit_refuses_delete`.execute(db);
  const rows = await db.selectFrom('audit').selectAll().orderBy('id').execute();
  const middle = rows[Math.floor(rows.length / 2)];
  const last = rows.at(-1);
  if (!middle || !last || middle === last) throw new Error('three entries are needed');

  await db.updateTable('audit').set({ who: 'nobody' }).where('id', '=', middle.id).execute();
  expect(await check()).toMatchObject({ ok: false, lines: [expect.stringContaining(`entry ${middle.id}`)] });
  expect((await backup('tampered')).said).toMatchObject({ ok: false });
  await db.updateTable('audit').set({ who: middle.who }).where('id', '=', middle.id).execute();
  expect(await check()).toMatchObject({ ok: true });

  await db.deleteFrom('audit').where('id', '=', middle.id).execute();
  expect(await check()).toMatchObject({ ok: false });
  await db.insertInto('audit').values(middle).execute();
  // A cut end leaves a whole chain: only what was written down elsewhere shows it.
  await db.deleteFrom('audit').where('id', '=', last.id).execute();
  expect(await check()).toMatchObject({ ok: true });
  expect(await check('--expect', head)).toMatchObject({ ok: false, lines: [expect.stringContaining('cut off')] });
});
