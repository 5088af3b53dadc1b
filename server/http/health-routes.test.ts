// What a watcher of the server is told: alive, ready, and figures of screens, approvals, figures, log and backups.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commands } from '../maintenance/commands.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.end());

const figures = async () => (await server.app.inject('/metrics')).body;
const figure = async (name: string) => new RegExp(`^${name.replaceAll('{', '\\{')} (\\S+)$`, 'm').exec(await figures())?.[1];

it('is ready while the database takes what is written, and says what is wrong when it does not', async () => {
  expect(await (await server.app.inject('/readyz')).json()).toEqual({ ok: true });
  const second = await startTestServer();
  await second.context.db.destroy();
  const answer = await second.app.inject('/readyz');
  expect([answer.statusCode, answer.json()]).toEqual([503, { ok: false, problems: ['database'] }]);
  await second.app.close();
  rmSync(second.folder, { recursive: true, force: true });
});

it('counts screens by what they show, and knows the ages of figures and of the last backup', async () => {
  expect(Number(await figure('ihanoi_screens_by_condition{condition="unpaired"}'))).toBeGreaterThan(0);
  expect(await figure('ihanoi_screens_by_condition{condition="correct"}')).toBe('0');
  expect(Number(await figure('ihanoi_figures_age_seconds'))).toBeGreaterThan(0);
  expect(await figure('ihanoi_approval_oldest_seconds')).toBe('0');
  await server.context.audit({ who: 'Lan', what: 'thu', subject: 'nhật ký' });
  expect(await figure('ihanoi_audit_entries')).toBe('1');
  expect(await figure('ihanoi_backup_timestamp_seconds')).toBe('0');
  const around = { databaseUrl: server.database, now: server.clock.now };
  const to = join(server.folder, 'backup');
  expect(await commands['backup']?.(['--data', server.folder, '--to', to], around)).toMatchObject({ ok: true });
  expect(Number(await figure('ihanoi_backup_timestamp_seconds'))).toBeCloseTo(server.clock.now / 1_000, 0);
});
