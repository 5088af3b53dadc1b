// Objections: a unit's words and file against its own figure, answered by the office, for nobody else to read.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importPaths } from '../../core/import-api.ts';
import { maxObjectionBytes, objectionFileSchema, objectionListSchema, objectionPaths, objectionViewSchema } from '../../core/objection-api.ts';
import { scoreboardRoutes } from './scoreboard-routes.ts';
import { startTestServer, type TestServer } from './test-server.ts';
import { publishFigures, staffMember, type TestStaff } from './testing/people.ts';
import { writeWorkbook, zipParts } from './testing/write-workbook.ts';

let server: TestServer;
let baDinh: TestStaff;
let baVi: TestStaff;
let office: TestStaff;
beforeEach(async () => {
  server = await startTestServer([scoreboardRoutes]);
  baDinh = await staffMember(server, 'editor', 'Chị Hạnh', true, 'd001');
  baVi = await staffMember(server, 'editor', 'Anh Vinh', true, 'd271');
  office = await staffMember(server, 'editor', 'Chị Thu');
  await publishFigures(server, figures(1_000));
});
afterEach(() => server.close());

const figures = (count: number) => `Đơn vị;Lũy kế;Mẫu số\nQuận Ba Đình;${count};10000\nHuyện Ba Vì;1200;12000\n`;
const pdf = Buffer.from('%PDF-1.7\nbiên bản đối chiếu');
const words = 'Quận đã gửi 1.050 tài khoản, kỳ này chỉ ghi 1.000.';
const code = ({ body }: { body: unknown }) => (body as { error?: { code: string } }).error?.code;
const send = (who: TestStaff, bytes: Uint8Array) => who.call('POST', objectionPaths.files, Buffer.from(bytes), { 'content-type': 'application/octet-stream' });
const list = async (who: TestStaff) => objectionListSchema.parse((await who.call('GET', objectionPaths.list)).body);

async function raise(who: TestStaff, over: object = {}) {
  const { sha256 } = objectionFileSchema.parse((await send(who, pdf)).body);
  return who.call('POST', objectionPaths.list, { snapshot: 1, unit: 'd001', words, file: { sha256, name: 'biên bản.pdf' }, ...over });
}

test('a unit objects with words and a file, the office accepts, and the correction that follows is named', async () => {
  const raised = objectionViewSchema.parse((await raise(baDinh)).body);
  expect(raised).toMatchObject({ state: 'open', unitName: 'Quận Ba Đình', figure: { count: 1000, base: 10000 }, words, raised: { by: 'Chị Hạnh' } });
  expect(raised.may).toEqual({ answer: false, withdraw: true });
  const [seen] = (await list(office)).objections;
  expect(seen).toMatchObject({
    id: raised.id,
    file: { type: 'application/pdf', bytes: pdf.length, name: 'biên bản.pdf' },
    may: { answer: true, withdraw: false },
  });
  const file = await office.call('GET', objectionPaths.file(raised.id));
  expect([file.status, file.text]).toEqual([200, pdf.toString()]);
  const accepted = await office.call('POST', objectionPaths.answer(raised.id), { accept: true, answer: 'Đúng, sẽ đính chính.' });
  expect(accepted.body).toMatchObject({ state: 'accepted', settled: { by: 'Chị Thu', answer: 'Đúng, sẽ đính chính.' }, correctedBy: null });
  await publishFigures(server, figures(1_050), '?corrects=1', 'Theo ý kiến của quận Ba Đình.');
  expect((await list(baDinh)).objections).toMatchObject([{ id: raised.id, state: 'accepted', correctedBy: 2 }]);
  const audit = await server.context.db.selectFrom('audit').select(['who', 'what']).where('what', 'like', 'scoreboard.objection.%').execute();
  expect(audit).toEqual([
    { who: 'Chị Hạnh', what: 'scoreboard.objection.file' },
    { who: 'Chị Hạnh', what: 'scoreboard.objection.raise' },
    { who: 'Chị Thu', what: 'scoreboard.objection.accepted' },
  ]);
});

