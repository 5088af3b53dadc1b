// The end of a contest: two people make its figures final; after that there are only corrections, again by two and on a document.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importPreviewSchema, importPaths } from '../../core/import-api.ts';
import { boardPaths, historySchema } from '../../core/board-api.ts';
import { finalPaths, finalViewSchema } from '../../core/final-api.ts';
import { heldViewSchema, holdPaths } from '../../core/hold-api.ts';
import { verify } from '../keys/ed25519.ts';
import { publicKeyOf } from '../keys/root-store.ts';
import { signedBytes } from '../../core/signed.ts';
import { snapshotSchema } from '../../core/snapshot.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import { publicRoutes } from '../public/public-routes.ts';
import { scoreboardRoutes } from './scoreboard-routes.ts';
import { startTestServer, type TestServer } from './test-server.ts';
import { publishFigures, staffMember, type TestStaff } from './testing/people.ts';

let server: TestServer;
let lan: TestStaff;
let minh: TestStaff;
const period = { startDate: '2024-11-01', endDate: '2024-11-26' };
const basis = { number: '12/QĐ-UBND', date: '2024-11-26', office: 'UBND thành phố Hà Nội' };
const mark = '12/QĐ-UBND ngày 26/11/2024, UBND thành phố Hà Nội';

beforeEach(async () => {
  server = await startTestServer([scoreboardRoutes, publicRoutes], { trial: false, period });
  lan = await staffMember(server, 'editor', 'Lan');
  minh = await staffMember(server, 'approver', 'Minh');
});
afterEach(() => server.close());

// Ba Vì and Ba Đình stand level: 1/10 and 1/10.
const figures = (count: number) => `Đơn vị;Lũy kế;Mẫu số\nQuận Ba Đình;${count};10000\nHuyện Ba Vì;1200;12000\n`;
const code = ({ body }: { body: unknown }) => (body as { error?: { code: string } }).error?.code;
const view = async (who: TestStaff) => finalViewSchema.parse((await who.call('GET', finalPaths.view)).body);
const propose = (number: number, who = lan) => who.call('POST', finalPaths.view, { number, basis });
const lastPush = () => snapshotSchema.parse(JSON.parse(server.pushes.at(-1)?.push.current.payload ?? ''));
const plain = (body: string) =>
  body
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

async function makeFinal(number: number): Promise<void> {
  expect((await propose(number)).status).toBe(200);
  const { waiting } = await view(minh);
  expect((await minh.call('POST', finalPaths.confirm(waiting?.id ?? ''), { digest: waiting?.digest })).status).toBe(200);
}

