import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { errors } from '../core/errors.ts';
import { refusalOf, requireAccess, type Access, type Caller } from './access.ts';
import { signIn, startTestServer, type TestServer } from './testing/test-server.ts';

describe('a route', () => {
  it('that does not say who may call it stops the start', () => {
    const app = Fastify();
    app.addHook('onRoute', requireAccess);
    expect(() => app.get('/open', () => 'open')).toThrow('GET /open does not declare who may call it');
    expect(() => app.get('/shut', { config: { access: 'public' } }, () => 'shut')).not.toThrow();
  });

  const person = (role: Caller['role']): Caller => ({ kind: 'person', id: '1', name: 'An', ...(role ? { role } : {}) });
  const token: Caller = { kind: 'token', id: '2', name: 'Kho', scopes: ['scoreboard'] };
  const heldBack: Caller = { ...person('editor'), heldBack: 'approver' };
  const local: Caller = { ...person('admin'), unit: 'c00004' };
  it.each<[Access, Caller, ReturnType<typeof refusalOf>]>([
    ['public', token, undefined],
    [{ role: 'viewer' }, person('viewer'), undefined],
    [{ role: 'editor' }, person('viewer'), 'not-allowed'],
    [{ role: 'editor' }, person('admin'), undefined],
    [{ role: 'admin' }, person('approver'), 'not-allowed'],
    [{ role: 'viewer' }, person(undefined), 'not-allowed'],
    [{ role: 'viewer' }, token, 'not-allowed'],
    [{ role: 'editor', scope: 'scoreboard' }, token, undefined],
    [{ role: 'editor', scope: 'screens' }, token, 'not-allowed'],
    [{ role: 'editor', scope: 'scoreboard' }, { ...token, scopes: [] }, 'not-allowed'],
    [{ role: 'editor', scope: 'scoreboard' }, person('viewer'), 'not-allowed'],
    [{ role: 'editor' }, heldBack, undefined],
    [{ role: 'approver' }, heldBack, 'second-factor-needed'],
    [{ role: 'admin' }, heldBack, 'not-allowed'],
    [{ role: 'admin', within: 'own-unit' }, local, undefined],
    [{ role: 'admin', within: 'city' }, local, 'outside-own-unit'],
    [{ role: 'editor', scope: 'scoreboard', within: 'city' }, { ...token, unit: 'c00004' }, 'outside-own-unit'],
  ])('for %j asked by %j answers %s', (access, caller, answer) => {
    expect(refusalOf(access, caller)).toBe(answer);
  });

  it('that changes something and does not say within which units stops the start', () => {
    const app = Fastify();
    app.addHook('onRoute', requireAccess);
    expect(() => app.post('/half', { config: { access: { role: 'editor' } } }, () => 'half')).toThrow('POST /half does not declare within which units');
    expect(() => app.get('/read', { config: { access: { role: 'viewer' } } }, () => 'read')).not.toThrow();
  });
});

const operation = z.looseObject({ 'x-access': z.string().or(z.object({ role: z.string(), scope: z.string().optional(), within: z.string().optional() })) });
const document = z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.record(z.string(), operation)) });