test('a person sends 60 MB of files within a day and no more, whatever became of them', async () => {
  const large = Buffer.concat([pdf, Buffer.alloc(maxObjectionBytes - pdf.length - 1)]);
  for (let file = 0; file < 6; file++) {
    large.writeUInt8(file, large.length - 1);
    expect((await send(baDinh, large)).status).toBe(201);
  }
  large.writeUInt8(9, large.length - 1);
  expect(code(await send(baDinh, large))).toBe('objection-quota');
  expect((await send(baVi, large)).status, 'another person').toBe(201);
  server.wait(24 * 60 * 60_000 + 1);
  expect((await send(baDinh, large)).status).toBe(201);
});

test('nobody objects for, reads, answers or takes back what is not of the own unit or what lies below it', async () => {
  expect(code(await raise(baVi))).toBe('outside-own-unit');
  const { id } = objectionViewSchema.parse((await raise(baDinh)).body);
  expect(await list(baVi)).toMatchObject({ units: [{ code: 'd271' }], objections: [] });
  for (const [method, path] of [['GET', objectionPaths.file(id)] as const, ['POST', objectionPaths.withdraw(id)] as const])
    expect(code(await baVi.call(method, path))).toBe('outside-own-unit');
  expect(code(await baDinh.call('POST', objectionPaths.answer(id), { accept: true, answer: 'Tự trả lời.' }))).toBe('outside-own-unit');
  expect(code(await office.call('POST', objectionPaths.withdraw(id)))).toBe('objection-of-unit');
  // A file is its sender's own: its hash opens nothing to others.
  const { sha256 } = objectionFileSchema.parse((await send(baDinh, Buffer.from('%PDF-riêng'))).body);
  expect(code(await raise(baVi, { unit: 'd271', file: { sha256, name: 'x.pdf' } }))).toBe('objection-file');
  await server.context.db.updateTable('units').set({ parent: 'd271' }).where('code', '=', 'd001').execute();
  expect((await list(baVi)).objections.map((each) => each.id)).toEqual([id]);
  const viewer = await staffMember(server, 'viewer', 'Chỉ xem', true, 'd001');
  expect(await list(viewer)).toMatchObject({ units: [], objections: [{ may: { answer: false, withdraw: false } }] });
  expect(code(await viewer.call('POST', objectionPaths.list, {}))).toBe('not-allowed');
});

test('staff of the city object in a unit’s name, and somebody else answers; an answer is given once', async () => {
  const { id } = objectionViewSchema.parse((await raise(office)).body);
  expect(code(await raise(baDinh))).toBe('objection-open');
  expect(code(await office.call('POST', objectionPaths.answer(id), { accept: false, answer: 'Số đúng.' }))).toBe('objection-own');
  const second = await staffMember(server, 'editor', 'Anh Minh');
  const answers = await Promise.all([true, false].map((accept) => second.call('POST', objectionPaths.answer(id), { accept, answer: 'Đã đối chiếu.' })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await raise(baDinh)).status).toBe(201);
});

test('only figures that stand are objected to, and only of units of the tree', async () => {
  await publishFigures(server, figures(1_010), '?corrects=1', 'Sai số của quận Ba Đình.');
  const late = await raise(baDinh);
  expect([code(late), late.text]).toEqual(['objection-outdated', expect.stringContaining('"replacedBy":2')]);
  expect(code(await raise(baDinh, { snapshot: 9 }))).toBe('not-found');
  expect(code(await raise(office, { unit: 'c00004', snapshot: 2 }))).toBe('not-found');
  expect((await raise(baDinh, { snapshot: 2 })).status).toBe(201);
});

test('a file is known by its bytes, within its limit, and one that nobody names is forgotten after a day', async () => {
  const book = writeWorkbook({ name: 'Sổ', rows: [['a']] });
  const named = zipParts({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>' });
  expect((await send(baDinh, named)).body).toMatchObject({ type: expect.stringContaining('spreadsheetml') as string });
  for (const bytes of [
    Buffer.from('<html><script>'),
    Buffer.from('MZ'),
    zipParts({ 'virus.exe': 'MZ' }),
    book.subarray(0, 40),
    Buffer.alloc(maxObjectionBytes + 1),
  ]) {
    const answer = await send(baDinh, bytes);
    expect([answer.status, code(answer)]).toEqual([422, 'objection-file']);
  }
  await raise(baDinh);
  server.wait(25 * 3_600_000);
  await send(baVi, Buffer.from('%PDF-mới'));
  const kept = await server.context.db.selectFrom('objection_files').select('type').execute();
  expect(kept).toHaveLength(2);
  expect((await server.app.inject({ url: importPaths.scoreboard })).statusCode).toBe(401);
});
