// Pushes that are repeated because an answer was lost on the way.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importPaths } from '../../core/import-api.ts';
import { scoreboardRoutes } from './scoreboard-routes.ts';
import { startTestServer, type TestServer } from './test-server.ts';
import { staffMember } from './testing/people.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer([scoreboardRoutes]);
});
afterEach(() => server.close());

const push = (url: string, payload: object, key?: string, type = 'application/json') =>
  server.app.inject({
    ...{ method: 'POST', url, payload },
    headers: { authorization: server.authorization, 'content-type': type, ...(key === undefined ? {} : { 'idempotency-key': key }) },
  });
const rows = (count: number, base = 10_000) => ({ rows: [{ unit: 'd001', count, base }] });
const count = async (table: 'imports' | 'snapshots' | 'keyed_answers') => (await server.context.db.selectFrom(table).selectAll().execute()).length;

test('the same key and body are answered with the same bytes, and nothing is done twice', async () => {
  const first = await push(importPaths.imports, rows(1_000), 'tuan-47');
  server.wait(60_000);
  const again = await push(importPaths.imports, rows(1_000), 'tuan-47');
  expect([first.statusCode, again.statusCode, again.body]).toEqual([200, 200, first.body]);
  const { id } = first.json<{ id: string }>();
  const confirmed = await push(importPaths.confirm(id), {}, 'tuan-47-xac-nhan');
  server.wait(60_000);
  const repeated = await push(importPaths.confirm(id), {}, 'tuan-47-xac-nhan');
  expect([confirmed.statusCode, repeated.statusCode, repeated.body]).toEqual([200, 200, confirmed.body]);
  expect([await count('imports'), await count('snapshots'), server.pushes.length]).toEqual([1, 1, 1]);
  expect((await push(importPaths.confirm(id), {})).json().error.code).toBe('import-done');
});

test('also when both come at the same moment', async () => {
  const [one, two] = await Promise.all([push(importPaths.imports, rows(1_000), 'k'), push(importPaths.imports, rows(1_000), 'k')]);
  expect(one.body).toBe(two.body);
  const { id } = one.json<{ id: string }>();
  const answers = await Promise.all([push(importPaths.confirm(id), {}, 'c'), push(importPaths.confirm(id), {}, 'c')]);
  expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual([
    [200, answers[0].body],
    [200, answers[0].body],
  ]);
  expect([await count('imports'), await count('snapshots'), server.pushes.length]).toEqual([1, 1, 1]);
});

test('the same key with another body, or on another way, is refused in words', async () => {
  const first = await push(importPaths.imports, rows(1_000), 'tuan-47');
  const { id } = first.json<{ id: string }>();
  for (const answer of [
    await push(importPaths.imports, rows(1_001), 'tuan-47'),
    await push(`${importPaths.imports}?sample=false`, rows(1_000), 'tuan-47'),
    await push(importPaths.confirm(id), {}, 'tuan-47'),
  ]) {
    expect([answer.statusCode, answer.json().error]).toMatchObject([409, { code: 'key-reused', vi: expect.stringContaining('khóa mới') }]);
  }
  expect([await count('imports'), await count('snapshots')]).toEqual([1, 0]);
});

test('what waits for a second person is answered again as waiting', async () => {
  const { id } = (await push(importPaths.imports, rows(20_000))).json<{ id: string }>();
  const [first, again] = [
    await push(importPaths.confirm(id), { reason: 'Đã đối chiếu.' }, 'k'),
    await push(importPaths.confirm(id), { reason: 'Đã đối chiếu.' }, 'k'),
  ];
  expect([first.statusCode, again.statusCode, again.body, again.headers['location']]).toEqual([202, 202, first.body, first.headers['location']]);
  expect(await count('snapshots')).toBe(0);
});

test('a refusal is not kept: mended, the same key goes through', async () => {
  const bad = await push(importPaths.imports, { rows: [] }, 'k');
  expect(bad.statusCode).toBe(422);
  expect((await push(importPaths.imports, rows(5), 'k')).statusCode).toBe(200);
  expect((await push(importPaths.imports, rows(5), 'có dấu')).statusCode).toBe(400);
});

test('keys of two senders have nothing to do with each other, and leave after a week', async () => {
  const lan = await staffMember(server, 'editor', 'Chị Lan');
  await push(importPaths.imports, rows(1), 'k');
  await push(importPaths.imports, rows(1), 'old');
  expect((await lan.call('POST', importPaths.imports, rows(2), { 'idempotency-key': 'k' })).status).toBe(200);
  expect(await count('keyed_answers')).toBe(3);
  server.wait(7 * 86_400_000 + 1);
  expect((await push(importPaths.imports, rows(3), 'k')).statusCode).toBe(409);
  expect((await push(importPaths.imports, rows(3), 'new')).statusCode).toBe(200);
  expect(await count('keyed_answers')).toBe(1);
});
