// A site's own units, to any depth: they compete among themselves, and whoever answers for a unit reaches down to them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { importPreviewSchema, scoreboardViewSchema, importPaths } from '../../core/import-api.ts';
import { signedInPerson } from '../testing/test-people.ts';
import { signIn, startTestServer, type TestServer } from '../testing/test-server.ts';
import { unitPath } from '../units/unit-path.ts';

const folder = mkdtempSync(join(tmpdir(), 'ihanoi units '));
let server: TestServer | undefined;
afterAll(async () => {
  await server?.end();
  rmSync(folder, { recursive: true, force: true });
});

const heading = 'code,kind,name,tree,above,valid_from,valid_to';
const file = (...rows: string[]) => {
  const path = join(folder, `${rows.length}-${Math.abs(rows.join().length)}.csv`);
  writeFileSync(path, `\ufeff${[heading, ...rows].join('\r\n')}\r\n`);
  return path;
};
const tree = 'to-dan-pho-ba-dinh';
const clusters = ['k1,khu dân cư,Bắc,khu-dan-cu,c00004,2025-07-01,', 'k2,khu dân cư,Nam,khu-dan-cu,c00004,2025-07-01,'];
const groups = ['số 1', 'số 2', 'số 10', 'Vĩnh Phúc'].map((name, at) => `g0${at + 1},tổ dân phố,${name},${tree},k${(at % 2) + 1},2025-07-01,`);

it('have a contest of their own, with names in the spellings that people write, on screens and on the public page', async () => {
  server = await startTestServer({ units: file(...clusters, ...groups), tree });
  const { app, context, url } = server;
  const staff = await signIn(server);
  const view = async () => scoreboardViewSchema.parse((await staff.call('GET', '/api/scoreboard')).body);
  expect((await view()).units.map(({ name }) => name).sort()).toEqual(['Vĩnh Phúc', 'số 1', 'số 10', 'số 2'].sort());
  expect((await view()).current, 'there is no sample of it').toBeNull();

  const csv = 'Đơn vị;Lũy kế;Mẫu số\nTổ dân phố số 1;30;100\nTDP số 2;60;100\nTO DAN PHO SO 10;45;100\nVĩnh Phúc;5;50\n';
  const headers = { host: new URL(url).host, origin: url, cookie: staff.cookie, 'content-type': 'text/csv' };
  const preview = importPreviewSchema.parse((await app.inject({ method: 'POST', url: importPaths.imports, payload: csv, headers })).json());
  expect([preview.errors, preview.accepted]).toEqual([0, 4]);
  expect((await staff.call('POST', importPaths.confirm(preview.id), {})).status).toBe(200);
  expect((await view()).current).toMatchObject({ tree, rows: expect.arrayContaining([expect.objectContaining({ unit: 'g02', count: 60 })]) as unknown });
  const page = (await app.inject('/scoreboard')).body
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
  expect(page).toContain('4 tổ dân phố');
  expect(page).toContain('40,0% tất cả đơn vị');
  expect(page).not.toContain('toàn thành phố');
  expect(page).toMatch(/1 Tổ dân phố số 2.* 2 Tổ dân phố số 10.* 3 Tổ dân phố số 1.* 4 Tổ dân phố Vĩnh Phúc/);

  expect(await unitPath(context.db, 'g03')).toEqual(['g03', 'k1', 'c00004']);
  const ward = await signedInPerson(server, 'admin', { unit: 'c00004' });
  const add = (unit: string) => ward.call('POST', '/api/people', { name: 'Tổ trưởng', role: 'viewer', unit, login: `to.truong.${unit}` });
  expect([(await add('g03')).status, (await add('c00008')).status]).toEqual([201, 403]);

  server = await server.again({ units: file(...clusters, ...groups, `g05,tổ dân phố,số 11,${tree},k1,2026-01-01,`) });
  const after = await (await signIn(server)).call('GET', '/api/scoreboard');
  expect(scoreboardViewSchema.parse(after.body).units).toHaveLength(5);
});

it('stop the start when a row cannot be, and name it', async () => {
  const refused = async (...rows: string[]) => {
    const started = await startTestServer({ units: file(...rows), tree }).then(
      (other) => other.end().then(() => ''),
      (error: unknown) => (error as Error).message,
    );
    return started;
  };
  expect(await refused(...groups)).toContain('g01: không có đơn vị cấp trên k1');
  expect(await refused(...clusters, ...groups, groups[0] ?? '')).toContain('g01: mã này đã có');
  expect(await refused(...clusters, `d001,quận,Khác,${tree},k1,2025-07-01,`)).toContain('d001: mã này đã có');
  expect(await refused('c99999,phường,Mới,commune,c00004,2025-07-01,')).toContain('cây commune là của sản phẩm');
  expect(await refused(`a,tổ,A,${tree},b,2025-07-01,`, `b,tổ,B,${tree},a,2025-07-01,`)).toContain('nối thành vòng');
  expect(await refused(...clusters)).toContain(`cây đơn vị ${tree} không có đơn vị nào`);
  expect(await refused(`A B,tổ,A,${tree},c00004,2025-07-01,`)).toContain('A B');
});
