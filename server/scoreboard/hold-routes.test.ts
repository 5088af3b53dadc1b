// Held figures: what waits, who may let it through and when, what everybody can read of it afterwards. Races included.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importPreviewSchema, importPaths } from '../../core/import-api.ts';
import { boardPaths, historySchema } from '../../core/board-api.ts';
import { heldAnswerSchema, heldListSchema, heldViewSchema, holdPaths } from '../../core/hold-api.ts';
import { publicRoutes } from '../public/public-routes.ts';
import { scoreboardRoutes } from './scoreboard-routes.ts';
import { startTestServer, type TestServer } from './test-server.ts';
import { publishFigures, staffMember, type TestStaff } from './testing/people.ts';

let server: TestServer;
let lan: TestStaff;
let minh: TestStaff;
beforeEach(async () => {
  server = await startTestServer([scoreboardRoutes, publicRoutes]);
  lan = await staffMember(server, 'editor', 'Chị Lan');
  minh = await staffMember(server, 'approver', 'Anh Minh');
});
afterEach(() => server.close());

const figures = (count: number, base = 10_000) => `Đơn vị;Lũy kế;Mẫu số\nBa Đình;${count};${base}\nBa Vì;3000;12000\n`;
const reason = 'Quận rà soát, bỏ tài khoản trùng.';
const answer = 'Đã gọi điện, quận xác nhận.';
const code = ({ body }: { body: unknown }) => (body as { error: { code: string } }).error.code;

async function preview(staff: TestStaff, csv: string, query = '') {
  return importPreviewSchema.parse((await staff.call('POST', importPaths.imports + query, csv)).body);
}
/** An import that has to wait. */
async function hold(staff: TestStaff = lan, csv = figures(900), query = '') {
  const { id } = await preview(staff, csv, query);
  const confirmed = await staff.call('POST', importPaths.confirm(id), { reason });
  expect([confirmed.status, confirmed.text]).toEqual([202, expect.any(String)]);
  return id;
}
const view = async (id: string, staff: TestStaff = minh) => heldViewSchema.parse((await staff.call('GET', holdPaths.one(id))).body);
const release = (staff: TestStaff, id: string, digest: string | null) => staff.call('POST', holdPaths.release(id), { digest, reason: answer });
const published = async () => (await server.context.db.selectFrom('snapshots').select('number').orderBy('number').execute()).map(({ number }) => number);
const waiting = async (staff: TestStaff = minh) => heldListSchema.parse((await staff.call('GET', holdPaths.list)).body).waiting;
const plain = async (url: string) =>
  (await server.app.inject(url)).body
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('a confirmation with held figures', () => {
  beforeEach(() => publishFigures(server, figures(1_000)));

  test('needs a reason, publishes nothing, and says where to look', async () => {
    const seen = await preview(lan, figures(900));
    expect(seen.holds).toMatchObject([{ unit: 'd001', name: 'Quận Ba Đình', kind: 'count-fell', count: 900, before: { number: 1, count: 1_000 } }]);
    const bare = await lan.call('POST', importPaths.confirm(seen.id), {});
    expect([bare.status, code(bare)]).toEqual([422, 'reason-needed']);
    server.told.length = 0;
    const confirmed = await lan.call('POST', importPaths.confirm(seen.id), { reason });
    expect([confirmed.status, heldAnswerSchema.parse(confirmed.body)]).toEqual([
      202,
      { state: 'waiting', import: seen.id, holds: 1, lookAt: holdPaths.one(seen.id) },
    ]);
    expect([await published(), server.pushes.length, server.told]).toEqual([[1], 1, ['scoreboard']]);
    expect(await view(seen.id)).toMatchObject({
      state: 'waiting',
      reason,
      asked: { by: 'Chị Lan' },
      units: 2,
      snapshot: null,
      newer: null,
      may: { release: true },
    });
    expect((await lan.call('GET', importPaths.import(seen.id))).body).toMatchObject({ state: 'held' });
    const again = await lan.call('POST', importPaths.confirm(seen.id), { reason });
    expect([again.status, code(again)]).toEqual([409, 'import-done']);
    const row = await server.context.db.selectFrom('held_imports').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      import: seen.id,
      state: 'waiting',
      compared_with: 1,
      reason,
      asker: `person:${lan.id}`,
      firsts: JSON.stringify([lan.id]),
      snapshot: null,
    });
  });

  test('by a program is answered the same way, and whoever made its token is not the second person', async () => {
    const headers = { authorization: server.authorization };
    const rows = [{ unit: 'Ba Đình', count: 900 }];
    const { id } = (await server.app.inject({ method: 'POST', url: importPaths.imports, payload: { rows }, headers })).json<{ id: string }>();
    const confirmed = await server.app.inject({ method: 'POST', url: importPaths.confirm(id), payload: { reason }, headers });
    expect([confirmed.statusCode, confirmed.headers['location']]).toEqual([202, holdPaths.one(id)]);
    const looked = await server.app.inject({ url: holdPaths.one(id), headers });
    expect(heldViewSchema.parse(looked.json())).toMatchObject({
      state: 'waiting',
      asked: { by: 'Kho số liệu' },
      may: { release: false, refuse: false, withdraw: true },
    });
    const maker = await server.context.db.selectFrom('api_tokens').select('person').executeTakeFirstOrThrow();
    expect(await server.context.db.selectFrom('held_imports').select('firsts').executeTakeFirstOrThrow()).toEqual({ firsts: JSON.stringify([maker.person]) });
    const withdrawn = await server.app.inject({ method: 'POST', url: holdPaths.withdraw(id), headers });
    expect(withdrawn.json()).toMatchObject({ state: 'withdrawn' });
  });

  test('of each kind waits: a fall, more than the base, another base, a jump; also when a unit was left out in between', async () => {
    for (const [csv, kinds] of [
      [figures(900), ['count-fell']],
      [figures(10_001), ['more-than-base', 'jump']],
      [figures(1_000, 9_000), ['base-changed']],
      [figures(2_000), ['jump']],
    ] as const)
      expect((await preview(lan, csv)).holds.map(({ kind }) => kind)).toEqual(kinds);
    await publishFigures(server, 'Đơn vị;Lũy kế;Mẫu số\nBa Vì;3000;12000\n');
    expect((await preview(lan, figures(900))).holds).toMatchObject([{ kind: 'count-fell', before: { number: 1 } }]);
  });

  test('finds the last figures of a unit that many snapshots left out', async () => {
    for (let count = 3_001; count <= 3_032; count++) await publishFigures(server, `Đơn vị;Lũy kế;Mẫu số\nBa Vì;${count};12000\n`);
    expect((await preview(lan, figures(900).replace('3000', '3032'))).holds).toMatchObject([{ unit: 'd001', kind: 'count-fell', before: { number: 1 } }]);
  });

  test('goes by the limits of the campaign', async () => {
    await server.changeCampaign({ holds: { basePercent: 50, dayPercent: 100, stepPercent: 100, stepCount: 0 } });
    expect((await preview(lan, figures(9_000, 9_000))).holds).toEqual([]);
    expect((await preview(lan, figures(999))).holds).toHaveLength(1);
  });
});

