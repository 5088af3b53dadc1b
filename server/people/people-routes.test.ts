// People: invited, given a role and a unit, changed, closed with a hand-over.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { playlistViewSchema } from '../../core/playlist-api.ts';
import { createdTokenSchema, tokenViewSchema } from '../../core/token-api.ts';
import { sentItems } from '../../core/playlist-draft.ts';
import { invitedSchema, peoplePaths, personLinkSchema, personViewSchema } from '../../core/people-api.ts';
import { bindKey, addScreen } from '../screens/screen-store.ts';
import { newBox } from '../testing/test-player.ts';
import { signedInPerson } from '../testing/test-people.ts';
import { signIn, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';

const ward = 'c00004';
let server: TestServer;
let admin: Staff;
beforeEach(async () => {
  server = await startTestServer();
  admin = await signIn(server);
});
afterEach(() => server.end());

const lan = { name: 'Nguyễn Thị Lan', login: 'lan.nguyen', role: 'editor', unit: ward };
const code = ({ body }: { body: unknown }) => (body as { error?: { code?: string } } | undefined)?.error?.code;
const invite = async (over: object = {}) => invitedSchema.parse((await admin.call('POST', peoplePaths.people, { ...lan, ...over })).body);
const people = async () => personViewSchema.array().parse((await admin.call('GET', peoplePaths.people)).body);

describe('an invitation', () => {
  it('is a link that signs its person in once, with the role and unit that were given', async () => {
    const { person, link } = await invite();
    expect(person).toMatchObject({ ...lan, state: 'invited', unitName: expect.any(String), secondFactor: false });
    const her = await signIn({ ...server, signInLink: link });
    expect((await her.call('GET', '/api/session')).body).toMatchObject({ login: lan.login, role: 'editor', unit: ward, hasPassword: false });
    await expect(signIn({ ...server, signInLink: link })).rejects.toThrow('sign-in-link-used');
    expect((await people()).find(({ id }) => id === person.id)).toMatchObject({ state: 'active', sessions: 1 });
    // The administrator's link of the start is for the administrator only.
    expect(server.signInLink).not.toBe(link);
  });

  it('ends after three days, and by the next one', async () => {
    const { person, link } = await invite();
    const next = personLinkSchema.parse((await admin.call('POST', peoplePaths.link(person.id))).body);
    await expect(signIn({ ...server, signInLink: link })).rejects.toThrow('sign-in-link-used');
    server.clock.now += 3 * 86_400_000 + 1;
    await expect(signIn({ ...server, signInLink: next.link })).rejects.toThrow('sign-in-link-used');
  });

  it('is refused for a name that is taken, also by a closed account, and for a unit that is not there', async () => {
    const { person } = await invite();
    await admin.call('POST', peoplePaths.close(person.id), { heir: null });
    expect(code(await admin.call('POST', peoplePaths.people, { ...lan, login: ' LAN.Nguyen ' }))).toBe('login-taken');
    expect(code(await admin.call('POST', peoplePaths.people, { ...lan, login: 'khac', unit: 'x' }))).toBe('unit-unknown');
    expect((await admin.call('POST', peoplePaths.people, { ...lan, login: 'có dấu' })).status).toBe(400);
  });
});

describe('a change of role or unit', () => {
  it('ends the sessions of its person, so that the next one has the new rights', async () => {
    const { person, link } = await invite();
    const her = await signIn({ ...server, signInLink: link });
    expect((await admin.call('PUT', peoplePaths.person(person.id), { name: 'Lan', role: 'editor', unit: ward })).status).toBe(200);
    expect((await her.call('GET', '/api/session')).status).toBe(200);
    const changed = await admin.call('PUT', peoplePaths.person(person.id), { name: 'Lan', role: 'viewer', unit: ward });
    expect(changed.body).toMatchObject({ role: 'viewer', sessions: 0 });
    expect((await her.call('GET', '/api/session')).status).toBe(401);
  });

  it('is never made to oneself, and never takes the last administrator of the city', async () => {
    const { db } = server.context;
    const self = (await people())[0];
    const facts = { name: 'Tôi', role: 'viewer', unit: null };
    expect(code(await admin.call('PUT', peoplePaths.person(self?.id ?? ''), facts))).toBe('not-oneself');
    expect(code(await admin.call('POST', peoplePaths.close(self?.id ?? ''), { heir: null }))).toBe('not-oneself');
    const second = await signedInPerson(server, 'admin');
    await db.updateTable('people').set({ unit: ward }).where('id', '=', second.id).execute();
    const local = await signedInPerson(server, 'admin', { unit: ward });
    expect(code(await local.call('PUT', peoplePaths.person(self?.id ?? ''), facts))).toBe('outside-own-unit');
    await db.updateTable('people').set({ unit: null }).where('id', '=', second.id).execute();
    expect((await second.call('PUT', peoplePaths.person(self?.id ?? ''), facts)).status).toBe(200);
    const third = await signedInPerson(server, 'admin');
    expect((await third.call('POST', peoplePaths.close(second.id), { heir: null })).status).toBe(200);
    expect((await people().catch(() => [])).length).toBe(0);
  });

  it('cannot lift anybody above the unit of whoever makes it', async () => {
    const local = await signedInPerson(server, 'admin', { unit: ward });
    for (const unit of [null, 'c00008']) expect(code(await local.call('POST', peoplePaths.people, { ...lan, unit }))).toBe('outside-own-unit');
    const made = invitedSchema.parse((await local.call('POST', peoplePaths.people, lan)).body);
    expect(code(await local.call('PUT', peoplePaths.person(made.person.id), { name: 'Lan', role: 'admin', unit: null }))).toBe('outside-own-unit');
    const seen = personViewSchema.array().parse((await local.call('GET', peoplePaths.people)).body);
    expect(new Set(seen.map(({ unit }) => unit))).toEqual(new Set([ward]));
  });
});

describe('an account that is closed', () => {
  it('hands drafts and tokens over, signs nobody in any more, and stays in the books', async () => {
    const leaving = await signedInPerson(server, 'admin');
    const heir = await signedInPerson(server, 'editor');
    const { items, revision } = playlistViewSchema.parse((await leaving.call('GET', '/api/playlists/reception')).body);
    const order = sentItems(items).reverse();
    expect((await leaving.call('PUT', '/api/playlists/reception', { revision, items: order })).status).toBe(200);
    const { id: token } = createdTokenSchema.parse((await leaving.call('POST', '/api/tokens', { name: 'Kho', scopes: ['scoreboard'] })).body);

    const kiosk = playlistViewSchema.parse((await leaving.call('GET', '/api/playlists/kiosk')).body);
    const at = server.clock.now + 3_600_000;
    expect((await leaving.call('POST', '/api/playlists/kiosk/schedule', { revision: kiosk.revision, at })).status).toBe(200);

    const without = await admin.call('POST', peoplePaths.close(leaving.id), { heir: null });
    expect(without.body).toMatchObject({ error: { code: 'heir-needed', details: { playlists: ['reception'], schedules: ['kiosk'], tokens: ['Kho'] } } });
    expect((await leaving.call('GET', '/api/session')).status).toBe(200);
    const closed = personViewSchema.parse((await admin.call('POST', peoplePaths.close(leaving.id), { heir: heir.id })).body);
    expect(closed).toMatchObject({ state: 'closed', heir: heir.name, sessions: 0 });
    expect((await leaving.call('GET', '/api/session')).status).toBe(401);
    expect(code(await admin.call('POST', peoplePaths.link(leaving.id)))).toBe('account-closed');

    const { db } = server.context;
    expect(await db.selectFrom('playlists').select('keeper').where('id', '=', 'reception').executeTakeFirst()).toEqual({ keeper: heir.id });
    expect(await db.selectFrom('scheduled_publishes').select('person').executeTakeFirst()).toEqual({ person: heir.id });
    expect(await db.selectFrom('api_tokens').select('person').where('id', '=', token).executeTakeFirst()).toEqual({ person: heir.id });
    expect(tokenViewSchema.array().parse((await admin.call('GET', '/api/tokens')).body)).toHaveLength(1);
    const log = await db.selectFrom('audit').select(['what', 'subject', 'before', 'after']).where('what', '=', 'person.close').execute();
    expect(log).toEqual([
      { what: 'person.close', subject: leaving.id, before: expect.stringContaining('reception'), after: JSON.stringify({ heir: heir.id }) },
    ]);
  });
});

it('takes a lost telephone’s second factor away by another administrator, and says in the audit log who did', async () => {
  const other = await signedInPerson(server, 'approver');
  expect((await admin.call('DELETE', peoplePaths.personSecondFactor(other.id))).status).toBe(204);
  expect((await other.call('GET', '/api/session')).status).toBe(401);
  expect(code(await admin.call('DELETE', peoplePaths.personSecondFactor(other.id)))).toBe('second-factor-state');
  const log = await server.context.db.selectFrom('audit').select('who').where('what', '=', 'person.second-factor.off').execute();
  expect(log).toEqual([{ who: 'Quản trị viên' }]);
});

it('asks approvers and administrators for a second factor from the first real screen on', async () => {
  const { db, now } = server.context;
  const state = async () => ((await admin.call('GET', '/api/session')).body as { secondFactor: string }).secondFactor;
  expect([await state(), (await admin.call('GET', peoplePaths.people)).status]).toEqual(['later', 200]);
  const [trial] = await db.selectFrom('screens').select('profile').execute();
  const { id } = await addScreen(db, { name: 'Thật', place: '', channel: 'street', profile: JSON.parse(trial?.profile ?? '{}') as never, trial: false }, now());
  expect(await state()).toBe('later');
  await bindKey(db, id, newBox().publicKey, now());
  expect([await state(), code(await admin.call('GET', peoplePaths.people))]).toEqual(['needed', 'second-factor-needed']);
  // Whoever is held back can still edit and stop a screen.
  expect((await admin.call('POST', '/api/orders/stops', { target: { screens: [id] }, reason: 'Hỏng' })).status).toBe(201);
});
