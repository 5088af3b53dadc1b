// Figures from an address: fetched when due, held and refused like an import; never from a private network, whatever name or redirect leads there.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scoreboardViewSchema, importPaths } from '../../../core/import-api.ts';
import { sourcePaths, sourceViewSchema } from '../../../core/source-api.ts';
import { scoreboardRoutes } from '../scoreboard-routes.ts';
import { startTestServer, type TestServer } from '../test-server.ts';
import { publishFigures, staffMember, type TestStaff } from '../testing/people.ts';
import { fetchFile, fetchRules, whyNotAsked, type FetchRules } from './fetch-file.ts';
import { isPublicAddress } from './public-address.ts';
import { puller, type Puller } from './pull-figures.ts';
import { sourceRoutes } from './source-routes.ts';

let web: Server;
let answer: RequestListener;
let asked: { url: string | undefined; etag: string | undefined }[];
let origin: string;
let rules: FetchRules;
beforeEach(async () => {
  asked = [];
  web = createServer((request, response) => {
    asked.push({ url: request.url, etag: request.headers['if-none-match'] });
    answer(request, response);
  });
  await new Promise<void>((listening) => web.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  rules = { hosts: ['127.0.0.1', 'localhost'], protocols: ['http:'], isAllowedAddress: () => true, maxBytes: 10_000, timeoutMs: 2_000 };
});
afterEach(async () => {
  web.closeAllConnections();
  await new Promise((closed) => web.close(closed));
});

const csv = (count: number) => `Đơn vị;Lũy kế;Mẫu số\nQuận Ba Đình;${count};10000\nHuyện Ba Vì;1200;12000\n`;
const gives =
  (text: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/csv', ...headers }).end(text);

describe('fetching', () => {
  test('asks only what changed, by the mark of the last file', async () => {
    answer = (request, response) =>
      request.headers['if-none-match'] === '"1"'
        ? response.writeHead(304).end()
        : response.writeHead(200, { etag: '"1"', 'content-type': 'text/csv' }).end('a');
    expect(await fetchFile(`${origin}/a.csv`, {}, rules)).toMatchObject({ ok: true, kind: 'file', etag: '"1"', type: 'text/csv' });
    expect(await fetchFile(`${origin}/a.csv`, { etag: '"1"' }, rules)).toEqual({ ok: true, kind: 'same' });
  });

  test('ends at its limit of bytes, said or not, at its deadline and after three redirects', async () => {
    const fetched = () => fetchFile(`${origin}/a.csv`, {}, { ...rules, timeoutMs: 500 });
    answer = gives('x'.repeat(10_001), { 'content-length': '10001' });
    expect(await fetched()).toMatchObject({ reason: 'too-large' });
    answer = (_request, response) => {
      response.writeHead(200);
      for (let part = 0; part < 20; part++) response.write('x'.repeat(1_000));
    };
    expect(await fetched()).toMatchObject({ reason: 'too-large' });
    answer = () => undefined;
    expect(await fetched()).toMatchObject({ reason: 'timeout' });
    answer = (_request, response) => response.writeHead(200).write('half');
    expect(await fetched()).toMatchObject({ reason: 'timeout' });
    answer = (_request, response) => response.writeHead(302, { location: '/again' }).end();
    expect([await fetched(), asked.at(-1)?.url]).toMatchObject([{ reason: 'redirects' }, '/again']);
    answer = (_request, response) => response.writeHead(500).end();
    expect(await fetched()).toMatchObject({ reason: 'status', detail: '500' });
    expect(await fetchFile('http://127.0.0.1:1/', {}, rules)).toMatchObject({ reason: 'unreachable' });
  });

  test('never follows a redirect to a host or an address that is not allowed', async () => {
    const leads = (location: string) => {
      answer = (_request, response) => response.writeHead(302, { location }).end();
      return fetchFile(`${origin}/a.csv`, {}, { ...rules, isAllowedAddress: (address) => address === '127.0.0.1' });
    };
    expect(await leads('http://example.vn/')).toMatchObject({ reason: 'host' });
    expect(await leads('file:///etc/passwd')).toMatchObject({ reason: 'address' });
    expect(await leads(`http://user:secret@127.0.0.1/`)).toMatchObject({ reason: 'address' });
    expect(asked).toHaveLength(3);
  });

  test('refuses a name that leads into a private network, before it connects', async () => {
    answer = gives('secret');
    const guarded = { ...rules, isAllowedAddress: isPublicAddress };
    expect(await fetchFile(origin.replace('127.0.0.1', 'localhost'), {}, guarded)).toEqual({ ok: false, reason: 'private' });
    expect(await fetchFile(origin, {}, guarded)).toEqual({ ok: false, reason: 'private' });
    expect(asked).toEqual([]);
  });

  test('as shipped asks hosts below .gov.vn by https only', () => {
    const shipped = fetchRules(['.gov.vn']);
    expect(whyNotAsked('https://dulieu.hanoi.gov.vn/so.csv', shipped)).toBeUndefined();
    expect(
      ['http://hanoi.gov.vn/', 'https://gov.vn.example.com/', 'https://evilgov.vn/', 'https://10.0.0.1/', 'x'].map((url) => whyNotAsked(url, shipped)),
    ).toEqual([...['address', 'host', 'host', 'host', 'address']]);
    expect(whyNotAsked('https://[::1]/', fetchRules(['[::1]']))).toBe('private');
  });

  test.each([
    ...['127.0.0.1', '10.1.2.3', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', '198.18.0.1'],
    ...['::1', '::', 'fe80::1', 'fd00::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', 'ff02::1', 'nowhere'],
  ])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));
  test.each(['203.162.4.191', '8.8.8.8', '172.32.0.1', '2001:4860:4860::8888', '2405:4800::1'])('%s is public', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );
});

describe('a source', () => {
  let server: TestServer;
  let asker: Puller;
  let admin: TestStaff;
  beforeEach(async () => {
    server = await startTestServer([
      scoreboardRoutes,
      (app, context) => {
        asker = puller(context, rules);
        sourceRoutes(asker, rules)(app, context);
      },
    ]);
    admin = await staffMember(server, 'admin', 'Chị Thu');
    answer = gives(csv(1_000), { etag: '"1"' });
  });
  afterEach(() => server.close());
  const set = (url = `${origin}/so.csv`, who = admin) => who.call('PUT', sourcePaths.source, { url, everyMinutes: 15 });
  const view = async () => sourceViewSchema.parse((await admin.call('GET', sourcePaths.source)).body);
  const count = async () =>
    scoreboardViewSchema.parse((await admin.call('GET', importPaths.scoreboard)).body).current?.rows.find(({ unit }) => unit === 'd001')?.count;
  const code = ({ body }: { body: unknown }) => (body as { error?: { code: string } }).error?.code;

  test('is asked when its time has come, published in the name of whoever set it, and not again before it changes', async () => {
    expect((await set()).status).toBe(200);
    await asker.whenDue();
    expect(await count()).toBe(1_000);
    expect((await view()).last).toMatchObject({ outcome: 'taken', number: 1 });
    expect(server.pushes).toHaveLength(1);
    await asker.whenDue();
    expect(asked).toHaveLength(1);
    server.wait(15 * 60_000);
    await asker.whenDue();
    expect([asked.at(-1)?.etag, (await view()).last?.outcome]).toEqual(['"1"', 'same']);
    expect(server.pushes, 'the same bytes are no new figures').toHaveLength(1);
    const audit = await server.context.db.selectFrom('audit').select(['who', 'what']).where('what', '=', 'scoreboard.confirm').execute();
    expect(audit).toEqual([{ who: 'Chị Thu', what: 'scoreboard.confirm' }]);
  });

  test('holds figures that fall for a second person, who is not whoever set it', async () => {
    await publishFigures(server, csv(1_000));
    answer = gives(csv(900));
    await set();
    await admin.call('POST', sourcePaths.pull);
    expect([(await view()).last?.outcome, await count()]).toEqual(['waiting', 1_000]);
  });

  test('publishes nothing of a file with a faulty row, says which, and says so until another file comes', async () => {
    await set();
    answer = gives(`${csv(1_000)}Ở đâu đó;5;6\n`);
    for (let time = 0; time < 2; time++) {
      await admin.call('POST', sourcePaths.pull);
      expect((await view()).last).toMatchObject({ outcome: 'faulty', findings: [{ code: 'unknown-unit', line: 4 }] });
    }
    expect(await count()).toBeUndefined();
    answer = gives(csv(1_001));
    await admin.call('POST', sourcePaths.pull);
    expect(await count()).toBe(1_001);
  });

  test('takes JSON rows too, and tells what cannot be read', async () => {
    await set();
    answer = gives(JSON.stringify({ rows: [{ unit: 'd001', count: 5, base: 10 }] }), { 'content-type': 'application/json; charset=utf-8' });
    await admin.call('POST', sourcePaths.pull);
    expect(await count()).toBe(5);
    answer = gives('<html>Bảo trì</html>', { 'content-type': 'text/html' });
    await admin.call('POST', sourcePaths.pull);
    expect((await view()).last).toMatchObject({ outcome: 'failed' });
    answer = (_request, response) => response.writeHead(503).end();
    await admin.call('POST', sourcePaths.pull);
    expect((await view()).last?.words.vi).toContain('không đưa tệp');
    expect(await count(), 'what was published stays').toBe(5);
  });

  test('ends with the account that set it, and with the contest', async () => {
    await set();
    await server.context.db.updateTable('people').set({ role: 'viewer' }).where('id', '=', admin.id).execute();
    await asker.whenDue();
    expect([(await view()).last?.outcome, await count()]).toEqual(['failed', undefined]);
    await server.context.db.updateTable('people').set({ role: 'admin' }).where('id', '=', admin.id).execute();
    await server.changeCampaign({ closedOn: '2024-11-30' });
    await admin.call('POST', sourcePaths.pull);
    expect((await view()).last?.outcome).toBe('failed');
    expect(asked, 'a refused account still asked nothing of a closed contest').toHaveLength(1);
  });

  test('is set by an administrator of the whole city, to an allowed host only, and taken away', async () => {
    expect(code(await set('https://example.com/a.csv'))).toBe('source-refused');
    expect(code(await set('not an address'))).toBe('source-refused');
    expect(code(await set(undefined, await staffMember(server, 'approver', 'Anh Minh')))).toBe('not-allowed');
    expect(code(await set(undefined, await staffMember(server, 'admin', 'Anh Vinh', true, 'd001')))).toBe('outside-own-unit');
    await set();
    expect((await admin.call('DELETE', sourcePaths.source)).body).toMatchObject({ source: null, last: null });
    await asker.whenDue();
    expect([asked, code(await admin.call('POST', sourcePaths.pull))]).toEqual([[], 'not-found']);
  });
});
