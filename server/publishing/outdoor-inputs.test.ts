// Every input that could change a pixel of a real screen outdoors, each tried by one person alone who may do everything.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { importPreviewSchema } from '../../core/import-api.ts';
import { playlistViewSchema } from '../../core/playlist-api.ts';
import { changedScreenSchema, screenViewSchema } from '../../core/screen-api.ts';
import { createdTokenSchema } from '../../core/token-api.ts';
import { sentItems } from '../../core/playlist-draft.ts';
import { publishingSchema } from '../../core/approval-api.ts';
import { finalPaths, finalViewSchema } from '../../core/final-api.ts';
import { heldViewSchema } from '../../core/hold-api.ts';
import { checkPaths, readinessSchema } from '../../core/publish-checks.ts';
import { errors } from '../../core/errors.ts';
import { scheduledSchema, schedulePaths } from '../../core/schedule-api.ts';
import { askedChangeSchema, campaignViewSchema, type AskedKind } from '../../core/settings-api.ts';
import { batchAnswerSchema } from '../../core/batch-api.ts';
import { channelSchema, channelsViewSchema } from '../../core/channel-api.ts';
import type { ChannelRule } from '../../core/channel-rules.ts';
import { confirmWords } from '../../core/order-api.ts';
import { envelopeSchema } from '../../core/signed.ts';
import { assignmentSchema, manifestSchema } from '../../core/manifest.ts';
import { mediaOfPlaylist, playlistSchema } from '../../core/playlist.ts';
import { sha256 } from '../keys/ed25519.ts';
import { manifestEnvelope } from '../manifests/manifest-store.ts';
import { addEntry } from '../media/library-store.ts';
import { sessionCookie } from '../people/caller.ts';
import { offerCodes, switchCodesOn } from '../people/second-factor-store.ts';
import { addSession } from '../people/session-store.ts';
import { stateFor } from '../players/state-notice.ts';
import { assignmentEnvelope } from '../screens/assignment-store.ts';
import { bindKey, findScreen } from '../screens/screen-store.ts';
import { confirmLinks, settingsOf } from '../testing/settings.ts';
import { newBox } from '../testing/test-player.ts';
import { signedInPerson, type TestPerson } from '../testing/test-people.ts';
import { playlistsCopy, signIn, staffOf, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
/** An administrator of the whole city with a second factor: nobody may do more. */
let one: TestPerson;
let screen: string;
const ends: (() => void)[] = [];

beforeAll(async () => {
  server = await startTestServer();
  const staff = await signIn(server);
  const screens = screenViewSchema.array().parse((await staff.call('GET', '/api/screens')).body);
  const profile = screens.find(({ channel }) => channel === 'street')?.profile;
  screen = screenViewSchema.parse((await staff.call('POST', '/api/screens', { name: 'Ngã tư Láng', channel: 'street', profile })).body).id;
  await bindKey(server.context.db, screen, newBox().publicKey, server.context.now());
  one = await signedInPerson(server, 'admin');
  await confirmLinks(server.context);
});
afterAll(async () => {
  await server.end();
  ends.splice(0).forEach((end) => end());
});

const opened = (text: string | undefined): unknown => JSON.parse(envelopeSchema.parse(JSON.parse(text ?? '')).payload);

/** What decides about the words and pictures on the screen: content and campaign, profile, figures, orders. Numbers of versions draw nothing. */
async function pixels(): Promise<object> {
  const { db, keys, now } = server.context;
  const found = await findScreen(db, screen);
  if (!found) throw new Error('the screen is gone');
  const state = await stateFor(db, keys, found, 0, now());
  const { layers, campaign, units } = manifestSchema.parse(opened(await manifestEnvelope(db, state.manifest ?? '')));
  const { profile, channel, trial } = assignmentSchema.parse(opened(await assignmentEnvelope(db, state.assignment)));
  return { layers, campaign, units, profile, channel, trial, snapshot: state.snapshot, orders: state.orders };
}

const view = async (id = 'street') => playlistViewSchema.parse((await one.call('GET', `/api/playlists/${id}`)).body);
async function edit(by: Staff = one): Promise<number> {
  const { items, revision } = await view();
  return playlistViewSchema.parse((await by.call('PUT', '/api/playlists/street', { revision, items: sentItems(items).reverse() })).body).revision;
}
async function askedFor(by: Staff = one) {
  const revision = await edit(by);
  const { approval } = publishingSchema.parse((await by.call('POST', '/api/playlists/street/approvals', { revision })).body);
  return { revision, id: approval?.id ?? '', digest: approval?.digest ?? '' };
}
/** An administrator whom another one invites, with the telephone in the same hand. */
async function make(by: Staff, login: string): Promise<Staff> {
  const { db, now } = server.context;
  const made = await by.call('POST', '/api/people', { name: login, role: 'admin', unit: null, login });
  const { id } = z.object({ person: z.object({ id: z.string() }) }).parse(made.body).person;
  await offerCodes(db, id);
  await switchCodesOn(db, id, now());
  const secret = randomUUID();
  await addSession(db, sha256(secret), id, now());
  return staffOf(server, `${sessionCookie}=${secret}`);
}
const code = ({ body }: { body: unknown }) => z.object({ error: z.object({ code: z.string() }) }).safeParse(body).data?.error.code;
const target = () => ({ screens: [screen] });
const alert = () => ({ target: target(), area: { vi: 'Phường Láng' }, drill: false, minutes: 30, confirm: confirmWords.live });
const flood = { template: 'flood', slots: { road: 'Láng', from: 'Cầu Giấy', to: 'Ngã Tư Sở' } };
const freeWords = { event: { vi: 'Tin' }, headline: { vi: 'Chữ tự viết.' }, priority: 'minor' };
/** Today in Hà Nội. */
const day = () => new Date(server.clock.now + 7 * 3_600_000).toISOString().slice(0, 10);
const solemn = (occasion: object) => one.call('POST', '/api/orders/solemn', { target: target(), occasion, from: day(), until: day(), reason: 'Thử' });

const basis = { number: '12/QĐ-UBND', date: '2024-11-01', office: 'UBND phường Láng' };
const own = async () => {
  const found = (await screens()).find(({ id }) => id === screen);
  if (!found) throw new Error('the screen is gone');
  return found;
};
async function factsOfScreen() {
  const { revision, name, place, unit, contact, tags, hours, profile } = await own();
  return { revision, name, place, unit, contact, tags, hours, profile };
}
async function campaign() {
  const { campaign: standing, revision } = campaignViewSchema.parse((await one.call('GET', '/api/campaign')).body);
  return { revision, settings: settingsOf(standing) };
}
const channels = async () => channelsViewSchema.parse((await one.call('GET', '/api/channels')).body);
/** Another channel with what the street shows already: content that two have approved. */
async function shown(): Promise<string> {
  const found = (await channels()).channels.find(({ name }) => name === 'Kênh khác');
  return found?.id ?? channelSchema.parse((await one.call('POST', '/api/channels', { name: 'Kênh khác', playlist: 'street' })).body).id;
}
async function ruled(rules: ChannelRule[]) {
  const { revision } = await channels();
  expect((await one.call('PUT', '/api/channel-rules', { revision, rules })).status).toBe(200);
  return channels();
}
const changes = async () => askedChangeSchema.array().parse((await one.call('GET', '/api/changes')).body);
/** Whoever asked for a change of settings tries to carry it out as well. */
async function carryOut(kind: AskedKind) {
  const change = (await changes()).find((each) => each.kind === kind);
  expect(change).toMatchObject({ may: { confirm: false } });
  return code(await one.call('POST', `/api/changes/${change?.id}/confirm`, { digest: change?.digest }));
}

/** Inputs that need a second person: tried by one, nothing on the screen changes, and the answer says why. The first needs a playlist that nobody has edited. */
const twoPeople: Readonly<Record<string, () => Promise<string | undefined>>> = {
  'a shipped playlist changed on the disk': async () => {
    const copy = playlistsCopy();
    ends.push(copy.end);
    const file = z.looseObject({ items: z.array(z.unknown()) }).parse(JSON.parse(await shippedStreet()));
    copy.write('street.json', { ...file, items: file.items.slice(1) });
    server = await server.again({ playlists: copy.folder });
    one = { ...one, ...staffOf(server, one.cookie) };
    const { revision, publishedRevision } = await view();
    expect(revision).toBe((publishedRevision ?? 0) + 1);
    return code(await one.call('POST', '/api/playlists/street/publish', { revision }));
  },
  'publishing an edit': async () => code(await one.call('POST', '/api/playlists/street/publish', { revision: await edit() })),
  'other words in a message': async () => {
    const { items, revision } = await view();
    const message = { id: 'moi', name: 'Mới', scene: 'message', props: { heading: { vi: 'Tải ngay' } }, seconds: 10, weight: 3, windows: [], enabled: true };
    const saved = await one.call('PUT', '/api/playlists/street', { revision, items: [message, ...sentItems(items).slice(1)] });
    expect(saved.status).toBe(200);
    return code(await one.call('POST', '/api/playlists/street/publish', { revision: revision + 1 }));
  },
  'publishing an edit to the screen first': async () => {
    const wish = { revision: await edit(), screens: [screen], minutes: 5, auto: true };
    return code(await one.call('POST', '/api/playlists/street/canary', wish));
  },
  'setting a time for the publish of an edit': async () => {
    const revision = await edit();
    return code(await one.call('POST', '/api/playlists/street/schedule', { revision, at: server.clock.now + 60_000 }));
  },
  'a set time, when the approval on which it rested is gone by then': async () => {
    const { revision, id, digest } = await askedFor();
    const second = await signedInPerson(server, 'approver');
    await second.call('POST', `/api/playlists/street/approvals/${id}/approve`, { digest });
    expect((await one.call('POST', '/api/playlists/street/schedule', { revision, at: server.clock.now + 60_000 })).status).toBe(200);
    await one.call('POST', `/api/playlists/street/approvals/${id}/withdraw`);
    server.clock.now += 61_000;
    await server.publishDue();
    const [failed] = scheduledSchema.array().parse((await one.call('GET', schedulePaths.list)).body);
    expect(failed).toMatchObject({ state: 'failed', own: true });
    expect((await one.call('DELETE', '/api/playlists/street/schedule')).status).toBe(200);
    return failed?.why[0]?.vi === errors['second-person-needed'].vi ? 'second-person-needed' : undefined;
  },
  'taking an old revision back': async () => {
    const { revision } = await view();
    expect((await one.call('POST', '/api/playlists/street/revisions/1/take-back', { revision })).status).toBe(200);
    return code(await one.call('POST', '/api/playlists/street/publish', { revision: revision + 1 }));
  },
  'publishing what was asked for': async () => {
    const { revision } = await askedFor();
    return code(await one.call('POST', '/api/playlists/street/publish', { revision }));
  },
  'approving one’s own': async () => {
    const { id, digest } = await askedFor();
    return code(await one.call('POST', `/api/playlists/street/approvals/${id}/approve`, { digest }));
  },
  'approving by accounts of one’s own making': async () => {
    const puppet = await make(one, 'hai.nguyen');
    const [next, other] = [await make(puppet, 'ba.nguyen'), await make(one, 'tu.nguyen')];
    const refused: (string | undefined)[] = [];
    for (const [first, second] of [
      [one, puppet],
      [one, next],
      [puppet, one],
      [puppet, other],
      [next, other],
    ] as const) {
      const { id, digest } = await askedFor(first);
      const { approval } = publishingSchema.parse((await second.call('GET', '/api/playlists/street/publishing')).body);
      expect(approval).toMatchObject({ id, may: { approve: false } });
      refused.push(code(await second.call('POST', `/api/playlists/street/approvals/${id}/approve`, { digest })));
    }
    expect(refused).toEqual(Array.from({ length: 5 }, () => 'approval-fresh'));
    return refused[0];
  },
  'editing after another approved': async () => {
    const { id, digest } = await askedFor();
    const second = await signedInPerson(server, 'approver');
    expect((await second.call('POST', `/api/playlists/street/approvals/${id}/approve`, { digest })).status).toBe(200);
    return code(await one.call('POST', '/api/playlists/street/publish', { revision: await edit() }));
  },
  'replacing a playlist from a file': async () => {
    const file = z.looseObject({ items: z.array(z.unknown()) }).parse(JSON.parse(await shippedStreet()));
    const saved = await one.call('PUT', '/api/playlists/street/file', { ...file, items: file.items.slice(1) });
    expect(saved.status).toBe(200);
    return code(await one.call('POST', '/api/playlists/street/publish', { revision: playlistViewSchema.parse(saved.body).revision }));
  },
  'another host in every code': async () => {
    const answers = [
      await one.call('PUT', '/api/scans/host', { host: 'q.ihanoi.gov.vn', checked: true }),
      await one.call('PUT', '/api/scans/host', { host: 'q.ihanoi.gov.vn', checked: true }),
    ];
    return answers.every(({ body }) => z.object({ waiting: z.literal(true) }).safeParse(body).success) ? 'waiting' : undefined;
  },
  'another profile of the screen, by which it would stand indoors': async () => {
    const { profile } = await own();
    const answer = await one.call('PUT', `/api/screens/${screen}`, { ...(await factsOfScreen()), profile: { ...profile, audience: 'indoor' }, basis });
    expect(changedScreenSchema.parse(answer.body)).toMatchObject({ waiting: true, screen: { profile: { audience: 'traffic' } } });
    return carryOut('screen');
  },
  'another profile of the screen, which loosens a rule without a document': async () => {
    const { profile } = await own();
    return code(await one.call('PUT', `/api/screens/${screen}`, { ...(await factsOfScreen()), profile: { ...profile, distanceM: { near: 1, far: 2 } } }));
  },
  'another channel for the screen': async () => {
    expect((await one.call('PUT', `/api/screens/${screen}/channel`, { channel: await shown() })).body).toMatchObject({ waiting: true });
    return carryOut('channel');
  },
  'letting rules decide that mean another channel': async () => {
    const { rules } = await ruled([{ of: 'tag', subject: 'Láng', channel: await shown() }]);
    expect(rules).toHaveLength(1);
    expect((await one.call('PUT', `/api/screens/${screen}`, { ...(await factsOfScreen()), tags: ['láng'] })).status).toBe(200);
    expect((await one.call('PUT', `/api/screens/${screen}/channel`, { channel: null })).body).toMatchObject({ waiting: true });
    return carryOut('channel');
  },
  'another tag of a screen that follows the rules': async () => {
    const { db } = server.context;
    await db.updateTable('screens').set({ chosen_channel: null, tags: '[]' }).where('id', '=', screen).execute();
    const changed = await one.call('PUT', `/api/screens/${screen}`, { ...(await factsOfScreen()), tags: ['láng'] });
    expect(changed.body).toMatchObject({ waiting: true, screen: { channel: 'street' } });
    return carryOut('channel');
  },
  'other rules for a screen that follows them': async () => {
    await server.context.db.updateTable('screens').set({ chosen_channel: null, tags: '["Cột 5"]' }).where('id', '=', screen).execute();
    const { revision, rules } = await channels();
    const answer = await one.call('PUT', '/api/channel-rules', { revision, rules: [...rules, { of: 'tag', subject: 'cột 5', channel: await shown() }] });
    expect(answer.body).toMatchObject({ waiting: true, moved: 0 });
    return carryOut('rules');
  },
  'a layer with another share of the screen’s air time': async () => {
    const { id, revision } = playlistViewSchema.parse((await one.call('POST', '/api/playlists', { name: 'Lớp', kind: 'led' })).body);
    expect(revision).toBe(0);
    const shares = [
      { playlist: 'street', share: 50, unit: null },
      { playlist: id, share: 50, unit: null },
    ];
    const began = [{ playlist: 'street', share: 100, unit: null }];
    const answer = await one.call('PUT', '/api/channels/street/layers', { began, layers: shares });
    expect(answer.body).toMatchObject({ waiting: true });
    return carryOut('layers');
  },
  'other words of the campaign': async () => {
    const { revision, settings } = await campaign();
    const answer = await one.call('PUT', '/api/campaign', { revision, settings: { ...settings, speaker: { vi: 'Tải ngay' } } });
    expect(answer.status).toBe(200);
    return carryOut('campaign');
  },
  'the next campaign, which whoever asked for it wants to begin': async () => {
    const { campaign: standing, revision } = campaignViewSchema.parse((await one.call('GET', '/api/campaign')).body);
    const { tree, measure, denominator } = standing;
    const settings = { ...settingsOf(standing), name: { vi: 'Tải ngay' } };
    const contest = { tree, measure: measure.name, denominator };
    expect((await one.call('POST', '/api/campaigns', { revision, settings, contest })).status).toBe(200);
    return carryOut('next-campaign');
  },
  'wider limits for figures without a document': async () => {
    const { revision, settings } = await campaign();
    return code(await one.call('PUT', '/api/campaign', { revision, settings: { ...settings, holds: { ...settings.holds, dayPercent: 100 } } }));
  },
  'a solemn occasion of one’s own': async () => {
    const { revision, settings } = await campaign();
    const occasions = [{ vi: 'Tải ứng dụng nhận quà' }];
    expect((await one.call('PUT', '/api/campaign', { revision, settings: { ...settings, occasions }, basis })).status).toBe(200);
    expect(await carryOut('campaign')).toBe('approval-own');
    return code(await solemn({ vi: 'Tải ứng dụng nhận quà' }));
  },
  'figures that are held, which whoever imported and confirmed them wants to release': async () => {
    const rows = [{ unit: 'Quận Ba Đình', count: 500, base: 100 }];
    const { id } = importPreviewSchema.parse((await one.call('POST', '/api/scoreboard/imports', { sample: false, rows })).body);
    expect((await one.call('POST', `/api/scoreboard/imports/${id}/confirm`, { reason: 'Đã đối chiếu.' })).status).toBe(202);
    const { digest } = heldViewSchema.parse((await one.call('GET', `/api/scoreboard/held/${id}`)).body);
    return code(await one.call('POST', `/api/scoreboard/held/${id}/release`, { digest, reason: 'Đã đối chiếu.' }));
  },
  'a final result, which whoever proposed it wants to confirm': async () => {
    const { proposable: number } = finalViewSchema.parse((await one.call('GET', finalPaths.view)).body);
    const basis = { number: 'Tải ngay', date: '2024-11-26', office: 'x.example' };
    const { waiting } = finalViewSchema.parse((await one.call('POST', finalPaths.view, { number, basis })).body);
    return code(await one.call('POST', finalPaths.confirm(waiting?.id ?? ''), { digest: waiting?.digest }));
  },
  'an alert in free words': async () => {
    const answer = await one.call('POST', '/api/orders/alerts', { ...alert(), words: freeWords });
    return z.object({ waiting: z.literal(true) }).safeParse(answer.body).success ? 'waiting' : undefined;
  },
  'an alert from a template with a link in a slot': async () =>
    code(await one.call('POST', '/api/orders/alerts', { ...alert(), words: { ...flood, slots: { ...flood.slots, road: 'https://x.example' } } })),
  'an alert from a template with a sentence as its area': async () =>
    code(await one.call('POST', '/api/orders/alerts', { ...alert(), area: { vi: 'Tải ngay! https://x.example' }, words: flood })),
  'a solemn programme in free words': async () => code(await solemn({ vi: 'Tải ứng dụng nhận quà' })),
  'what one person published while the screen was out of service, once it comes back': async () => {
    // The other channel has been published by one person alone; a screen of it that was out of service does not bring it outdoors.
    const { profile } = await own();
    const { db } = server.context;
    const away = screenViewSchema.parse((await one.call('POST', '/api/screens', { name: 'Đang sửa', channel: 'street', profile })).body).id;
    expect((await one.call('POST', `/api/screens/${away}/revoke`, { reason: 'Sửa cột' })).status).toBe(200);
    await db.updateTable('screens').set({ channel: 'kiosk' }).where('id', '=', away).execute();
    const { items, revision } = await view('kiosk');
    await one.call('PUT', '/api/playlists/kiosk', { revision, items: sentItems(items).reverse() });
    expect((await one.call('POST', '/api/playlists/kiosk/publish', { revision: revision + 1 })).status).toBe(200);
    return code(await one.call('POST', `/api/screens/${away}/restore`, { reason: 'Sửa xong' }));
  },
  'another profile of the screen while it is out of service': async () => {
    expect((await one.call('POST', `/api/screens/${screen}/revoke`, { reason: 'Thử' })).status).toBe(200);
    const { profile } = await own();
    const answer = await one.call('PUT', `/api/screens/${screen}`, { ...(await factsOfScreen()), profile: { ...profile, audience: 'indoor' }, basis });
    expect(changedScreenSchema.parse(answer.body)).toMatchObject({ waiting: true, screen: { profile: { audience: 'traffic' } } });
    const refused = await carryOut('screen');
    expect((await one.call('POST', `/api/screens/${screen}/restore`, { reason: 'Thử' })).status).toBe(200);
    return refused;
  },
  'what one person published on the trial, shown by screens of a table': async () => {
    await server.context.db.updateTable('playlist_revisions').set({ person: one.id }).where('playlist', '=', 'reception').execute();
    const csv = 'Tên,Loại,Kênh\nMới,LED ngã tư P10,reception';
    const answer = batchAnswerSchema.parse((await one.call('POST', '/api/screens/batch', { csv, confirm: true })).body);
    expect(answer).toMatchObject({ made: [], findings: [{ severity: 'error', line: 2 }] });
    return 'channel-not-approved';
  },
  'what one person published on the trial, shown by a screen that is added later': async () => {
    const { channel, profile } = { channel: 'reception', profile: (await screens()).find(({ id }) => id === screen)?.profile };
    const { items, revision } = await view(channel);
    await one.call('PUT', `/api/playlists/${channel}`, { revision, items: sentItems(items).reverse() });
    expect((await one.call('POST', `/api/playlists/${channel}/publish`, { revision: revision + 1 })).status).toBe(200);
    return code(await one.call('POST', '/api/screens', { name: 'Mới', channel, profile }));
  },
};
const refusals = new Set([
  ...['loosening-needs-basis', 'second-person-needed', 'approval-own', 'hold-own', 'final-own', 'approval-fresh', 'waiting', 'bad-request', 'occasion-free'],
  'channel-not-approved',
]);

/** What DOMAIN leaves to one person. */
const onePerson: Readonly<Record<string, () => Promise<number>>> = {
  'an alert from a template with filled slots': async () => (await one.call('POST', '/api/orders/alerts', { ...alert(), words: flood })).status,
  'a stop': async () => (await one.call('POST', '/api/orders/stops', { target: target(), reason: 'Thử' })).status,
  'a solemn programme with an agreed occasion': async () => (await solemn({ vi: 'Quốc tang', en: 'National mourning' })).status,
  'figures of known units, real ones': async () => {
    const rows = [{ unit: 'Quận Ba Đình', count: 5, base: 100 }];
    const preview = importPreviewSchema.parse((await one.call('POST', '/api/scoreboard/imports', { sample: false, rows })).body);
    return (await one.call('POST', `/api/scoreboard/imports/${preview.id}/confirm`, { leaveOutBadRows: true })).status;
  },
};

/** Routes that change something, but nothing of what a screen outdoors shows. */
const harmless: Readonly<Record<string, () => Promise<unknown>>> = {
  'PUT /api/screens/{id}': async () => {
    const facts = {
      name: 'Tải ngay',
      place: 'x.example',
      unit: null,
      contact: 'x',
      operator: 'Tải ngay',
      hours: [{ from: '06:00', until: '22:00' }],
      tags: ['Tải ngay'],
    };
    expect((await one.call('PUT', `/api/screens/${screen}`, { ...(await factsOfScreen()), ...facts })).status).toBe(200);
  },
  'DELETE /api/changes/{id}': async () => {
    const { revision, settings } = await campaign();
    await one.call('PUT', '/api/campaign', { revision, settings: { ...settings, speaker: { vi: 'Tải ngay' } } });
    const change = (await changes()).find(({ kind }) => kind === 'campaign');
    expect((await one.call('DELETE', `/api/changes/${change?.id}`)).status).toBe(200);
  },
  'POST /api/channels': shown,
  'POST /api/channels/copies': () => one.call('POST', '/api/channels/copies', { channels: ['street'], suffix: 'Đợt sau', days: 30 }),
  'DELETE /api/channels/{id}': async () => {
    expect(code(await one.call('DELETE', '/api/channels/street'))).toBe('channel-in-use');
    const { id } = channelSchema.parse((await one.call('POST', '/api/channels', { name: 'Bỏ', playlist: 'street' })).body);
    expect((await one.call('DELETE', `/api/channels/${id}`)).status).toBe(204);
  },
  'POST /api/screens/labels': () => one.call('POST', '/api/screens/labels', { screens: [screen] }),
  'POST /api/screens/{id}/enrolment': () => one.call('POST', `/api/screens/${screen}/enrolment`, {}),
  'POST /api/screens/{id}/pin': () => one.call('POST', `/api/screens/${screen}/pin`),
  'POST /api/screens/{id}/capture': () => one.call('POST', `/api/screens/${screen}/capture`),
  'POST /api/screens/{id}/commands': () => one.call('POST', `/api/screens/${screen}/commands`, { id: randomUUID(), kind: 'reload' }),
  'POST /api/screens/pair': () => one.call('POST', '/api/screens/pair', { code: 'ABCDEF', screen }),
  'POST /api/placements': () => one.call('POST', '/api/placements', { kind: 'poster', name: 'Áp phích', unit: null }),
  'PUT /api/reports/template': () => one.call('PUT', '/api/reports/template', {}),
  'DELETE /api/reports/template': () => one.call('DELETE', '/api/reports/template'),
  'PUT /api/reports/letterhead': () => one.call('PUT', '/api/reports/letterhead', { office: 'Ủy ban nhân dân phường' }),
  'POST /api/playlists': () => one.call('POST', '/api/playlists', { name: 'Bản sao', kind: 'led', copyOf: 'street' }),
  'DELETE /api/playlists/{id}': async () => {
    expect(code(await one.call('DELETE', '/api/playlists/street'))).toBe('playlist-played');
    const copy = playlistViewSchema.parse((await one.call('POST', '/api/playlists', { name: 'Bản sao khác', kind: 'led', copyOf: 'street' })).body);
    expect((await one.call('DELETE', `/api/playlists/${copy.id}`)).status).toBe(204);
  },
  'POST /api/people': () => one.call('POST', '/api/people', { name: 'Lan', role: 'approver', unit: null, login: 'lan.nguyen' }),
  'POST /api/basis-files': () => one.call('POST', '/api/basis-files', {}),
  // What is in the library is on no screen until a playlist names it: then it is an edit like any other.
  'POST /api/media/uploads': () => one.call('POST', '/api/media/uploads', { name: 'Ảnh', bytes: 1, modifiedAt: 0 }),
  // Its last day is an end of windows that are published: it holds from the next publish, which two people have seen with that day.
  'PUT /api/media/{sha256}': async () => {
    const path = `/api/media/${await inUse()}`;
    for (const expiresOn of ['2020-01-01', null]) expect((await one.call('PUT', path, { name: 'Tải ngay', alt: { vi: 'x' }, expiresOn })).status).toBe(200);
  },
  'PUT /api/playlists/{id}/claims/{sha256}': async () => {
    const { items, revision } = await view();
    const claim = { id: 'con-so', name: 'Con số', scene: 'message', props: { heading: { vi: 'Hơn 1.633.840 tài khoản' } }, seconds: 10, windows: [] };
    await one.call('PUT', '/api/playlists/street', { revision, items: [...sentItems(items), claim] });
    const { claims } = readinessSchema.parse((await one.call('GET', checkPaths.checks('street'))).body);
    expect((await one.call('PUT', checkPaths.claim('street', claims[0]?.sha256 ?? ''), { basis })).status).toBe(200);
  },
  'DELETE /api/media/{sha256}': async () => {
    expect(code(await one.call('DELETE', `/api/media/${await inUse()}`))).toBe('media-in-use');
  },
  'POST /api/tokens': async () => {
    const made = await one.call('POST', '/api/tokens', { name: 'Kho', scopes: ['scoreboard', 'screens'], unit: null });
    const { token } = createdTokenSchema.parse(made.body);
    const revision = await edit();
    const headers = { authorization: `Bearer ${token}` };
    for (const url of ['/api/playlists/street/publish', '/api/playlists/street/approvals', '/api/orders/alerts'])
      expect((await server.app.inject({ method: 'POST', url, headers, payload: { revision } })).statusCode).toBe(403);
  },
};
/** Named here so that a new route has to be thought about: each is tried above by what it does, or touches accounts, figures on file and papers only. */
const triedAbove = new Set([
  ...['PUT /api/playlists/{id}', 'PUT /api/playlists/{id}/file', 'POST /api/playlists/{id}/publish', 'POST /api/playlists/{id}/approvals'],
  ...['POST /api/screens/batch', 'PUT /api/screens/{id}/channel', 'PUT /api/channel-rules', 'PUT /api/channels/{id}/layers'],
  ...['POST /api/playlists/{id}/canary', 'POST /api/playlists/{id}/schedule', 'POST /api/playlists/{id}/revisions/{revision}/take-back'],
  ...['POST /api/playlists/{id}/approvals/{approval}/approve', 'PUT /api/scans/host', 'POST /api/screens'],
  ...['PUT /api/campaign', 'POST /api/campaigns', 'POST /api/changes/{id}/confirm', 'POST /api/screens/{id}/revoke', 'POST /api/screens/{id}/restore'],
  ...[
    'POST /api/orders/alerts',
    'POST /api/orders/stops',
    'POST /api/orders/solemn',
    'POST /api/scoreboard/imports',
    'POST /api/scoreboard/imports/{id}/confirm',
    'POST /api/scoreboard/held/{id}/release',
    'POST /api/scoreboard/final',
    'POST /api/scoreboard/final/{id}/confirm',
  ],
]);
const elsewhere = new Set([
  'DELETE /api/playlists/{id}/schedule',
  // Both are about what two people approved before a few screens had it: `canary.test.ts`. Going on is a publish, and refused like one.
  ...['POST /api/playlists/{id}/canary/go-on', 'POST /api/playlists/{id}/canary/stop'],
  // Take something away or back; who may lift and confirm is tried in the tests of orders.
  ...['POST /api/playlists/{id}/approvals/{approval}/reject', 'POST /api/playlists/{id}/approvals/{approval}/withdraw'],
  ...['POST /api/orders/reach', 'POST /api/orders/{number}/end', 'POST /api/orders/requests/{id}/confirm', 'DELETE /api/orders/requests/{id}'],
  // Takes figures back or puts the ones before in their place: numbers of known units, as with an import. The public reason is not in a snapshot.
  ...['POST /api/scoreboard/snapshots/{number}/withdraw', 'POST /api/scoreboard/imports/{id}/undo'],
  // Nothing is published: the second person's no, the sender's own, what a preview would be.
  ...['POST /api/scoreboard/held/{id}/refuse', 'POST /api/scoreboard/held/{id}/withdraw', 'POST /api/scoreboard/imports/{id}/choices'],
  // Fetched figures are an import in the name of whoever set the source, from hosts that the operator allows: numbers of known units.
  ...['PUT /api/scoreboard/source', 'DELETE /api/scoreboard/source', 'POST /api/scoreboard/source/pull'],
  // Numbers beside known units, in the figures that are published next: as with a file that has a column of targets.
  ...['PUT /api/scoreboard/targets', 'POST /api/scoreboard/targets/read'],
  // Words and files for the office: what is wrong is corrected by an import.
  ...['POST /api/scoreboard/objection-files', 'POST /api/scoreboard/objections'],
  ...['POST /api/scoreboard/objections/{id}/answer', 'POST /api/scoreboard/objections/{id}/withdraw'],
  ...['POST /api/scoreboard/final/{id}/refuse', 'POST /api/scoreboard/final/{id}/withdraw'],
  // Words of a CAP message wait for a second person like all free words: `server/orders/cap/cap-routes.test.ts`.
  ...['POST /api/orders/cap/try', 'POST /api/orders/cap'],
  // Signs what has been published with its approval, or an alert that somebody else wrote; where the root document asks for it, nothing comes onto a screen before:
  // `tests/captured-server.test.ts`, `server/orders/signed-alerts.test.ts`.
  ...['POST /api/signatures/{sha256}/offer', 'POST /api/signatures/{sha256}'],
  // Bytes on their way into the library.
  ...['PUT /api/media/uploads/{id}', 'POST /api/media/uploads/{id}/finish', 'DELETE /api/media/uploads/{id}'],
  // Accounts, sessions, papers, tokens.
  ...['DELETE /api/session', 'DELETE /api/placements/{owner}', 'DELETE /api/tokens/{id}'],
]);
/** A picture that is on the screen, as an entry of the library. */
async function inUse(): Promise<string> {
  const { db, now } = server.context;
  const { layers } = z.looseObject({ layers: z.array(z.looseObject({ playlist: playlistSchema })) }).parse(await pixels());
  const [sha256 = ''] = layers.flatMap(({ playlist }) => mediaOfPlaylist(playlist));
  const facts = { kind: 'picture', width: 1, height: 1, seconds: null, poster: null, thumbnail: sha256, name: 'Ảnh', unit: null } as const;
  await addEntry(db, { ...facts, sha256, source: sha256, person: one.id, author: one.name, createdAt: now() });
  return sha256;
}
const ofAccounts = /^\w+ \/api\/(?:account|people)\b/;

const screens = async () => screenViewSchema.array().parse((await one.call('GET', '/api/screens')).body);
const shippedStreet = async () => (await import('node:fs/promises')).readFile(new URL('../../playlists/street.json', import.meta.url), 'utf8');

describe('one person alone', () => {
  it.each(Object.keys(twoPeople))('changes nothing outdoors by %s', async (input) => {
    const before = await pixels();
    const refused = await twoPeople[input]?.();
    expect(refusals).toContain(refused);
    expect(await pixels()).toEqual(before);
  });

  it.each(Object.keys(onePerson))('may change it by %s', async (input) => {
    const before = await pixels();
    expect([200, 201]).toContain(await onePerson[input]?.());
    expect(await pixels()).not.toEqual(before);
  });

  it.each(Object.keys(harmless))('changes nothing outdoors by %s', async (input) => {
    const before = await pixels();
    await harmless[input]?.();
    expect(await pixels()).toEqual(before);
  });

  it('has no other input: every route of the document that changes something is named here', async () => {
    const document = z
      .looseObject({ paths: z.record(z.string(), z.record(z.string(), z.looseObject({ 'x-access': z.unknown() }))) })
      .parse((await server.app.inject('/api/docs/json')).json());
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, route]) =>
        method === 'get' || typeof route['x-access'] === 'string' ? [] : [`${method.toUpperCase()} ${path}`],
      ),
    );
    const known = (route: string) => route in harmless || triedAbove.has(route) || elsewhere.has(route) || ofAccounts.test(route);
    expect(routes.filter((route) => !known(route))).toEqual([]);
    for (const route of [...triedAbove, ...elsewhere, ...Object.keys(harmless)]) expect(routes).toContain(route);
  });
});

