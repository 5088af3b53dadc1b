// Every route of the API's document, tried by everybody: nobody, each role, each role of a foreign unit, without second factor, and tokens.
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { roles, type Role } from '../core/roles.ts';
import { tokenScopes, type TokenScope } from '../core/token-api.ts';
import { confirmWords } from '../core/order-api.ts';
import { refusalOf, reaches, type StaffAccess } from './access.ts';
import { sha256 } from './keys/ed25519.ts';
import { newSecret } from './keys/secret.ts';
import { addEntry } from './media/library-store.ts';
import { putMedia } from './media/media-store.ts';
import { addPerson } from './people/person-store.ts';
import { addSession } from './people/session-store.ts';
import { sessionCookie } from './people/caller.ts';
import { keepObjectionFile } from './scoreboard/objection-files.ts';
import { addObjection } from './scoreboard/objection-store.ts';
import { addPaper } from './scans/placement-store.ts';
import { bindKey, findScreen, listScreens } from './screens/screen-store.ts';
import { addAsked } from './settings/asked-store.ts';
import { newBox } from './testing/test-player.ts';
import { signedInPerson } from './testing/test-people.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';
import { addToken } from './tokens/token-store.ts';

const staffAccess = z.strictObject({ role: z.literal(roles), scope: z.literal(tokenScopes).optional(), within: z.literal(reaches).optional() });
const accessSchema = z.literal(['public', 'player']).or(staffAccess);
const documentSchema = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), z.looseObject({ 'x-access': accessSchema }))) });

interface Route {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly access: z.infer<typeof accessSchema>;
}
type Headers = Record<string, string>;

const home = 'c00004';
const foreign = 'c00008';

let server: TestServer;
let routes: Route[];
let addresses = 0;
/** Ids that stand in paths: of a real screen, a person, a token, a code on paper, a change that waits, an objection, all at home. */
const at = { screen: '', person: '', token: '', order: '', paper: '', change: '', objection: randomUUID() };
/** A picture of the library, at home. */
const picture = 'b'.repeat(64);

/** Each call from an address of its own, since one address may not ask so often. */
async function ask({ method, path }: Route, headers: Headers, body?: object): Promise<string> {
  addresses += 1;
  const url = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => idFor(path, name));
  const answer = await server.app.inject({
    ...{ method, url, remoteAddress: `10.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}` },
    headers: { host: new URL(server.url).host, origin: server.url, ...headers },
    ...(body === undefined ? {} : { payload: body }),
  });
  const parsed = z.object({ error: z.object({ code: z.string() }) }).safeParse(answer.headers['content-type']?.includes('json') ? answer.json() : undefined);
  return parsed.data?.error.code ?? String(answer.statusCode);
}

function idFor(path: string, name: string): string {
  if (path.startsWith('/api/screens/')) return at.screen;
  if (path.startsWith('/api/people/')) return at.person;
  if (path.startsWith('/api/tokens/')) return at.token;
  if (path.startsWith('/api/placements/')) return at.paper;
  if (path.startsWith('/api/scoreboard/objections/')) return at.objection;
  if (path.startsWith('/api/playlists/') && name !== 'sha256') return name === 'approval' ? randomUUID() : name === 'revision' ? '1' : 'street';
  if (path.startsWith('/api/changes/')) return at.change;
  if (path.startsWith('/api/media/') && name === 'sha256') return picture;
  if (name === 'number') return at.order;
  return name === 'sha256' ? '0'.repeat(64) : randomUUID();
}

/** A session of its own for every call: one of the routes signs out. */
async function asPerson(role: Role, unit: string | null, secondFactor = true): Promise<Headers> {
  return { cookie: (await signedInPerson(server, role, { unit, secondFactor })).cookie };
}

async function asToken(scope: TokenScope, unit: string | null = null): Promise<Headers> {
  const { db, now } = server.context;
  const secret = newSecret('ihanoi_');
  const person = (await addPerson(db, 'Kho', 'admin', now())).id;
  const createdAt = now();
  const { id } = await addToken(db, { secretHash: secret.hash, name: 'Kho', scopes: [scope], unit, person, createdAt, expiresAt: createdAt + 86_400_000 });
  at.token ||= id;
  return { authorization: `Bearer ${secret.text}` };
}

/** One of the routes deletes it. */
async function addPicture(): Promise<void> {
  const { db, now } = server.context;
  await putMedia(db, { sha256: picture, type: 'image/png', bytes: 1 }, now());
  const facts = { kind: 'picture', width: 1, height: 1, seconds: null, poster: null, thumbnail: picture, name: 'Ảnh' } as const;
  await addEntry(db, { ...facts, sha256: picture, source: picture, person: at.person, author: 'Lan', unit: home, createdAt: now() });
}

