// Names that fit several units: asked, carried by the confirmation, and remembered for their sender as a hint.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importPreviewSchema, scoreboardViewSchema, type UnitChoices, importPaths } from '../../core/import-api.ts';
import { heldViewSchema, holdPaths } from '../../core/hold-api.ts';
import { scoreboardRoutes } from './scoreboard-routes.ts';
import { startTestServer, type TestServer } from './test-server.ts';
import { staffMember, type TestStaff } from './testing/people.ts';

let server: TestServer;
let lan: TestStaff;
beforeEach(async () => {
  server = await startTestServer([scoreboardRoutes], { tree: 'hanoi-communes-2025' });
  lan = await staffMember(server, 'editor', 'Chị Lan');
  // No two communes are spelt alike without marks today; a tree may grow one.
  const namesake = { code: 'c99999', kind: 'xã', name: 'Phú Lượng', level: 'commune', valid_from: '2025-07-01', valid_to: null, parent: null };
  await server.context.db.insertInto('units').values(namesake).execute();
});
afterEach(() => server.close());

const file = 'Đơn vị;Lũy kế;Mẫu số\nphường Hoàn Kiếm;5;100\nBa Đình;7;100\nPhu Luong;9;100\n';
const preview = async (staff: TestStaff = lan, csv = file) => importPreviewSchema.parse((await staff.call('POST', importPaths.imports, csv)).body);
const confirm = (id: string, choices: UnitChoices, more: object = {}) => lan.call('POST', importPaths.confirm(id), { choices, ...more });
const code = ({ body }: { body: unknown }) => (body as { error: { code: string } }).error.code;
const current = async () =>
  scoreboardViewSchema.parse((await lan.call('GET', importPaths.scoreboard)).body).current?.rows.map(({ unit, count }) => [unit, count]);
/** Codes that the row of a line offers. */
const offered = async (line: number) => (await preview()).rows.find((row) => row.line === line)?.choices.map((unit) => unit.code) ?? [];

test('nothing is taken of such a row, and each says what it may mean', async () => {
  const { rows, errors, accepted, findings } = await preview();
  expect(rows.map(({ unit, choices, suggested }) => [unit?.name ?? null, choices.map(({ kind, name }) => `${kind} ${name}`), suggested])).toEqual([
    ['Hoàn Kiếm', [], null],
    [null, ['phường Ba Đình'], null],
    [null, ['phường Phú Lương', 'xã Phú Lượng'], null],
  ]);
  expect([errors, accepted]).toEqual([2, 1]);
  expect(findings.filter(({ severity }) => severity === 'error').map(({ line }) => line)).toEqual([3, 4]);
});

test('a preview with choices shows what they come to, and keeps nothing', async () => {
  const { id } = await preview();
  const [ba = ''] = await offered(3);
  const seen = importPreviewSchema.parse((await lan.call('POST', importPaths.choose(id), { choices: [{ line: 3, unit: ba }] })).body);
  expect(seen).toMatchObject({ id, accepted: 2, errors: 1 });
  expect(seen.rows[1]).toMatchObject({ accepted: true, unit: { code: ba }, choices: [{ code: ba }], rankAfter: 1 });
  expect(seen.findings.some(({ code: finding, found }) => finding === 'missing-unit' && found === 'phường Ba Đình')).toBe(false);
  expect(importPreviewSchema.parse((await lan.call('GET', importPaths.import(id))).body).accepted).toBe(1);
  expect(await server.context.db.selectFrom('unit_choices').selectAll().execute()).toEqual([]);
});

