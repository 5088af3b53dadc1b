// A heading in no usual spelling: a person says what its columns are, and the same sender is not asked again.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importPreviewSchema, importPaths } from '../../core/import-api.ts';
import { scoreboardRoutes } from './scoreboard-routes.ts';
import { startTestServer, type TestServer } from './test-server.ts';
import { staffMember, type TestStaff } from './testing/people.ts';

let server: TestServer;
let lan: TestStaff;
beforeEach(async () => {
  server = await startTestServer([scoreboardRoutes]);
  lan = await staffMember(server, 'editor', 'Lan');
});
afterEach(() => server.close());

const file = (count: number, heading = 'Nơi làm;Hôm nay;Đến nay;Trên') =>
  `Báo cáo nhanh\n${heading}\nQuận Ba Đình;5;${count};10000\nHuyện Ba Vì;7;1200;12000\n`;
const said = '?headingLine=2&unitColumn=1&countColumn=3&baseColumn=4';
const send = (who: TestStaff, text: string, query = '') => who.call('POST', importPaths.imports + query, text);
const rowsOf = (body: unknown) => importPreviewSchema.parse(body).rows.map(({ unit, count, base }) => [unit?.code, count, base]);
const rows = (count: number) => [
  ['d001', count, 10_000],
  ['d271', 1_200, 12_000],
];

test('is refused with the first lines, read as it is said, and remembered for its sender once confirmed', async () => {
  const refused = await send(lan, file(1_000));
  expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('"lines":[{"line":1,"cells":["Báo cáo nhanh"]')]);
  const preview = await send(lan, file(1_000), said);
  expect(rowsOf(preview.body)).toEqual(rows(1_000));
  // Said is not yet remembered: nobody has looked at what came of it.
  expect((await send(lan, file(1_000))).status).toBe(422);
  expect((await lan.call('POST', importPaths.confirm(importPreviewSchema.parse(preview.body).id), {})).status).toBe(200);

  const next = await send(lan, file(1_010, 'NOI LAM;hôm nay;Đến  nay;Trên'));
  expect(rowsOf(next.body)).toEqual(rows(1_010));
  expect(importPreviewSchema.parse(next.body).findings).toContainEqual(expect.objectContaining({ code: 'remembered-heading', line: 2, severity: 'note' }));
  const other = await staffMember(server, 'editor', 'Minh');
  expect((await send(other, file(1_010))).status).toBe(422);
  expect((await send(lan, file(1_010, 'Nơi làm;Đến nay;Hôm nay;Trên'))).status).toBe(422);
});

test('can be said anew, and then that is remembered', async () => {
  const confirm = async (query: string) => {
    const { id } = importPreviewSchema.parse((await send(lan, file(1_000), query)).body);
    return lan.call('POST', importPaths.confirm(id), { reason: 'Chọn lại cột.' });
  };
  await confirm('?headingLine=2&unitColumn=1&countColumn=2&baseColumn=4');
  expect(rowsOf((await send(lan, file(1_000))).body)[0]).toEqual(['d001', 5, 10_000]);
  await confirm(said);
  expect(rowsOf((await send(lan, file(1_000))).body)[0]).toEqual(['d001', 1_000, 10_000]);
});

test('that does not say whose figure and which is no heading', async () => {
  for (const query of ['?headingLine=2&unitColumn=1', '?headingLine=2&countColumn=3', '?headingLine=99&unitColumn=1&countColumn=3'])
    expect((await send(lan, file(1_000), query)).status).toBe(422);
  expect((await send(lan, file(1_000), '?headingLine=2&unitColumn=0&countColumn=3')).status).toBe(400);
});