describe('the API as a whole', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.end());

  const routes = async () => {
    const { paths } = document.parse((await server.app.inject('/api/docs/json')).json());
    return Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { 'x-access': access }]) => ({ path, method: method.toUpperCase() as 'GET', access })),
    );
  };

  it('is documented route by route, with who may call each', async () => {
    const listed = (await routes()).map(({ method, path }) => `${method} ${path}`);
    expect(listed).toEqual(
      expect.arrayContaining([
        ...['POST /api/session', 'GET /api/session', 'DELETE /api/session', 'GET /api/tokens', 'POST /api/tokens', 'DELETE /api/tokens/{id}'],
        ...['GET /api/screens', 'POST /api/screens', 'POST /api/screens/pair', 'POST /api/screens/{id}/enrolment', 'GET /api/screens/{id}/plays'],
        ...['POST /api/screens/{id}/capture', 'GET /api/screens/{id}/capture', 'GET /api/playlists', 'GET /api/playlists/{id}', 'PUT /api/playlists/{id}'],
        ...['PUT /api/playlists/{id}/file', 'POST /api/playlists/{id}/publish', 'GET /api/scoreboard', 'POST /api/scoreboard/imports'],
        ...['GET /roots/{sha256}', 'GET /assignments/{sha256}', 'GET /manifests/{sha256}', 'GET /snapshots/{sha256}', 'GET /media/{sha256}'],
        ...['POST /player/plays', 'POST /player/captures', 'GET /healthz', 'GET /metrics', 'GET /api/docs', 'GET /api/docs/json'],
      ]),
    );
    const page = await server.app.inject('/api/docs');
    expect(page.headers['content-type']).toContain('text/html');
    for (const { path } of await routes()) expect(page.body).toContain(path);
  });

  it('answers nobody who is not signed in, on any route that is for staff', async () => {
    const guarded = (await routes()).filter(({ access }) => typeof access !== 'string');
    expect(guarded.length).toBeGreaterThan(15);
    for (const { method, path } of guarded) {
      const url = path.replaceAll(/\{[^}]+\}/g, '00000000-0000-4000-8000-000000000000');
      const answer = await server.app.inject({ method, url });
      expect([url, answer.statusCode, answer.json()]).toMatchObject([url, 401, { error: { code: 'not-signed-in' } }]);
      const bad = await server.app.inject({ method, url, headers: { authorization: 'Bearer ihanoi_nonsense', cookie: 'ihanoi_session=nonsense' } });
      expect(bad.statusCode).toBe(401);
    }
  });

  it('fault 94: refuses a change that another site asks for with the cookie of a clerk', async () => {
    const { cookie } = await signIn(server);
    const { host } = new URL(server.url);
    for (const origin of [undefined, 'https://evil.example', 'null', `${server.url}.evil.example`]) {
      const headers = { host, cookie, ...(origin === undefined ? {} : { origin }) };
      const answer = await server.app.inject({ method: 'POST', url: '/api/tokens', headers, payload: { name: 'x', scopes: ['scoreboard'] } });
      expect([origin, answer.json()]).toMatchObject([origin, { error: { code: 'wrong-origin' } }]);
    }
  });

  it('names what is wrong with a request, and never shows a stack', async () => {
    server = await server.again();
    const staff = await signIn(server);
    expect(await staff.call('POST', '/api/tokens', { name: '', scopes: ['everything'] })).toMatchObject({
      status: 400,
      body: { error: { code: 'bad-request', vi: errors['bad-request'].vi, details: [{ path: 'name' }, { path: 'scopes.0' }] } },
    });
    const broken = await server.app.inject({ method: 'POST', url: '/player/plays', headers: { 'content-type': 'application/json' }, payload: '{"payload":' });
    expect([broken.statusCode, broken.json()]).toMatchObject([400, { error: { code: 'bad-request' } }]);
    const type = await server.app.inject({ method: 'POST', url: '/player/plays', headers: { 'content-type': 'text/xml' }, payload: '<a/>' });
    expect(type.json()).toMatchObject({ error: { code: 'bad-request' } });
    for (const url of [
      '/nothing',
      '/api/nothing',
      '/media/nothing',
      '/manifests/../server.sqlite',
      `/media/${'0'.repeat(64)}`,
      '/console/../../package.json',
      '/console/%2e%2e/%2e%2e/package.json',
    ]) {
      const answer = await server.app.inject(url);
      expect([url, answer.statusCode >= 400 && answer.statusCode < 500]).toEqual([url, true]);
      expect(answer.json()).toHaveProperty('error.code');
    }
    // A fault inside: a table is gone.
    await server.context.db.schema.dropTable('api_tokens').execute();
    const fault = await staff.call('GET', '/api/tokens');
    expect(fault).toMatchObject({ status: 500, body: { error: { code: 'internal', vi: errors.internal.vi, en: errors.internal.en } } });
    expect(fault.text).not.toMatch(/api_tokens|sqlite|\.ts|at /i);
    expect(server.logged.join('')).toContain('api_tokens');
  });

  it('lets only the machine itself read its metrics', async () => {
    const own = await server.app.inject('/metrics');
    expect(own.body).toContain('ihanoi_screens 3');
    const outside = await server.app.inject({ url: '/metrics', remoteAddress: '203.0.113.7' });
    expect(outside.statusCode).toBe(403);
    const proxied = await server.app.inject({ url: '/metrics', headers: { 'x-forwarded-for': '203.0.113.7' } });
    expect(proxied.statusCode).toBe(403);
  });
});