/** One of the routes settles it. */
async function addChange(): Promise<void> {
  const { db, now } = server.context;
  await db.deleteFrom('asked_changes').execute();
  const standing = JSON.stringify((await findScreen(db, at.screen))?.profile);
  const facts = { kind: 'screen', subject: at.screen, before: standing, after: standing, loosens: false, basis: null } as const;
  at.change = await addAsked(db, { ...facts, asker: at.person, askerName: 'Lan', askedAt: now() });
}

const staffRoutes = () => routes.flatMap((route) => (typeof route.access === 'string' ? [] : [{ ...route, access: route.access as StaffAccess }]));

beforeAll(async () => {
  server = await startTestServer();
  const { db, now } = server.context;
  const document = documentSchema.parse((await server.app.inject('/api/docs/json')).json());
  routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { 'x-access': access }]) => ({
      ...{ name: `${method.toUpperCase()} ${path}`, method: method.toUpperCase() as Route['method'], path, access },
    })),
  );
  // A real screen with a box, at home: second factor and second person are asked for from here on.
  const [screen] = await listScreens(db);
  at.screen = screen?.id ?? '';
  await db.updateTable('screens').set({ unit: home, trial: 0 }).execute();
  for (const each of await listScreens(db)) await bindKey(db, each.id, newBox().publicKey, now());
  at.person = (await addPerson(db, 'Người trong phường', 'editor', now(), { unit: home })).id;
  const poster = { campaign: 'any', kind: 'poster', name: 'Áp phích', place: '', unit: home } as const;
  at.paper = String((await addPaper(db, poster, 'Lan', now())).owner);
  await addPicture();
  await addChange();
  const file = await keepObjectionFile(db, { type: 'application/pdf', bytes: new Uint8Array(1) }, at.person, now());
  await addObjection(db, {
    ...{ id: at.objection, campaign: 'any', tree: 'any', snapshot: 2, unit: home, words: 'Sai số.', person: at.person },
    ...{ file: { sha256: file, name: 'so.pdf' }, raised: { by: 'Lan', at: now() } },
  });
  await asToken('scoreboard', home);
  const stop = await (
    await signedInPerson(server, 'editor', { unit: home })
  ).call('POST', '/api/orders/stops', {
    ...{ target: { screens: [at.screen] }, reason: 'Thử' },
  });
  at.order = String(z.object({ number: z.int() }).parse(stop.body).number);
});
afterAll(() => server.end());

