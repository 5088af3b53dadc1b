// Targets: set by phase, read from a file, carried by the figures that are published while their phase is on.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scoreboardViewSchema, importPaths } from '../../core/import-api.ts';
import { standings } from '../../core/scoreboard.ts';
import { targetFileSchema, targetPaths, targetsViewSchema } from '../../core/target-api.ts';
import { publicRoutes } from '../public/public-routes.ts';
import { scoreboardRoutes } from './scoreboard-routes.ts';
import { listInForce } from './target-store.ts';
import { startTestServer, type TestServer } from './test-server.ts';
import { publishFigures, staffMember, type TestStaff } from './testing/people.ts';

const phase = { name: { vi: 'Đợt 1' }, basis: '', startDate: '2024-11-01', endDate: '2024-11-15' };
const second = { name: { vi: 'Đợt 2' }, basis: '', startDate: '2024-11-16', endDate: '2024-11-30' };
const whole = { startDate: '2024-11-01', endDate: '2024-11-30' };

let server: TestServer;
let office: TestStaff;
beforeEach(async () => {
  server = await startTestServer([scoreboardRoutes, publicRoutes], { phases: [phase, second], period: whole });
  office = await staffMember(server, 'editor', 'Chị Thu');
});
afterEach(() => server.close());

const figures = (count: number, more = '') => `Đơn vị;Lũy kế;Mẫu số${more && ';Chỉ tiêu'}\nQuận Ba Đình;${count};10000${more}\nHuyện Ba Vì;1200;12000${more}\n`;
const code = ({ body }: { body: unknown }) => (body as { error?: { code: string } }).error?.code;
const set = (period: { startDate: string; endDate: string }, targets: { unit: string; target: number }[], who = office) => {
  const { startDate, endDate } = period;
  return who.call('PUT', targetPaths.targets, { startDate, endDate, targets });
};
const view = async () => targetsViewSchema.parse((await office.call('GET', targetPaths.targets)).body);
const inForce = async () => {
  const { current } = scoreboardViewSchema.parse((await office.call('GET', importPaths.scoreboard)).body);
  return current && Object.fromEntries(standings(current).rows.map(({ unit, target, reached }) => [unit, [target, reached]]));
};

test('figures are measured against the phase of their cut-off, and what is published stays as it was', async () => {
  await publishFigures(server, figures(1_000));
  expect(
    (
      await set(whole, [
        { unit: 'd001', target: 4_000 },
        { unit: 'd271', target: 2_400 },
      ])
    ).status,
  ).toBe(200);
  expect((await set(second, [{ unit: 'd001', target: 2_000 }])).status).toBe(200);
  expect(await inForce(), 'nothing on the screens changes').toEqual({ d001: [undefined, undefined], d271: [undefined, undefined] });
  await publishFigures(server, figures(1_010));
  expect(await inForce()).toEqual({ d001: [2_000, 0.505], d271: [undefined, undefined] });
  const page = await server.app.inject({ url: '/scoreboard' });
  expect(page.body).toContain('Đạt chỉ tiêu');
  expect(page.body).toContain('50,5%');
  const seen = await view();
  expect(seen.phases.map(({ name, inForce: counts, set: by }) => [name?.vi, counts, by?.by])).toEqual([
    [undefined, false, 'Chị Thu'],
    ['Đợt 1', false, undefined],
    ['Đợt 2', true, 'Chị Thu'],
  ]);
  expect(seen.units.find(({ code: unit }) => unit === 'd001')).toMatchObject({ name: 'Quận Ba Đình', count: 1_010 });
  await publishFigures(server, figures(1_020), '?cutOff=2024-11-14T10:00:00%2B07:00');
  expect(await inForce(), 'the first phase has none of its own').toEqual({ d001: [4_000, 0.255], d271: [2_400, 0.5] });
});

test('a set target counts and another one of a file is told; without any set those of the file count', async () => {
  await publishFigures(server, figures(1_000, ';3000'));
  expect(await inForce()).toMatchObject({ d001: [3_000, 1 / 3] });
  await set(whole, [{ unit: 'd001', target: 4_000 }]);
  const preview = await office.call('POST', importPaths.imports, figures(1_010, ';3000'));
  expect(preview.text).toContain('other-target');
  expect(preview.text).toContain('4.000');
  await publishFigures(server, figures(1_010, ';3000'));
  expect(await inForce()).toMatchObject({ d001: [4_000, 0.2525], d271: [3_000, 0.4] });
  await set(whole, []);
  await publishFigures(server, figures(1_020));
  expect(await inForce(), 'an emptied list gives no targets').toMatchObject({ d271: [3_000, 0.4] });
});

test('a file with names in any spelling is read, and nothing is set by it', async () => {
  const read = await office.call('POST', targetPaths.read, 'STT;Tên đơn vị;Chỉ tiêu giao\n1;Q. Ba Đình;1.500\n2;BA VI;2000\n3;Ở đâu đó;5\nTỔNG CỘNG;;3505\n');
  const { targets, findings } = targetFileSchema.parse(read.body);
  expect(targets.map(({ unit, target }) => [unit.code, target])).toEqual([
    ['d001', 1_500],
    ['d271', 2_000],
  ]);
  expect(findings.filter(({ severity }) => severity === 'error').map(({ code: each, line }) => [each, line])).toEqual([['unknown-unit', 4]]);
  expect((await view()).phases.every(({ targets: list }) => list.length === 0)).toBe(true);
  const bare = await office.call('POST', targetPaths.read, 'Đơn vị;Ghi chú\nBa Đình;x\n');
  expect([code(bare), bare.text.includes('Chỉ tiêu')]).toEqual(['import-unreadable', true]);
});

test('what cannot be set is refused with a reason, and the log keeps what was', async () => {
  const one = [{ unit: 'd001', target: 5 }];
  expect(code(await set({ startDate: '2024-11-02', endDate: '2024-11-30' }, one))).toBe('target-phase-gone');
  expect(code(await set(whole, [...one, ...one]))).toBe('target-unit');
  expect(code(await set(whole, [{ unit: 'c00004', target: 5 }]))).toBe('target-unit');
  expect(code(await set(whole, [{ unit: 'd001', target: 0 }]))).toBe('bad-request');
  expect(code(await set(whole, one, await staffMember(server, 'viewer', 'Anh Tư')))).toBe('not-allowed');
  expect(code(await set(whole, one, await staffMember(server, 'editor', 'Anh Vinh', true, 'd001')))).toBe('outside-own-unit');
  await set(whole, one);
  await set(whole, []);
  const audit = await server.context.db.selectFrom('audit').selectAll().where('what', '=', 'scoreboard.targets').execute();
  expect(audit).toHaveLength(2);
  await server.changeCampaign({ closedOn: '2024-11-30' });
  expect(code(await set(whole, one))).toBe('contest-closed');
});

test('of two lists the one for the shorter time counts, before and after the campaign that of its ends', () => {
  const lists = [whole, phase, second].map((each) => ({ ...each, targets: [{ unit: 'd001', target: 1 }] }));
  const onDay = (day: string, from = lists) => listInForce(from, whole, day)?.startDate;
  expect(['2024-10-01', '2024-11-15', '2024-11-16', '2024-12-20'].map((day) => onDay(day))).toEqual(['2024-11-01', '2024-11-01', '2024-11-16', '2024-11-16']);
  expect(listInForce(lists, whole, '2024-11-10')).toMatchObject({ endDate: '2024-11-15' });
  expect(onDay('2024-11-20', lists.slice(0, 2)), 'a phase without targets falls back').toBe('2024-11-01');
});
