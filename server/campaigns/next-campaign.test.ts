// One campaign after the other on a real server with a real player: two people begin the next, and everything of the first still reads.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { importPreviewSchema, scoreboardViewSchema } from '../../core/import-api.ts';
import { issuedSchema } from '../../core/board-api.ts';
import { campaignsPath, campaignsViewSchema, type NextCampaign } from '../../core/campaigns-api.ts';
import { finalPaths, finalViewSchema } from '../../core/final-api.ts';
import { encodePlacement } from '../../core/links.ts';
import { manifestSchema } from '../../core/manifest.ts';
import { scanPaths, scanReportSchema } from '../../core/scan-api.ts';
import { campaignViewSchema, settingsPaths } from '../../core/settings-api.ts';
import { envelopeSchema } from '../../core/signed.ts';
import { snapshotSchema } from '../../core/snapshot.ts';
import { manifestEnvelope } from '../manifests/manifest-store.ts';
import { addPaper } from '../scans/placement-store.ts';
import { readSource, writeSource } from '../scoreboard/source/source-store.ts';
import { transact } from '../database/open-database.ts';
import { settingsOf } from '../testing/settings.ts';
import { connect, newBox, type TestPlayer } from '../testing/test-player.ts';
import { signedInPerson, type TestPerson } from '../testing/test-people.ts';
import { startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';
import { currentCampaign } from './campaign-store.ts';

let server: TestServer;
let an: TestPerson;
let binh: TestPerson;
let player: TestPlayer;
beforeAll(async () => {
  server = await startTestServer();
  an = await signedInPerson(server, 'admin');
  binh = await signedInPerson(server, 'admin');
  player = connect(server.url, newBox(), { enrol: server.enrol.reception ?? '' });
  await player.prove();
});
afterAll(async () => {
  player.close();
  await server.end();
});

const sourceOf = (campaign: string, at: number) => ({ campaign, url: 'https://so.gov.vn/a.csv', everyMinutes: 60, person: an.id, name: an.name, at });
const code = ({ body }: { body: unknown }) => z.object({ error: z.object({ code: z.string() }) }).safeParse(body).data?.error.code;
const inForce = async () => campaignViewSchema.parse((await an.call('GET', settingsPaths.campaign)).body);
const campaigns = async (by: Staff = an) => campaignsViewSchema.parse((await by.call('GET', campaignsPath)).body);
const page = async (path: string) => {
  const answer = await server.app.inject(path);
  return { status: answer.statusCode, text: answer.body.replaceAll(/<style>.*?<\/style>/gs, '') };
};
async function published(unit: string, count: number): Promise<number> {
  const rows = [{ unit, count, base: 10_000 }];
  const { id } = importPreviewSchema.parse((await an.call('POST', '/api/scoreboard/imports', { sample: false, rows })).body);
  return issuedSchema.parse((await an.call('POST', `/api/scoreboard/imports/${id}/confirm`, { leaveOutBadRows: true })).body).number;
}
/** Waits until a player is told of a manifest of a campaign. @returns what it has to have, and the items of that manifest */
async function told(wanted: string) {
  for (;;) {
    const { manifest, snapshot } = await player.next('state');
    const envelope = envelopeSchema.parse(JSON.parse((await manifestEnvelope(server.context.db, manifest ?? '')) ?? ''));
    const { campaign, layers } = manifestSchema.parse(JSON.parse(envelope.payload));
    if (campaign.id === wanted) return { campaign, snapshot, items: layers.flatMap(({ playlist }) => playlist.items.map(({ id }) => id)) };
  }
}
/** Waits until figures of a campaign are sent to the player. */
async function sent(wanted: string) {
  for (;;) {
    const snapshot = snapshotSchema.parse(JSON.parse((await player.next('snapshot')).current.payload));
    if (snapshot.campaign === wanted) return snapshot;
  }
}

const name = { vi: 'Chiến dịch Xuân Bính Ngọ', en: 'Spring campaign' };
async function wished(change: Partial<NextCampaign['settings']> = {}, contest: Partial<NextCampaign['contest']> = {}) {
  const { campaign, revision } = await inForce();
  const fresh = { name, plan: '12/KH-UBND', period: { startDate: '2026-12-01', endDate: '2027-02-28' }, phases: [] };
  const { measure, denominator } = campaign;
  return {
    revision,
    settings: { ...settingsOf(campaign), ...fresh, ...change },
    contest: { tree: 'hanoi-communes-2025', measure: measure.name, denominator, ...contest },
  };
}
const ask = async (by: Staff = an, ...change: Parameters<typeof wished>) => by.call('POST', campaignsPath, await wished(...change));
async function confirm(by: Staff) {
  const { asked } = await campaigns(by);
  return by.call('POST', settingsPaths.confirm(asked?.id ?? ''), { digest: asked?.digest });
}

async function makeFinal(number: number): Promise<void> {
  const basis = { number: '3/QĐ-UBND', date: '2026-11-30', office: 'UBND thành phố Hà Nội' };
  const { waiting } = finalViewSchema.parse((await an.call('POST', finalPaths.view, { number, basis })).body);
  expect((await binh.call('POST', finalPaths.confirm(waiting?.id ?? ''), { digest: waiting?.digest })).status).toBe(200);
}

describe('the next campaign', () => {
  it('is asked for by an administrator of the whole city, with a tree that is known and every field filled in', async () => {
    expect(code(await ask(await signedInPerson(server, 'approver')))).toBe('not-allowed');
    expect(code(await ask(await signedInPerson(server, 'admin', { unit: 'd001' })))).toBe('outside-own-unit');
    const answer = await ask(an, {}, { tree: 'to-dan-pho-cu' });
    expect([code(answer), answer.text]).toEqual(['settings-invalid', expect.stringContaining('không có cây đơn vị này')]);
    expect((await ask(an, { plan: '' })).text).toContain('settings.plan');
    expect(code(await an.call('POST', campaignsPath, { ...(await wished()), revision: 99 }))).toBe('settings-changed');
    const { trees, asked, earlier } = await campaigns();
    expect(trees.map(({ id, units, from, until }) => [id, units, from, until])).toEqual([
      ['hanoi-communes-2025', 126, '2025-07-01', null],
      ['hanoi-districts', 30, '2014-04-01', '2025-06-30'],
    ]);
    expect([asked, earlier]).toEqual([null, []]);
  });

  it('never bears the id of a campaign that was there', async () => {
    expect((await ask(an, { name: { vi: 'Plan 311 (2024)' } })).status).toBe(200);
    const { asked } = await campaigns();
    expect(asked?.changes.find(({ path }) => path === 'id')).toEqual({ path: 'id', before: 'plan-311-2024', after: 'plan-311-2024-2' });
    expect((await an.call('DELETE', settingsPaths.drop(asked?.id ?? ''))).status).toBe(200);
  });

  it('waits until published figures have a final result', async () => {
    const number = await published('Quận Ba Đình', 1_000);
    expect(code(await ask())).toBe('contest-not-closed');
    expect((await campaigns()).why?.vi).toContain('chưa chốt kết quả cuối cùng');
    await makeFinal(number);
    expect((await campaigns()).why).toBeNull();
  });

  it('begins when a second administrator agrees: empty scoreboard, new campaign on every screen, and the same items go on', async () => {
    const { db, now } = server.context;
    await transact(db, (trx) => writeSource(trx, sourceOf('plan-311-2024', now())));
    const before = await told('plan-311-2024');
    expect(before).toMatchObject({ campaign: { trial: true }, snapshot: { number: expect.any(Number) as number } });

    expect((await ask()).status).toBe(200);
    expect((await inForce()).campaign.id, 'asking changes nothing').toBe('plan-311-2024');
    expect((await campaigns()).asked).toMatchObject({ subject: { name: name.vi }, may: { confirm: false } });
    expect(code(await confirm(an))).toBe('approval-own');
    expect((await confirm(binh)).status).toBe(200);

    const id = 'chien-dich-xuan-binh-ngo';
    const { campaign } = await inForce();
    expect(campaign).toMatchObject({ id, name, trial: false, tree: 'hanoi-communes-2025', zone: 'Asia/Ho_Chi_Minh', measure: { id: 'accounts-created' } });
    expect(campaign).not.toHaveProperty('closedOn');
    expect(await told(id)).toEqual({ campaign, snapshot: null, items: before.items });
    expect(scoreboardViewSchema.parse((await an.call('GET', '/api/scoreboard')).body)).toMatchObject({ current: null });
    expect(await readSource(db), 'other units: its figures would mean something else').toBeUndefined();
    const log = await db.selectFrom('audit').select(['who', 'what']).where('what', 'like', 'next-campaign.%').orderBy('id').execute();
    expect(log.slice(-2)).toEqual([
      { who: an.name, what: 'next-campaign.change.ask' },
      { who: binh.name, what: 'next-campaign.change.confirm' },
    ]);
  });

  it('leaves the first one readable: its pages, files and reports, and the way to them', async () => {
    const { earlier } = await campaigns();
    expect(earlier).toMatchObject([{ id: 'plan-311-2024', trial: true, closedOn: expect.any(String) as string, latest: expect.any(Number) as number }]);
    const number = earlier[0]?.latest ?? 0;
    const result = await page(`/scoreboard/${number}`);
    expect(result.status).toBe(200);
    for (const words of ['Kế hoạch 311/KH-UBND', 'một chiến dịch đã qua', 'Kết quả cuối cùng']) expect(result.text).toContain(words);
    expect(result.text).toContain('/scoreboard/history?campaign=plan-311-2024');
    expect((await page('/scoreboard/history?campaign=plan-311-2024')).text).toContain(`Kỳ số liệu số ${number}`);
    expect((await page(`/scoreboard/${number}/figures.csv`)).text).toContain('Ba Đình');
    const board = await page('/scoreboard');
    expect(board.text).toMatch(/Xuân Bính Ngọ.*Chưa có kỳ số liệu nào/s);
    for (const format of ['docx', 'xlsx', 'pdf'])
      expect((await an.call('GET', `/api/reports/results/file?format=${format}&number=${number}`)).status).toBe(200);
    expect((await an.call('GET', `/api/reports/display?from=2026-11-01&to=2026-11-30`)).status).toBe(200);
  });

  it('takes the figures that come now, among its own units, and goes on over a restart', async () => {
    const number = await published('Phường Ba Đình', 40);
    expect(await sent('chien-dich-xuan-binh-ngo')).toMatchObject({ number, tree: 'hanoi-communes-2025', rows: [{ count: 40 }] });
    player.close();
    server = await server.again();
    expect((await currentCampaign(server.context.db))?.id).toBe('chien-dich-xuan-binh-ngo');
    expect((await page('/scoreboard')).text).toContain('Ba Đình');
  });
});

it('counts openings for the campaign in which they were made', async () => {
  const { db, now } = server.context;
  const staff = await signedInPerson(server, 'admin');
  const { owner } = await addPaper(db, { campaign: 'plan-311-2024', kind: 'poster', name: 'Chợ Hôm', place: '', unit: null }, 'Lan', now());
  const agent = { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1' };
  expect((await server.app.inject({ url: `/q/${encodePlacement({ owner, item: 0 })}`, headers: agent })).statusCode).toBeLessThan(400);
  const opens = async (query: string) => scanReportSchema.parse((await staff.call('GET', `${scanPaths.report}${query}`)).body);
  expect(await opens('')).toMatchObject({ campaign: 'chien-dich-xuan-binh-ngo', total: { opens: 1 } });
  expect(await opens('?campaign=plan-311-2024')).toMatchObject({ campaign: 'plan-311-2024', total: { opens: 0 } });
  expect((await staff.call('GET', `${scanPaths.report}?campaign=chua-co`)).status).toBe(404);
});

it('is named on the public page once another has followed it, and its address of figures goes on where they mean the same', async () => {
  const { db } = server.context;
  server.clock.now = Date.parse('2027-03-01T09:00:00+07:00');
  an = await signedInPerson(server, 'admin');
  binh = await signedInPerson(server, 'admin');
  const { number = 0 } = scoreboardViewSchema.parse((await an.call('GET', '/api/scoreboard')).body).current ?? {};
  await makeFinal(number);
  await transact(db, (trx) => writeSource(trx, sourceOf('chien-dich-xuan-binh-ngo', server.clock.now)));
  expect((await ask(an, { period: { startDate: '2027-03-01', endDate: '2027-05-31' } })).status).toBe(200);
  expect((await confirm(binh)).status).toBe(200);
  const { earlier } = await campaigns();
  expect(earlier.map(({ id, trial }) => [id, trial])).toEqual([
    ['chien-dich-xuan-binh-ngo', false],
    ['plan-311-2024', true],
  ]);
  expect((await readSource(db))?.campaign).toBe('chien-dich-xuan-binh-ngo-2');
  const { text } = await page('/scoreboard');
  expect(text).toMatch(/Chưa có kỳ số liệu nào.*Các chiến dịch trước.*Xuân Bính Ngọ/s);
  expect(text).toContain(`href="/scoreboard/${earlier[0]?.latest}"`);
  expect(text, 'a trial is no contest that went before').not.toContain('Chiến dịch mẫu');
  expect((await page(`/scoreboard/${earlier[0]?.latest}`)).text).toContain('một chiến dịch đã qua');
});