describe('every route of the document', () => {
  it('says who may call it and, where it changes something, within which units', () => {
    expect(routes.length).toBeGreaterThan(60);
    for (const { name, method, access } of staffRoutes()) if (method !== 'GET') expect([name, access.within]).toEqual([name, expect.any(String)]);
  });

  it('answers nobody without a session, and nobody with the cookie or token of a stranger', async () => {
    for (const route of staffRoutes()) {
      expect([route.name, await ask(route, {})]).toEqual([route.name, 'not-signed-in']);
      const stranger = { cookie: `${sessionCookie}=${randomBytes(16).toString('base64url')}`, authorization: 'Bearer ihanoi_nonsense' };
      expect([route.name, await ask(route, stranger)]).toEqual([route.name, 'not-signed-in']);
    }
  });

  it.each(roles)('lets through a signed-in %s exactly where it says so', async (role) => {
    for (const route of staffRoutes()) {
      const expected = refusalOf(route.access, { kind: 'person', id: '', name: '', role });
      const code = await ask(route, await asPerson(role, null));
      if (expected) expect([route.name, code]).toEqual([route.name, expected]);
      else expect([route.name, code]).not.toEqual([route.name, expect.stringMatching(/^(?:not-signed-in|not-allowed|second-factor-needed|5\d\d|internal)$/)]);
    }
  });

  it.each(['approver', 'admin'] as const)('holds back an %s without a second factor from approving and administering', async (role) => {
    for (const route of staffRoutes()) {
      const expected = refusalOf(route.access, { kind: 'person', id: '', name: '', role: 'editor', heldBack: role });
      if (expected === undefined) continue;
      expect([route.name, await ask(route, await asPerson(role, null, false))]).toEqual([route.name, expected]);
    }
    expect(staffRoutes().some(({ access }) => access.role === 'approver')).toBe(true);
  });

  it.each(tokenScopes)('lets a token of scope %s through where that scope is named, and nowhere else', async (scope) => {
    const headers = await asToken(scope);
    for (const route of staffRoutes()) {
      const code = await ask(route, headers);
      if (route.access.scope === scope) expect([route.name, code]).not.toEqual([route.name, expect.stringMatching(/^(?:not-signed-in|not-allowed)$/)]);
      else expect([route.name, code]).toEqual([route.name, 'not-allowed']);
    }
  });

  /** What a request has to say so that it would touch something at home. A route that is not named here fails the test below. */
  const touching = async (name: string): Promise<object | undefined> => {
    const { db } = server.context;
    const screen = await findScreen(db, at.screen);
    const facts = { revision: screen?.revision, name: 'Mới', place: '', unit: home, contact: '', operator: '', hours: [], tags: [], profile: screen?.profile };
    const alert = { target: { screens: [at.screen] }, area: { vi: 'Phường' }, drill: false, minutes: 30, confirm: confirmWords.live };
    const words = { template: 'flood', slots: { road: 'Láng', from: 'Cầu Giấy', to: 'Ngã Tư Sở' } };
    const playlist = await db.selectFrom('playlists').select('revision').where('id', '=', 'street').executeTakeFirstOrThrow();
    const day = new Date(server.clock.now).toISOString().slice(0, 10);
    const person = { name: 'Lan', role: 'viewer', unit: home };
    const [sent, expires] = [0, 3_600_000].map((ms) => new Date(server.clock.now + ms).toISOString());
    const cap = `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${randomUUID()}</identifier><sender>a@b.vn</sender><sent>${sent}</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info><language>vi</language><event>Bão</event><severity>Severe</severity><expires>${expires}</expires><headline>Ở trong nhà.</headline><area><areaDesc>Hà Nội</areaDesc></area></info></alert>`;
    const bodies: Record<string, object | undefined> = {
      'POST /api/screens/pair': { code: 'ABCDEF', screen: at.screen },
      'PUT /api/screens/{id}': facts,
      'POST /api/screens/labels': { screens: [at.screen] },
      'PUT /api/screens/{id}/channel': { channel: 'reception' },
      'POST /api/changes/{id}/confirm': { digest: '0'.repeat(64) },
      'DELETE /api/changes/{id}': undefined,
      'POST /api/screens/{id}/revoke': { reason: 'Thử' },
      'POST /api/screens/{id}/restore': { reason: 'Thử' },
      'POST /api/screens/{id}/enrolment': undefined,
      'GET /api/screens/{id}/pin': undefined,
      'POST /api/screens/{id}/pin': undefined,
      'POST /api/screens/{id}/commands': { id: randomUUID(), kind: 'reload' },
      'GET /api/screens/{id}/logs': undefined,
      'POST /api/orders/reach': { target: { screens: [at.screen] } },
      'POST /api/orders/stops': { target: { screens: [at.screen] }, reason: 'Thử' },
      'POST /api/orders/solemn': { target: { screens: [at.screen] }, occasion: { vi: 'Quốc tang' }, from: day, until: day, reason: 'Thử' },
      'POST /api/orders/alerts': { ...alert, words },
      'POST /api/orders/cap/try': { xml: cap },
      'POST /api/orders/cap': { xml: cap, confirm: confirmWords.live },
      'POST /api/orders/{number}/end': { reason: 'Thử' },
      'PUT /api/playlists/{id}': { revision: playlist.revision, items: [{ id: 'otp', name: 'Giờ', scene: 'clock', seconds: 10 }] },
      'PUT /api/playlists/{id}/file': { id: 'street' },
      'POST /api/playlists/{id}/canary': { revision: playlist.revision, screens: [at.screen], minutes: 5, auto: false },
      'POST /api/playlists/{id}/canary/go-on': undefined,
      'POST /api/playlists/{id}/canary/stop': undefined,
      'POST /api/playlists/{id}/schedule': { revision: playlist.revision, at: server.clock.now + 3_600_000 },
      'DELETE /api/playlists/{id}/schedule': undefined,
      'POST /api/playlists/{id}/revisions/{revision}/take-back': { revision: playlist.revision },
      'PUT /api/playlists/{id}/claims/{sha256}': { basis: { number: '45/BC', date: '2024-11-18', office: 'UBND' } },
      'POST /api/playlists/{id}/publish': { revision: playlist.revision },
      'POST /api/playlists/{id}/approvals': { revision: playlist.revision },
      'POST /api/playlists/{id}/approvals/{approval}/approve': { digest: '0'.repeat(64) },
      'POST /api/playlists/{id}/approvals/{approval}/reject': { reason: 'Thử' },
      'POST /api/playlists/{id}/approvals/{approval}/withdraw': undefined,
      'POST /api/placements': { kind: 'poster', name: 'Áp phích', unit: home },
      'DELETE /api/placements/{owner}': undefined,
      'POST /api/scoreboard/objections': { snapshot: 2, unit: home, words: 'Số của phường chưa đúng.', file: { sha256: picture, name: 'so.pdf' } },
      'POST /api/scoreboard/objections/{id}/withdraw': undefined,
      'PUT /api/media/{sha256}': { name: 'Ảnh', alt: { vi: 'Cầu Long Biên' }, expiresOn: null },
      'DELETE /api/media/{sha256}': undefined,
      'POST /api/tokens': { name: 'Kho', scopes: ['scoreboard'], unit: home },
      'DELETE /api/tokens/{id}': undefined,
      'POST /api/people': { ...person, login: 'lan.nguyen' },
      'PUT /api/people/{id}': person,
      'POST /api/people/{id}/link': undefined,
      'POST /api/people/{id}/close': { heir: null },
      'DELETE /api/people/{id}/second-factor': undefined,
      'GET /api/people/{id}/sessions': undefined,
      'DELETE /api/people/{id}/sessions': undefined,
    };
    if (!(name in bodies)) throw new Error(`${name} works within the own unit: say here what would touch another`);
    return bodies[name];
  };
  /** These have nothing of another unit to name: what they make is the caller's own, or what they look for is tried in the tests of orders. */
  const elsewhere = new Set(['POST /api/screens', 'POST /api/screens/batch', 'POST /api/orders/requests/{id}/confirm', 'DELETE /api/orders/requests/{id}']);

  it('keeps a person of a foreign unit away from what is not theirs, whatever the role', async () => {
    await addPicture();
    await addChange();
    for (const route of staffRoutes()) {
      const { role, within } = route.access;
      if (within === undefined || within === 'anywhere' || elsewhere.has(route.name)) continue;
      const body = within === 'city' ? undefined : await touching(route.name);
      for (const least of roles.slice(roles.indexOf(role)))
        expect([route.name, least, await ask(route, await asPerson(least, foreign), body)]).toEqual([route.name, least, 'outside-own-unit']);
    }
    const made = await (
      await signedInPerson(server, 'admin', { unit: foreign })
    ).call('POST', '/api/screens', {
      ...{ name: 'Của phường mình', channel: 'street', profile: (await listScreens(server.context.db))[0]?.profile },
    });
    expect(made).toMatchObject({ status: 201, body: { unit: foreign } });
  });

  it('shows a program that is limited to a unit the screens of that unit only', async () => {
    const seen = async (headers: Headers) =>
      (await server.app.inject({ url: '/api/screens', headers })).json<{ unit: string | null }[]>().map(({ unit }) => unit);
    expect(new Set(await seen(await asToken('screens', home)))).toEqual(new Set([home]));
    const away = (await listScreens(server.context.db)).find(({ unit }) => unit === foreign);
    const headers = await asToken('screens', foreign);
    expect(away).toBeDefined();
    expect(new Set(await seen(headers))).toEqual(new Set([foreign]));
    for (const route of staffRoutes().filter(({ access, path }) => access.scope === 'screens' && path.includes('{id}')))
      expect([route.name, await ask(route, headers)]).toEqual([route.name, 'outside-own-unit']);
    const imports = staffRoutes().filter(({ access }) => access.scope === 'scoreboard' && access.within === 'city');
    expect(imports.length).toBe(6);
    for (const route of imports) expect(await ask(route, await asToken('scoreboard', home))).toBe('outside-own-unit');
  });

  it('reaches below a unit as far as its tree does', async () => {
    const { db } = server.context;
    await db.updateTable('units').set({ parent: foreign }).where('code', '=', home).execute();
    const above = await signedInPerson(server, 'admin', { unit: foreign });
    expect((await above.call('GET', `/api/people/${at.person}/sessions`)).status).toBe(200);
    await db.updateTable('units').set({ parent: null }).where('code', '=', home).execute();
    expect((await above.call('GET', `/api/people/${at.person}/sessions`)).status).toBe(403);
  });
});

it('gives a session no more than its secret: a hash from the database opens nothing', async () => {
  const { db, now } = server.context;
  const secret = randomBytes(16).toString('base64url');
  await addSession(db, sha256(secret), at.person, now());
  const [viewer] = staffRoutes();
  if (!viewer) throw new Error('no route is for staff');
  expect(await ask(viewer, { cookie: `${sessionCookie}=${sha256(secret)}` })).toBe('not-signed-in');
});