describe('a release', () => {
  beforeEach(() => publishFigures(server, figures(1_000)));

  test('by a second person publishes exactly what was looked at, and is in the log and on the public pages', async () => {
    const id = await hold();
    const { digest } = await view(id);
    server.wait(60_000);
    const released = await release(minh, id, digest);
    expect([released.status, released.body]).toMatchObject([200, { number: 2 }]);
    expect(server.pushes.at(-1)?.push.current.payload).toContain('"count":900');
    expect(await view(id)).toMatchObject({
      state: 'released',
      snapshot: 2,
      digest: null,
      settled: { by: 'Anh Minh', reason: answer },
      may: { release: false },
    });
    expect(await waiting()).toEqual([]);
    const { db } = server.context;
    expect(await db.selectFrom('snapshots').select(['number', 'author', 'import']).where('number', '=', 2).executeTakeFirst()).toEqual({
      number: 2,
      author: 'Chị Lan',
      import: id,
    });
    expect(await db.selectFrom('imports').select('state').where('id', '=', id).executeTakeFirst()).toEqual({ state: 'confirmed' });
    const audit = await db.selectFrom('audit').select(['who', 'what', 'after']).where('subject', '=', id).execute();
    expect(audit.map(({ who, what }) => [who, what])).toEqual([
      ['Chị Lan', 'scoreboard.hold'],
      ['Anh Minh', 'scoreboard.release'],
    ]);
    expect(JSON.parse(audit[1]?.after ?? '')).toMatchObject({ number: 2, digest, reason: answer, holds: [{ unit: 'd001', kind: 'count-fell', count: 900 }] });
    const page = await plain('/scoreboard/2');
    for (const words of ['Số liệu được giữ lại để kiểm tra', 'Quận Ba Đình', 'Giảm 100: kỳ số 1 là 1.000, nay là 900.', reason, answer])
      expect(page).toContain(words);
    for (const name of ['Chị Lan', 'Anh Minh']) expect(page).not.toContain(name);
    expect(await plain('/scoreboard/2?lang=en')).toContain('Fell by 100: 1,000 in snapshot 1, now 900.');
    expect(await plain('/scoreboard/1')).not.toContain('giữ lại');
    expect(await plain('/scoreboard/history')).toMatch(/Kỳ số liệu số 2 .*1 số liệu được giữ lại, người thứ hai đã kiểm tra.*Kỳ số liệu số 1 /);
    expect(historySchema.parse((await lan.call('GET', boardPaths.history)).body).entries.map(({ heldFigures }) => heldFigures)).toEqual([1, 0]);
  });

  test('is for nobody who sent or confirmed, and for no editor', async () => {
    const chief = await staffMember(server, 'admin', 'Chị Hoa');
    const own = await hold(chief);
    const { digest, may, why } = await view(own, chief);
    expect([may, why?.vi]).toEqual([{ release: false, refuse: true, withdraw: true }, expect.stringContaining('Nhờ người khác')]);
    expect(code(await release(chief, own, digest))).toBe('hold-own');
    expect(code(await release(lan, own, digest))).toBe('not-allowed');
    // Sent by one, confirmed by the other: both are first persons.
    const { id } = await preview(chief, figures(800));
    expect((await minh.call('POST', importPaths.confirm(id), { reason })).status).toBe(202);
    for (const each of [chief, minh]) expect(code(await release(each, id, (await view(id)).digest))).toBe('hold-own');
    expect(await published()).toEqual([1]);
  });

  test('of real figures needs a second factor', async () => {
    await publishFigures(server, figures(1_000), '?sample=false');
    const id = await hold(lan, figures(900), '?sample=false');
    const plainOne = await staffMember(server, 'approver', 'Anh Nam', false);
    expect(code(await release(plainOne, id, (await view(id)).digest))).toBe('second-factor-needed');
    expect((await release(minh, id, (await view(id)).digest)).status).toBe(200);
  });

  test('happens once, also when two people do it at the same moment', async () => {
    const id = await hold();
    const { digest } = await view(id);
    const other = await staffMember(server, 'approver', 'Chị Thu');
    const answers = await Promise.all([release(minh, id, digest), release(other, id, digest)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.filter(({ status }) => status === 409).map(code)).toEqual(['hold-settled']);
    expect([await published(), server.pushes.length]).toEqual([[1, 2], 2]);
  });

  test('and a refusal at the same moment: one of them holds, whole', async () => {
    const id = await hold();
    const { digest } = await view(id);
    const other = await staffMember(server, 'approver', 'Chị Thu');
    const [released, refused] = await Promise.all([
      release(minh, id, digest),
      other.call('POST', holdPaths.refuse(id), { reason: 'Số này là của tháng trước.' }),
    ]);
    expect([released.status, refused.status].sort()).toEqual([200, 409]);
    const { state, snapshot } = await view(id);
    expect([state, snapshot, await published()]).toEqual(released.status === 200 ? ['released', 2, [1, 2]] : ['refused', null, [1]]);
  });

  test('and newer figures at the same moment: never over what nobody has compared', async () => {
    const id = await hold();
    const { digest } = await view(id);
    const clean = await preview(lan, figures(1_050));
    const [released, confirmed] = await Promise.all([release(minh, id, digest), lan.call('POST', importPaths.confirm(clean.id), {})]);
    expect([released.status, confirmed.status].sort()).toEqual([200, 409]);
    expect(await published()).toEqual([1, 2]);
    if (released.status === 409) expect(code(released)).toBe('hold-changed');
    else expect(code(confirmed)).toBe('import-stale');
  });

  test('after newer figures were published needs them compared anew', async () => {
    const id = await hold();
    const early = await view(id);
    await publishFigures(server, figures(1_050));
    expect(await published()).toEqual([1, 2]);
    expect(code(await release(minh, id, early.digest))).toBe('hold-changed');
    const late = await view(id);
    expect(late).toMatchObject({ state: 'waiting', newer: 2, holds: [{ kind: 'count-fell', before: { number: 2, count: 1_050 } }] });
    expect((await release(minh, id, late.digest)).body).toMatchObject({ number: 3 });
    expect(await plain('/scoreboard/3')).toContain('Giảm 150: kỳ số 2 là 1.050, nay là 900.');
  });

  test('is refused once the campaign is another, and the page says so', async () => {
    const id = await hold();
    const { digest } = await view(id);
    await server.changeCampaign({ tree: 'hanoi-communes-2025' });
    expect(code(await release(minh, id, digest))).toBe('import-stale');
    expect(await view(id)).toMatchObject({ digest: null, may: { release: false, refuse: true } });
    await server.changeCampaign({ denominator: { ...server.campaign.denominator, asOf: '2024-12-01' } });
    expect(code(await release(minh, id, digest))).toBe('hold-changed');
  });

  test('can be undone by the importer within ten minutes, and is the new ground for what comes next', async () => {
    const id = await hold(lan, figures(2_500));
    await release(minh, id, (await view(id)).digest);
    // Without this ground, what stood before the release would hold every import of the week.
    expect((await preview(lan, figures(2_550))).holds).toEqual([]);
    const undone = await lan.call('POST', boardPaths.undo(id), {});
    expect(undone.body).toMatchObject({ number: 3 });
    expect(server.pushes.at(-1)?.push.current.payload).toContain('"count":1000');
    expect((await preview(lan, figures(2_550))).holds).toMatchObject([{ kind: 'jump' }]);
  });
});

describe('a refusal', () => {
  beforeEach(() => publishFigures(server, figures(1_000)));

  test('needs a reason, publishes nothing, and is for good', async () => {
    const id = await hold();
    const { digest } = await view(id);
    expect((await minh.call('POST', holdPaths.refuse(id), { reason: 'ừ' })).status).toBe(400);
    const refused = await minh.call('POST', holdPaths.refuse(id), { reason: 'Số này là của tháng trước.' });
    expect(heldViewSchema.parse(refused.body)).toMatchObject({ state: 'refused', settled: { by: 'Anh Minh', reason: 'Số này là của tháng trước.' } });
    expect(code(await release(minh, id, digest))).toBe('hold-settled');
    expect(await published()).toEqual([1]);
    expect((await lan.call('GET', importPaths.import(id))).body).toMatchObject({ state: 'dropped' });
    expect(await plain('/scoreboard/history')).not.toContain('tháng trước');
    const { settled } = heldListSchema.parse((await lan.call('GET', holdPaths.list)).body);
    expect(settled.map(({ state }) => state)).toEqual(['refused']);
  });

  test('or a withdrawal by the sender, and by nobody else', async () => {
    const id = await hold();
    const other = await staffMember(server, 'editor', 'Chị Thu');
    expect(code(await other.call('POST', holdPaths.withdraw(id)))).toBe('not-allowed');
    expect(heldViewSchema.parse((await lan.call('POST', holdPaths.withdraw(id))).body).state).toBe('withdrawn');
    expect(code(await lan.call('POST', holdPaths.withdraw(id)))).toBe('hold-settled');
    expect(await waiting()).toEqual([]);
  });
});

describe('what waits', () => {
  beforeEach(() => publishFigures(server, figures(1_000)));

  test('never blocks clean figures, and several wait side by side, the oldest first', async () => {
    const first = await hold();
    server.wait(1_000);
    const next = await hold(lan, figures(800));
    expect((await publishFigures(server, figures(1_010))).number).toBe(2);
    expect((await waiting()).map(({ id, newer }) => [id, newer])).toEqual([
      [first, 2],
      [next, 2],
    ]);
  });

  test('is still there a day later, when previews that nobody confirmed are forgotten', async () => {
    const id = await hold();
    const { id: forgotten } = await preview(lan, figures(1_001));
    server.wait(3 * 86_400_000);
    await preview(lan, figures(1_002));
    expect((await lan.call('GET', importPaths.import(forgotten))).status).toBe(404);
    const later = await staffMember(server, 'approver', 'Chị Thu');
    const { digest, may } = await view(id, later);
    expect(may.release).toBe(true);
    expect((await release(later, id, digest)).status).toBe(200);
  });
});

describe('a correction', () => {
  test('that lowers a published figure waits, and released says both: what it corrects and that it was held', async () => {
    await publishFigures(server, figures(1_000));
    await publishFigures(server, figures(1_090));
    const id = await hold(lan, figures(1_050), '?corrects=2');
    expect(await view(id)).toMatchObject({ corrects: 2, holds: [{ kind: 'count-fell', before: { number: 2, count: 1_090 } }] });
    expect((await release(minh, id, (await view(id)).digest)).body).toMatchObject({ number: 3 });
    const page = await plain('/scoreboard/3');
    expect(page).toContain('Đính chính kỳ số 2');
    expect(page).toContain('Giảm 40: kỳ số 2 là 1.090, nay là 1.050.');
    // Growth is against what stood before the wrong figures.
    expect(server.pushes.at(-1)?.push.previous?.payload).toContain('"number":1,');
  });

  test('of figures that are in force no more is not released', async () => {
    await publishFigures(server, figures(1_000));
    const id = await hold(lan, figures(900), '?corrects=1');
    const { digest } = await view(id);
    await publishFigures(server, figures(1_050));
    expect(code(await release(minh, id, digest))).toBe('snapshot-not-in-force');
    expect(await view(id)).toMatchObject({ state: 'waiting', may: { release: false, refuse: true } });
  });
});