test('the confirmation carries the choices; without them the rows are bad rows', async () => {
  const { id } = await preview();
  expect(code(await confirm(id, []))).toBe('import-has-errors');
  const choices = [
    { line: 3, unit: (await offered(3))[0] ?? '' },
    { line: 4, unit: (await offered(4))[0] ?? '' },
  ];
  expect((await confirm(id, choices)).status).toBe(200);
  expect(await current()).toEqual([
    ['c00070', 5],
    [choices[0]?.unit, 7],
    [choices[1]?.unit, 9],
  ]);
  const audit = await server.context.db.selectFrom('audit').select('after').where('what', '=', 'scoreboard.confirm').executeTakeFirstOrThrow();
  expect(JSON.parse(audit.after ?? '')).toMatchObject({ choices, rows: 3, leftOut: 0 });
  expect(importPreviewSchema.parse((await lan.call('GET', importPaths.import(id))).body)).toMatchObject({ state: 'confirmed', accepted: 3, errors: 0 });
});

test('a choice that its row does not offer is refused, and two rows for one unit are bad rows', async () => {
  const { id } = await preview();
  for (const choice of [
    { line: 3, unit: 'c00070' },
    { line: 2, unit: 'c00070' },
    { line: 99, unit: 'c00004' },
  ])
    expect([code(await confirm(id, [choice], { leaveOutBadRows: true })), code(await lan.call('POST', importPaths.choose(id), { choices: [choice] }))]).toEqual(
      ['choice-refused', 'choice-refused'],
    );
  const twice = await preview(lan, 'Đơn vị;Lũy kế;Mẫu số\nphường Ba Đình;5;100\nBa Đình;7;100\n');
  expect(code(await confirm(twice.id, [{ line: 3, unit: 'c00004' }]))).toBe('import-has-errors');
  expect(await current()).toBeUndefined();
});

test('what was chosen is suggested to the same sender next time, to nobody else, and never taken by itself', async () => {
  const { id } = await preview();
  const [ba = ''] = await offered(3);
  await confirm(id, [{ line: 3, unit: ba }], { leaveOutBadRows: true });
  const next = await preview(lan, file.replace('Ba Đình', ' ba   ĐÌNH').normalize('NFD'));
  expect(next.rows[1]).toMatchObject({ accepted: false, unit: null, suggested: ba });
  expect(next.rows[2]?.suggested).toBeNull();
  expect((await preview(await staffMember(server, 'editor', 'Anh Nam'))).rows[1]?.suggested).toBeNull();
  const headers = { authorization: server.authorization };
  const rows = [{ unit: 'Ba Đình', count: 8, base: 100 }];
  const byProgram = async () =>
    importPreviewSchema.parse((await server.app.inject({ method: 'POST', url: importPaths.imports, payload: { rows }, headers })).json());
  const pushed = await byProgram();
  expect([pushed.rows[0]?.suggested, pushed.accepted]).toEqual([null, 0]);
  const line = pushed.rows[0]?.line ?? 0;
  const confirmed = await server.app.inject({ method: 'POST', url: importPaths.confirm(pushed.id), payload: { choices: [{ line, unit: ba }] }, headers });
  expect(confirmed.statusCode).toBe(200);
  expect((await byProgram()).rows[0]).toMatchObject({ accepted: false, suggested: ba });
});

test('a chosen unit is held like any other, and released with the choice', async () => {
  const [ba = ''] = await offered(3);
  await confirm((await preview()).id, [{ line: 3, unit: ba }], { leaveOutBadRows: true });
  const { id, holds } = await preview(lan, file.replace('Ba Đình;7', 'Ba Đình;6'));
  expect(holds).toEqual([]);
  expect(code(await confirm(id, [{ line: 3, unit: ba }], { leaveOutBadRows: true }))).toBe('reason-needed');
  expect((await confirm(id, [{ line: 3, unit: ba }], { leaveOutBadRows: true, reason: 'Bỏ tài khoản trùng.' })).status).toBe(202);
  const minh = await staffMember(server, 'approver', 'Anh Minh');
  const held = heldViewSchema.parse((await minh.call('GET', holdPaths.one(id))).body);
  expect(held).toMatchObject({ units: 2, holds: [{ unit: ba, kind: 'count-fell', count: 6 }] });
  expect((await minh.call('POST', holdPaths.release(id), { digest: held.digest, reason: 'Đã gọi điện.' })).status).toBe(200);
  expect(await current()).toEqual([
    ['c00070', 5],
    [ba, 6],
  ]);
});
