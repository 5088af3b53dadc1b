// Corrections, withdrawals and undo: always new numbers, never a changed old one.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scoreboardViewSchema, importPaths } from '../../core/import-api.ts';
import { boardPaths, historySchema, undoMs } from '../../core/board-api.ts';
import { snapshotSchema } from '../../core/snapshot.ts';
import { scoreboardRoutes } from './scoreboard-routes.ts';
import { startTestServer, type TestServer } from './test-server.ts';
import { publishFigures } from './testing/people.ts';
import { withdrawSnapshot } from './withdraw.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer([scoreboardRoutes]);
});
afterEach(() => server.close());

const figures = (count: number) => `Đơn vị;Lũy kế;Mẫu số\nBa Đình;${count};10000\n`;
const headers = () => ({ authorization: server.authorization });
const post = (url: string, payload: string | object = {}) =>
  server.app.inject({ method: 'POST', url, payload, headers: { ...headers(), 'content-type': typeof payload === 'string' ? 'text/csv' : 'application/json' } });

const take = async (count: number, query = '', reason?: string) => (await publishFigures(server, figures(count), query, reason)).id;
const entries = async () => historySchema.parse((await server.app.inject({ url: boardPaths.history, headers: headers() })).json()).entries;
const inForce = async () => scoreboardViewSchema.parse((await server.app.inject({ url: importPaths.scoreboard, headers: headers() })).json());
const code = (answer: Awaited<ReturnType<typeof post>>) => answer.json<{ error: { code: string } }>().error.code;
const pushed = () => {
  const { push } = server.pushes.at(-1) ?? {};
  const read = (payload: string | undefined) => payload && snapshotSchema.parse(JSON.parse(payload));
  return { current: read(push?.current.payload), previous: read(push?.previous?.payload) };
};
const withdraw = (number: number) => withdrawSnapshot(server.context, number, { reason: 'Nguồn báo số liệu sai.', who: 'Chị Hoa' });

test('an undo within ten minutes brings back what stood before, under a new number, on every screen', async () => {
  await take(100);
  await take(200);
  const id = await take(300);
  expect((await entries())[0]?.undo).toEqual({ import: id, until: server.context.now() + undoMs });
  server.wait(undoMs - 1);
  expect((await post(boardPaths.undo(id))).json()).toMatchObject({ number: 4 });
  expect(pushed()).toMatchObject({
    current: { number: 4, replaces: { number: 3, how: 'withdrawal' }, rows: [{ count: 200 }] },
    previous: { number: 1, rows: [{ count: 100 }] },
  });
  const [now, undone] = await entries();
  expect([now?.inForce, now?.undo, undone?.replacedBy]).toMatchObject([true, null, { number: 4, how: 'withdrawal' }]);
  // The next figures are measured against what stands again, not against what was taken back.
  await take(350);
  expect((await inForce()).previous).toMatchObject({ number: 4, rows: [{ count: 200 }] });
});

test('after ten minutes, or once newer figures are out, nothing is undone', async () => {
  const early = await take(100);
  const id = await take(200);
  expect(code(await post(boardPaths.undo(early)))).toBe('snapshot-not-in-force');
  server.wait(undoMs);
  expect(code(await post(boardPaths.undo(id)))).toBe('undo-too-late');
  expect((await inForce()).current?.number).toBe(2);
});

test('an undo happens once, also when two ask at the same moment', async () => {
  await take(100);
  const id = await take(200);
  const answers = await Promise.all([post(boardPaths.undo(id)), post(boardPaths.undo(id))]);
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  expect((await entries()).map(({ number }) => number)).toEqual([3, 2, 1]);
});

test('withdrawals go back step by step, to nothing, and nothing cannot be withdrawn', async () => {
  await take(100);
  await take(200);
  expect(await withdraw(1)).toEqual({ ok: false, reason: 'snapshot-not-in-force' });
  expect(await withdraw(2)).toMatchObject({ ok: true, snapshots: { current: { snapshot: { number: 3, rows: [{ count: 100 }] } }, previous: null } });
  expect(await withdraw(3)).toMatchObject({ ok: true, snapshots: { current: { snapshot: { number: 4, rows: [] } } } });
  expect(await withdraw(4)).toEqual({ ok: false, reason: 'snapshot-not-in-force' });
  const audit = await server.context.db.selectFrom('audit').select(['who', 'what', 'subject']).where('what', '=', 'scoreboard.withdraw').execute();
  expect(audit).toEqual([
    { who: 'Chị Hoa', what: 'scoreboard.withdraw', subject: '2' },
    { who: 'Chị Hoa', what: 'scoreboard.withdraw', subject: '3' },
  ]);
  await take(300);
  expect((await inForce()).previous).toBeNull();
});

test('a correction needs its reason, concerns what is in force, and is compared with what stood before the wrong figures', async () => {
  await take(100);
  await take(900);
  const { id, corrects } = (await post(`${importPaths.imports}?corrects=2`, figures(950))).json<{ id: string; corrects: number }>();
  expect(corrects).toBe(2);
  expect(code(await post(importPaths.confirm(id)))).toBe('reason-needed');
  expect(code(await post(importPaths.confirm(id), { reason: ' no ' }))).toBe('bad-request');
  expect((await post(importPaths.confirm(id), { reason: 'Sai số của quận Ba Đình.' })).statusCode).toBe(200);
  expect(pushed()).toMatchObject({ current: { number: 3, replaces: { number: 2, how: 'correction' } }, previous: { number: 1 } });
  expect(code(await post(`${importPaths.imports}?corrects=2`, figures(200)))).toBe('snapshot-not-in-force');
  expect((await entries()).map(({ number, reason, replacedBy }) => [number, reason, replacedBy?.number])).toEqual([
    [3, 'Sai số của quận Ba Đình.', undefined],
    [2, '', 3],
    [1, '', undefined],
  ]);
});

test('figures that were published are never changed or deleted by what comes after', async () => {
  const { db } = server.context;
  await take(100);
  const stored = async () => await db.selectFrom('snapshots').selectAll().where('number', '=', 1).executeTakeFirstOrThrow();
  const before = await stored();
  await take(200, '?corrects=1', 'Sai số của quận Ba Đình.');
  await withdraw(2);
  expect(await stored()).toEqual(before);
});