it('the trial’s screens outdoors need two people too, once the first real screen has a box', async () => {
  await server.context.db.updateTable('screens').set({ state: 'revoked' }).where('id', '=', screen).execute();
  expect(code(await one.call('POST', '/api/playlists/street/publish', { revision: await edit() }))).toBe('second-person-needed');
});

it('a second administrator carries the host of the codes out', async () => {
  await one.call('PUT', '/api/scans/host', { host: 'q.ihanoi.gov.vn', checked: true });
  const second = await signedInPerson(server, 'admin');
  const other = await second.call('PUT', '/api/scans/host', { host: 'p.ihanoi.gov.vn', checked: true });
  expect(other.body, 'another wish begins anew').toMatchObject({ waiting: true });
  const done = await one.call('PUT', '/api/scans/host', { host: 'p.ihanoi.gov.vn', checked: true });
  expect(done.body).toEqual({ host: 'p.ihanoi.gov.vn', waiting: false });
  expect(await pixels()).toMatchObject({ campaign: { scanHost: 'p.ihanoi.gov.vn' } });
});

it('an account that another made counts as a second person after seven days', async () => {
  const made = await make(one, 'nam.nguyen');
  server.clock.now += 7 * 24 * 60 * 60_000 + 1;
  // Somebody is signed in all the while.
  await server.context.db
    .updateTable('sessions')
    .set({ expires_at: server.clock.now + 60_000, seen_at: server.clock.now })
    .execute();
  const later = await signedInPerson(server, 'admin');
  const { id, digest } = await askedFor(later);
  await server.context.db
    .updateTable('sessions')
    .set({ expires_at: server.clock.now + 60_000, seen_at: server.clock.now })
    .execute();
  expect((await made.call('POST', `/api/playlists/street/approvals/${id}/approve`, { digest })).status).toBe(200);
});
