import { afterEach, beforeEach, expect, it } from 'vitest';
import { io } from 'socket.io-client';
import { consoleNamespace } from '../../core/protocol.ts';
import { createdTokenSchema } from '../../core/token-api.ts';
import { sessionCookie } from './caller.ts';
import { signIn, startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.end());

const tokenOf = (link: string) => new URLSearchParams(link.split('?')[1]).get('token') ?? '';
const post = (token: string) => server.app.inject({ method: 'POST', url: '/api/session', payload: { token } });

it('fault 94, fault 95: signs in with a link once, by a cookie that no script and no other site can use', async () => {
  const token = tokenOf(server.signInLink);
  const [first, second] = await Promise.all([post(token), post(token)]);
  const [good, bad] = first.statusCode === 200 ? [first, second] : [second, first];
  expect(good.json()).toMatchObject({ role: 'admin', trial: true });
  expect(good.cookies[0]).toMatchObject({ name: sessionCookie, httpOnly: true, sameSite: 'Strict', path: '/' });
  expect([bad.statusCode, bad.json()]).toMatchObject([401, { error: { code: 'sign-in-link-used' } }]);
});

it('does not take a link that has expired, or one of an earlier start', async () => {
  const old = tokenOf(server.signInLink);
  server = await server.again();
  expect((await post(old)).statusCode).toBe(401);
  server.clock.now += 25 * 3_600_000;
  expect((await post(tokenOf(server.signInLink))).statusCode).toBe(401);
});

it('ends a session when it is signed out, with its open consoles', async () => {
  const staff = await signIn(server);
  const console = io(server.url + consoleNamespace, {
    transports: ['websocket'],
    reconnection: false,
    extraHeaders: { cookie: staff.cookie, origin: server.url },
  });
  await new Promise((resolve, reject) => console.once('connect', () => resolve(undefined)).once('connect_error', reject));
  const closed = new Promise((resolve) => console.once('disconnect', resolve));
  expect((await staff.call('DELETE', '/api/session')).status).toBe(204);
  await closed;
  expect((await staff.call('GET', '/api/session')).status).toBe(401);
});

it('gives an old session a new secret and ends the copied one', async () => {
  const staff = await signIn(server);
  server.clock.now += 13 * 3_600_000;
  const { host } = new URL(server.url);
  const rotated = await server.app.inject({ url: '/api/session', headers: { host, cookie: staff.cookie } });
  expect(rotated.statusCode).toBe(200);
  const [cookie] = rotated.cookies;
  expect((await staff.call('GET', '/api/session')).status).toBe(401);
  const fresh = await server.app.inject({ url: '/api/session', headers: { host, cookie: `${sessionCookie}=${cookie?.value}` } });
  expect(fresh.statusCode).toBe(200);
});

it('lets a session expire', async () => {
  const staff = await signIn(server);
  server.clock.now += 8 * 24 * 3_600_000;
  expect((await staff.call('GET', '/api/screens')).status).toBe(401);
});

it('refuses a console without a session, or from another site', async () => {
  const { cookie } = await signIn(server);
  const failure = (headers: Record<string, string>) =>
    new Promise((resolve) => {
      const socket = io(server.url + consoleNamespace, { transports: ['websocket'], reconnection: false, forceNew: true, extraHeaders: headers });
      socket.once('connect_error', (error) => resolve(error.message)).once('connect', () => resolve('connected'));
    });
  expect(await failure({ origin: server.url })).toBe('not-signed-in');
  expect(await failure({ origin: server.url, cookie: `${sessionCookie}=nonsense` })).toBe('not-signed-in');
  expect(await failure({ origin: 'https://evil.example', cookie })).toBe('not-signed-in');
});

it('gives a program a token that is shown once, may only do what its scope says, and ends when revoked', async () => {
  const staff = await signIn(server);
  const created = await staff.call('POST', '/api/tokens', { name: 'Kho số liệu', scopes: ['scoreboard'], days: 30 });
  expect(created.status).toBe(201);
  const { id, token } = createdTokenSchema.parse(created.body);
  expect((await staff.call('GET', '/api/tokens')).text).not.toContain(token);
  const ask = async (url: string) => (await server.app.inject({ url, headers: { authorization: `Bearer ${token}` } })).statusCode;
  expect(await ask('/api/scoreboard')).toBe(200);
  expect(await ask('/api/screens')).toBe(403);
  expect(await ask('/api/tokens')).toBe(403);
  expect((await staff.call('GET', '/api/tokens')).body).toMatchObject([{ id, name: 'Kho số liệu', lastUsedAt: server.clock.now }]);
  expect((await staff.call('DELETE', `/api/tokens/${id}`)).status).toBe(204);
  expect((await staff.call('DELETE', `/api/tokens/${id}`)).status).toBe(404);
  expect(await ask('/api/scoreboard')).toBe(401);
});

it('lets a token expire, and keeps no secret in clear', async () => {
  const staff = await signIn(server);
  const { token } = createdTokenSchema.parse((await staff.call('POST', '/api/tokens', { name: 'Kho', scopes: ['scoreboard'], days: 1 })).body);
  const tables = ['sessions', 'api_tokens', 'sign_in_links', 'enrolments', 'audit'] as const;
  const stored = JSON.stringify(await Promise.all(tables.map((table) => server.context.db.selectFrom(table).selectAll().execute())));
  for (const secret of [token, staff.cookie.split('=')[1] ?? '', tokenOf(server.signInLink)]) expect(stored).not.toContain(secret);
  server.clock.now += 24 * 3_600_000;
  const answer = await server.app.inject({ url: '/api/scoreboard', headers: { authorization: `Bearer ${token}` } });
  expect(answer.statusCode).toBe(401);
});

it('believes PUBLIC_ORIGIN: cookies travel by HTTPS only, and pages of that address may change things though a proxy says another host', async () => {
  await server.end();
  const origin = 'https://display.example.vn';
  server = await startTestServer({ url: origin });
  expect(server.signInLink.startsWith(`${origin}/console/`)).toBe(true);
  const headers = { host: 'backend:8080', origin };
  const signedIn = await server.app.inject({ method: 'POST', url: '/api/session', headers, payload: { token: tokenOf(server.signInLink) } });
  expect(signedIn.cookies[0]).toMatchObject({ secure: true });
  const cookie = `${sessionCookie}=${signedIn.cookies[0]?.value}`;
  const end = (from: string) => server.app.inject({ method: 'DELETE', url: '/api/account/sessions', headers: { ...headers, origin: from, cookie } });
  expect((await end('https://other.example.vn')).json()).toMatchObject({ error: { code: 'wrong-origin' } });
  expect((await end('http://display.example.vn')).statusCode).toBe(403);
  expect((await end(origin)).statusCode).toBe(204);
});
