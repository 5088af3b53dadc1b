// Settings of the campaign: on a trial one person's, beyond it two people's; nobody overwrites another's; the shipped file no longer does.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { screenViewSchema } from '../../core/screen-api.ts';
import { manifestSchema } from '../../core/manifest.ts';
import { campaignViewSchema, type CampaignSettings } from '../../core/settings-api.ts';
import { envelopeSchema } from '../../core/signed.ts';
import { putCurrentCampaign } from './campaign-store.ts';
import { findChannel } from '../channels/channel-store.ts';
import { manifestEnvelope } from '../manifests/manifest-store.ts';
import { bindKey } from '../screens/screen-store.ts';
import { settingsOf } from '../testing/settings.ts';
import { signedInPerson, type TestPerson } from '../testing/test-people.ts';
import { newBox } from '../testing/test-player.ts';
import { signIn, staffOf, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let one: TestPerson;
const start = async () => {
  server = await startTestServer();
  one = await signedInPerson(server, 'admin');
};

const view = async (by: Staff = one) => campaignViewSchema.parse((await by.call('GET', '/api/campaign')).body);
async function put(change: Partial<CampaignSettings>, rest: object = {}, by: Staff = one) {
  const { campaign, revision } = await view(by);
  return by.call('PUT', '/api/campaign', { revision, settings: { ...settingsOf(campaign), ...change }, ...rest });
}
const code = ({ body }: { body: unknown }) => z.object({ error: z.object({ code: z.string() }) }).safeParse(body).data?.error.code;
/** The campaign as the screens of a channel get it. */
async function published(channel = 'reception') {
  const { db } = server.context;
  const hash = (await findChannel(db, channel))?.manifest?.sha256 ?? '';
  return manifestSchema.parse(JSON.parse(envelopeSchema.parse(JSON.parse((await manifestEnvelope(db, hash)) ?? '')).payload)).campaign;
}
async function addRealScreen() {
  const staff = await signIn(server);
  const { profile } =
    screenViewSchema
      .array()
      .parse((await staff.call('GET', '/api/screens')).body)
      .find(({ channel }) => channel === 'street') ?? {};
  const made = screenViewSchema.parse((await staff.call('POST', '/api/screens', { name: 'Ngã tư Láng', channel: 'street', profile })).body);
  await bindKey(server.context.db, made.id, newBox().publicKey, server.context.now());
}
const basis = { number: '12/QĐ-UBND', date: '2024-11-01', office: 'UBND thành phố' };
const speaker = { vi: 'UBND phường Láng', en: 'Hanoi People’s Committee' };

describe('on a trial', () => {
  beforeAll(start);
  afterAll(() => server.end());

  it('a second editor is told, and nothing of the first is lost', async () => {
    const { campaign, revision } = await view();
    expect((await put({ speaker })).status).toBe(200);
    const late = await one.call('PUT', '/api/campaign', { revision, settings: { ...settingsOf(campaign), plan: '1/KH' } });
    expect(code(late)).toBe('settings-changed');
    expect((await view()).campaign).toMatchObject({ speaker, plan: campaign.plan });
  });

  it('what was saved without a change is no change', async () => {
    const before = await view();
    expect((await put({})).body).toEqual(before);
  });

  it('every wrong field is named in both languages', async () => {
    const phases = [{ name: { vi: 'Đợt' }, basis: '', startDate: '2024-12-02', endDate: '2024-12-01' }];
    const answer = await put({ phases, stale: { greyAfterHours: 5, leaveAfterHours: 4 }, plan: '' });
    expect(code(answer)).toBe('settings-invalid');
    const { details } = z
      .object({ error: z.object({ details: z.array(z.object({ path: z.string(), reason: z.object({ vi: z.string(), en: z.string() }) })) }) })
      .parse(answer.body).error;
    expect(details.map(({ path }) => path).sort()).toEqual(['settings.phases[0].endDate', 'settings.plan', 'settings.stale.leaveAfterHours']);
    expect(details.find(({ path }) => path === 'settings.phases[0].endDate')?.reason).toEqual({
      vi: 'ngày kết thúc trước ngày bắt đầu',
      en: 'it ends before it starts',
    });
  });

  it('is for administrators of the whole city', async () => {
    const approver = await signedInPerson(server, 'approver');
    expect(code(await put({ speaker }, {}, approver))).toBe('not-allowed');
    expect((await view(approver)).mayChange).toBe(false);
    const local = await signedInPerson(server, 'admin', { unit: 'd001' });
    expect(code(await put({ speaker }, {}, local))).toBe('outside-own-unit');
  });

  it('settings are one person’s, reach every screen and stay over a restart, while the period goes on with the month', async () => {
    expect(await view()).toMatchObject({ secondPerson: false, mayChange: true, asked: null });
    const stale = { greyAfterHours: 12, leaveAfterHours: 24 };
    const done = await put({ speaker, stale, period: { startDate: '2020-01-01', endDate: '2020-01-02' } });
    expect(done).toMatchObject({ status: 200, body: { campaign: { speaker, stale }, asked: null } });
    const { period } = await published();
    expect(await published('street')).toMatchObject({ speaker, stale });
    expect(period.startDate, 'a trial keeps its month').not.toBe('2020-01-01');

    server = await server.again({ now: server.clock.now + 40 * 86_400_000 });
    expect(await published()).toMatchObject({ speaker, stale });
    expect((await published()).period.startDate > period.endDate).toBe(true);
  });
});

describe('with a screen outdoors', () => {
  beforeAll(async () => {
    await start();
    await addRealScreen();
  });
  afterAll(() => server.end());

  it('a change waits until a second administrator has seen exactly it', async () => {
    expect((await put({ speaker })).body).toMatchObject({ secondPerson: true, asked: { changes: [{ path: 'speaker.vi', after: speaker.vi }] } });
    expect(await published()).not.toMatchObject({ speaker });
    const second = await signedInPerson(server, 'admin');
    const { asked } = await view(second);
    expect(asked).toMatchObject({ loosens: false, may: { confirm: true } });
    const confirm = (by: Staff, digest = asked?.digest) => by.call('POST', `/api/changes/${asked?.id}/confirm`, { digest });
    expect(code(await confirm(one))).toBe('approval-own');
    expect(code(await confirm(await signedInPerson(server, 'approver')))).toBe('not-allowed');
    expect(code(await confirm(second, '0'.repeat(64)))).toBe('approval-void');
    expect(await confirm(second)).toMatchObject({ status: 200, body: [] });
    expect(await published()).toMatchObject({ speaker });
    expect(code(await confirm(second))).toBe('approval-settled');
  });

  it('loosening a rule needs a document, which the second person sees', async () => {
    const holds = { basePercent: 2, dayPercent: 10, stepPercent: 0.5, stepCount: 100 };
    expect(code(await put({ holds }))).toBe('loosening-needs-basis');
    expect(code(await put({ holds }, { basis: { ...basis, file: '0'.repeat(64) } }))).toBe('basis-missing');
    expect((await put({ holds }, { basis })).body).toMatchObject({ asked: { loosens: true, basis: { ...basis, signer: '', summary: '' } } });
  });

  it('two administrators who want different things are told of each other', async () => {
    await put({ speaker });
    const second = await signedInPerson(server, 'admin');
    expect(code(await put({ speaker: { ...speaker, vi: 'Khác' } }, {}, second))).toBe('change-open');
    expect((await put({ speaker: { ...speaker, vi: 'Đổi ý' } })).body, 'whoever asked may ask for something else').toMatchObject({
      asked: { changes: [{ after: 'Đổi ý' }] },
    });
    const { asked } = await view(second);
    expect((await second.call('DELETE', `/api/changes/${asked?.id}`)).status).toBe(200);
    expect((await view()).asked).toBeNull();
  });

  it('holds no more when the campaign has changed meanwhile, or nobody came in four days', async () => {
    const later = { ...speaker, vi: 'UBND phường Bạch Mai' };
    await put({ speaker: later });
    const second = await signedInPerson(server, 'admin');
    const { asked } = await view(second);
    const tighter = { basePercent: 1, dayPercent: 1, stepPercent: 0.1, stepCount: 10 };
    expect((await put({ holds: tighter })).body, 'tighter limits hold at once').toMatchObject({ campaign: { holds: tighter } });
    expect(code(await second.call('POST', `/api/changes/${asked?.id}/confirm`, { digest: asked?.digest }))).toBe('approval-void');
    expect((await put({ speaker: later })).status).toBe(200);
    server.clock.now += 4 * 86_400_000 + 1;
    const cookie = (await signedInPerson(server, 'admin')).cookie;
    expect((await view(staffOf(server, cookie))).asked).toBeNull();
  });
});

describe('once the result is final', () => {
  beforeAll(async () => {
    await start();
    const { db, now } = server.context;
    const { campaign } = await view();
    await putCurrentCampaign(db, { ...campaign, trial: false, closedOn: campaign.period.endDate }, now());
  });
  afterAll(() => server.end());

  it('the days of the contest stay, and other settings may change', async () => {
    const { period } = (await view()).campaign;
    expect(code(await put({ period: { ...period, endDate: '2030-01-01' } }))).toBe('contest-closed-period');
    expect((await put({ speaker })).status).toBe(200);
    expect((await view()).campaign.period).toEqual(period);
  });
});