test('one person proposes and another makes it final: a new signed number with the same exact figures and the document', async () => {
  await publishFigures(server, figures(1_000));
  await propose(1);
  const own = (await view(await staffMember(server, 'approver', 'Hoa'))).waiting;
  expect(own).toMatchObject({ number: 1, basis, proposed: { by: 'Lan' }, may: { confirm: true, refuse: true, withdraw: false } });
  const digest = own?.digest;
  const id = own?.id ?? '';
  expect(code(await lan.call('POST', finalPaths.confirm(id), { digest }))).toBe('not-allowed');
  expect(code(await minh.call('POST', finalPaths.confirm(id), { digest: '0'.repeat(64) }))).toBe('final-changed');
  expect(code(await propose(1, minh))).toBe('final-waits');
  const answers = await Promise.all([1, 2].map(() => minh.call('POST', finalPaths.confirm(id), { digest })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);

  const { push } = server.pushes.at(-1) ?? {};
  expect(lastPush()).toMatchObject({
    ...{ number: 2, final: true, basis: mark, sample: false },
    rows: [
      { unit: 'd001', count: 1000, base: 10000 },
      { unit: 'd271', count: 1200, base: 12000 },
    ],
  });
  expect(lastPush()).not.toHaveProperty('replaces');
  const [signature] = push?.current.signatures ?? [];
  const key = (await publicKeyOf(server.context.db, signature?.key ?? '')) ?? '';
  expect(verify(key, signedBytes('snapshot', push?.current.payload ?? ''), signature?.signature ?? '')).toBe(true);
  expect((await view(minh)).confirmed).toMatchObject({ snapshot: 2, settled: { by: 'Minh' }, proposed: { by: 'Lan' } });
  expect(await currentCampaign(server.context.db)).toMatchObject({ closedOn: '2024-11-26', period });
  const audit = await server.context.db.selectFrom('audit').select(['who', 'what']).where('what', 'like', 'scoreboard.final.%').execute();
  expect(audit).toEqual([
    { who: 'Lan', what: 'scoreboard.final.propose' },
    { who: 'Minh', what: 'scoreboard.final.confirm' },
  ]);
});

test('whoever proposed never confirms, whatever the role; it can be taken back or refused with a reason', async () => {
  await publishFigures(server, figures(1_000));
  await propose(1, minh);
  const { waiting } = await view(minh);
  expect(waiting?.may).toEqual({ confirm: false, refuse: true, withdraw: true });
  expect(waiting?.why?.vi).toContain('Người đề nghị không tự chốt');
  expect(code(await minh.call('POST', finalPaths.confirm(waiting?.id ?? ''), { digest: waiting?.digest }))).toBe('final-own');
  expect(code(await lan.call('POST', finalPaths.withdraw(waiting?.id ?? '')))).toBe('not-allowed');
  expect((await minh.call('POST', finalPaths.withdraw(waiting?.id ?? ''))).status).toBe(200);
  await propose(1);
  const second = (await view(minh)).waiting?.id ?? '';
  expect((await minh.call('POST', finalPaths.refuse(second), { reason: 'Còn chờ số của hai quận.' })).status).toBe(200);
  expect(code(await minh.call('POST', finalPaths.confirm(second), { digest: waiting?.digest }))).toBe('final-settled');
  expect(await view(lan)).toMatchObject({ waiting: null, closedOn: null, proposable: 1 });
});

test('nothing is final before the last day, without a second factor, or once newer figures are out', async () => {
  await publishFigures(server, figures(1_000));
  await server.changeCampaign({ trial: false, period: { ...period, endDate: '2024-11-27' } });
  expect(code(await propose(1))).toBe('contest-running');
  expect(await view(lan)).toMatchObject({ proposable: null, why: { vi: expect.stringContaining('chưa đến ngày cuối') as string } });
  server.wait(24 * 3_600_000);
  expect((await propose(1)).status).toBe(200);
  const { waiting } = await view(minh);
  const bare = await staffMember(server, 'approver', 'Không có mã', false);
  expect(code(await bare.call('POST', finalPaths.confirm(waiting?.id ?? ''), { digest: waiting?.digest }))).toBe('second-factor-needed');
  await publishFigures(server, figures(1_010));
  expect((await view(minh)).waiting).toMatchObject({ digest: null, may: { confirm: false } });
  expect(code(await minh.call('POST', finalPaths.confirm(waiting?.id ?? ''), { digest: waiting?.digest }))).toBe('final-changed');
});

test('later figures are refused with what to do instead, also those that waited; nothing is withdrawn', async () => {
  const { id } = await publishFigures(server, figures(1_000));
  const waits = importPreviewSchema.parse((await lan.call('POST', importPaths.imports, figures(900))).body);
  expect((await lan.call('POST', importPaths.confirm(waits.id), { reason: 'Rà soát lại.' })).status).toBe(202);
  const early = importPreviewSchema.parse((await lan.call('POST', importPaths.imports, figures(1_001))).body);
  await makeFinal(1);
  for (const answer of [await lan.call('POST', importPaths.imports, figures(1_001)), await lan.call('POST', importPaths.confirm(early.id), {})])
    expect([answer.status, code(answer), answer.text]).toEqual([409, 'contest-closed', expect.stringContaining('đính chính')]);
  const held = heldViewSchema.parse((await minh.call('GET', holdPaths.one(waits.id))).body);
  expect([held.may.release, held.why?.vi]).toEqual([false, expect.stringContaining('đính chính')]);
  expect(code(await minh.call('POST', holdPaths.release(waits.id), { digest: '0'.repeat(64), reason: 'Đã hỏi.' }))).toBe('contest-closed');
  expect(code(await minh.call('POST', boardPaths.withdraw(2), { reason: 'Nguồn báo sai.' }))).toBe('final-stands');
  expect(code(await lan.call('POST', boardPaths.undo(id)))).toBe('snapshot-not-in-force');
  expect(code(await propose(2))).toBe('contest-closed');
});

test('a correction of the result is a new numbered result, with a document, by two people, even for the smallest figure', async () => {
  await publishFigures(server, figures(1_000));
  await makeFinal(1);
  const preview = importPreviewSchema.parse((await lan.call('POST', `${importPaths.imports}?corrects=2`, figures(1_001))).body);
  const reason = 'Quận Ba Đình còn thiếu một tài khoản.';
  expect(code(await lan.call('POST', importPaths.confirm(preview.id), { reason }))).toBe('final-needs-basis');
  expect(code(await lan.call('POST', importPaths.confirm(preview.id), { basis }))).toBe('reason-needed');
  expect(code(await lan.call('POST', importPaths.confirm(preview.id), { reason, basis: { ...basis, file: 'a'.repeat(64) } }))).toBe('basis-missing');
  const late = { ...basis, number: '15/QĐ-UBND' };
  expect(await lan.call('POST', importPaths.confirm(preview.id), { reason, basis: late })).toMatchObject({ status: 202, body: { holds: 0 } });
  expect(lastPush().number).toBe(2);
  const held = heldViewSchema.parse((await minh.call('GET', holdPaths.one(preview.id))).body);
  expect(held).toMatchObject({ basis: { number: '15/QĐ-UBND' }, may: { release: true } });
  expect((await minh.call('POST', holdPaths.release(preview.id), { digest: held.digest, reason: 'Đã đối chiếu với quận.' })).status).toBe(200);
  expect(lastPush()).toMatchObject({
    number: 3,
    final: true,
    basis: expect.stringContaining('15/QĐ-UBND') as string,
    replaces: { number: 2, how: 'correction' },
  });
  expect(code(await lan.call('POST', boardPaths.undo(preview.id)))).toBe('final-stands');
  const { entries } = historySchema.parse((await lan.call('GET', boardPaths.history)).body);
  expect(entries.map(({ number, final, undo }) => [number, final, undo])).toEqual([
    [3, true, null],
    [2, true, null],
    [1, false, null],
  ]);
});

test('the public pages say that it is final, on which document, for good, and equal results share a rank', async () => {
  await publishFigures(server, figures(1_000));
  await makeFinal(1);
  server.wait(400 * 24 * 3_600_000);
  const board = plain((await server.app.inject('/scoreboard')).body);
  for (const words of ['Kết quả cuối cùng', `Căn cứ: ${mark}`, '1 (đồng hạng)', '10,0%']) expect(board).toContain(words);
  expect(board).not.toContain('quá cũ');
  const page = plain((await server.app.inject('/scoreboard/2')).body);
  for (const words of ['Kết quả cuối cùng', mark, 'Kiểm tra chữ ký', 'openssl pkeyutl -verify']) expect(page).toContain(words);
  expect(plain((await server.app.inject('/scoreboard?lang=en')).body)).toContain('Final result');
  expect(plain((await server.app.inject('/embed/scoreboard')).body)).toContain('Kết quả cuối cùng');
});
