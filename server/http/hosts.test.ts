// Public pages, players' documents and the console on hosts of their own.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { io } from 'socket.io-client';
import { z } from 'zod';
import { consoleNamespace, playerNamespace } from '../../core/protocol.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { answersTo, sidesOf } from './hosts.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ hosts: { public: ['q.example.vn'], players: ['box.example.vn'], staff: ['desk.example.vn', 'localhost'] } });
});
afterAll(() => server.end());

const ask = async (host: string, url: string) => {
  const answer = await server.app.inject({ url, headers: { host } });
  return [
    answer.statusCode,
    z.object({ error: z.object({ code: z.string() }) }).safeParse(answer.body.startsWith('{') ? answer.json() : null).data?.error.code,
  ];
};
const wrong = [421, 'wrong-host'];

describe('a host', () => {
  it('answers what is its own, and says so of everything else', async () => {
    const { root } = server.context.keys;
    const places: [string, string[]][] = [
      ['/scoreboard', ['q.example.vn']],
      ['/q/ABCDEFGH1', ['q.example.vn']],
      [`/roots/${root.sha256}`, ['box.example.vn']],
      ['/api/session', ['desk.example.vn', 'localhost:8080']],
      ['/api/screens', ['desk.example.vn']],
      ['/console/', ['desk.example.vn']],
    ];
    for (const [url, own] of places) {
      for (const host of own) expect([url, host, await ask(host, url)]).not.toEqual([url, host, wrong]);
      for (const host of ['q.example.vn', 'box.example.vn', 'desk.example.vn', 'evil.example', '127.0.0.1'].filter((each) => !own.includes(each)))
        expect([url, host, await ask(host, url)]).toEqual([url, host, wrong]);
    }
    for (const url of ['/healthz', '/readyz', '/metrics', `/media/${'0'.repeat(64)}`]) expect(await ask('10.0.0.7:9100', url)).not.toEqual(wrong);
  });

  it('lets players and consoles connect only where they belong', async () => {
    const connect = (namespace: string, host: string) =>
      new Promise<string>((resolve) => {
        const socket = io(server.url + namespace, { transports: ['websocket'], reconnection: false, forceNew: true, extraHeaders: { host } });
        const end = (how: string) => {
          socket.disconnect();
          resolve(how);
        };
        socket.once('connect_error', (error) => end(error.message)).once('connect', () => end('connected'));
      });
    expect(await connect(playerNamespace, 'box.example.vn')).toBe('connected');
    expect(await connect(playerNamespace, 'desk.example.vn')).toBe('wrong-host');
    expect(await connect(consoleNamespace, 'desk.example.vn')).toBe('not-signed-in');
    expect(await connect(consoleNamespace, 'q.example.vn')).toBe('wrong-host');
  });

  it('answers everything where nothing is said of it', () => {
    expect(answersTo({}, ['staff'], 'anything')).toBe(true);
    expect(answersTo({ public: ['q.example.vn'] }, ['staff'], 'q.example.vn')).toBe(true);
    expect(answersTo({ staff: ['desk.example.vn'] }, ['staff'], 'DESK.example.vn:443')).toBe(true);
    expect(answersTo({ staff: ['desk.example.vn'] }, ['staff'], undefined)).toBe(false);
  });
});

it('every route of the document belongs to somebody', async () => {
  const document = z
    .looseObject({
      paths: z.record(z.string(), z.record(z.string(), z.looseObject({ 'x-access': z.union([z.literal(['public', 'player']), z.looseObject({})]) }))),
    })
    .parse((await server.app.inject({ url: '/api/docs/json', headers: { host: 'localhost' } })).json());
  const lost = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods)
      .filter(({ 'x-access': access }) => sidesOf(path, typeof access === 'string' ? access : { role: 'viewer' }).length === 0)
      .map(() => path),
  );
  expect(lost).toEqual([]);
});
