// The real process: what it says, how it fails, how it stops.
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { enrolmentPrefix } from '../core/protocol.ts';
import { openDatabase } from './database/open-database.ts';
import { freePort } from './testing/free-port.ts';
import { playlistsCopy } from './testing/test-server.ts';

const readySchema = z.strictObject({
  type: z.literal('ready'),
  url: z.url(),
  signInLink: z.url(),
  docs: z.url(),
  enrol: z.record(z.enum(['street', 'reception', 'kiosk']), z.string().startsWith(enrolmentPrefix).nullable()),
});

let folder: string;
let taken: Server | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ihanoi main '));
});
afterEach(async () => {
  await new Promise((resolve) => (taken ? taken.close(resolve) : resolve(undefined)));
  taken = undefined;
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  readonly ready: Promise<z.infer<typeof readySchema>>;
  readonly ended: Promise<{ code: number | null; out: string; err: string }>;
  stop(signal: NodeJS.Signals): void;
}

function run(words: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const child = fork(join(import.meta.dirname, 'main.ts'), [...words], { silent: true, execArgv: [], env: { ...process.env, ...env } });
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return {
    ready: new Promise((resolve) => child.once('message', (message) => resolve(readySchema.parse(message)))),
    ended: new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err }))),
    stop: (signal) => void child.kill(signal),
  };
}

it('says where it is, answers, and stops cleanly with exit code 0', async () => {
  const port = await freePort();
  const server = run(['--data', join(folder, 'new', 'server'), '--port', String(port)]);
  const { url, signInLink, docs } = await server.ready;
  expect(url).toBe(`http://127.0.0.1:${port}`);
  expect((await fetch(docs)).status).toBe(200);
  expect((await fetch(`${url}/api/screens`)).status).toBe(401);
  server.stop('SIGTERM');
  const { code, out, err } = await server.ended;
  expect([code, err, out]).toEqual([0, '', '']);
  const log = readFileSync(join(folder, 'new', 'server', 'server.log'), 'utf8');
  const lines = log
    .trim()
    .split('\n')
    .map((line) => z.looseObject({ time: z.iso.datetime(), msg: z.string() }).parse(JSON.parse(line)).msg);
  expect(lines).toEqual(expect.arrayContaining(['server ready', 'server stops']));
  expect(log).not.toContain(signInLink.split('token=')[1]);
});

it('says in one line that its port is in use, changes nothing, and exits with code 1', async () => {
  const port = await freePort();
  taken = createServer().listen(port, '127.0.0.1');
  const { code, err, out } = await run(['--data', folder, '--port', String(port)]).ended;
  expect([code, out, err.trim().split('\n')]).toMatchObject([1, '', [expect.stringMatching(new RegExp(`Cổng ${port} .* · Port ${port} is in use`))]]);
});

it('says in one line that its data folder is not writable, and exits with code 1', async () => {
  writeFileSync(join(folder, 'file'), 'no folder');
  const { code, err } = await run(['--data', join(folder, 'file', 'server'), '--port', String(await freePort())]).ended;
  expect([code, err.trim().split('\n')]).toMatchObject([1, [expect.stringContaining('not writable')]]);
});

it('says in one line that its keys are damaged, and exits with code 1', async () => {
  const port = String(await freePort());
  const server = run(['--data', folder, '--port', port]);
  await server.ready;
  server.stop('SIGINT');
  expect((await server.ended).code).toBe(0);
  writeFileSync(join(folder, 'keys', 'root.pem'), 'torn');
  const { code, err } = await run(['--data', folder, '--port', port]).ended;
  expect([code, err.trim().split('\n').length]).toEqual([1, 1]);
});

it('names a bad playlist on one line and starts all the same', async () => {
  const copy = playlistsCopy();
  copy.write('street.json', '{}');
  const server = run(['--data', folder, '--port', String(await freePort()), '--playlists', copy.folder]);
  await server.ready;
  server.stop('SIGTERM');
  const { code, err } = await server.ended;
  copy.end();
  expect([code, err.trim().split('\n')]).toMatchObject([0, [expect.stringMatching(/^street\.json, id: /)]]);
});

it.each([
  ['no data folder', ['--port', '4000']],
  ['a port that is none', ['--data', 'x', '--port', '99999']],
  ['an unknown word', ['--data', 'x', '--port', '4000', '--fast']],
])('explains itself when it is given %s', async (_what, words) => {
  const { code, err } = await run(words).ended;
  expect([code, err]).toMatchObject([1, expect.stringContaining('node server/main.ts --data DIR')]);
});

it('says what to do when it is given a tree that has no units', async () => {
  const { code, err } = await run(['--data', folder, '--port', String(await freePort()), '--tree', 'oak']).ended;
  expect([code, err]).toMatchObject([1, expect.stringMatching(/oak.*--units/)]);
});

it('gives whoever lost telephone, codes and password a link, while the server runs, and keeps it in the books', async () => {
  const port = await freePort();
  const words = ['--data', folder, '--port', String(port)];
  const server = run(words);
  const { url, signInLink } = await server.ready;
  const come = (link: string, more: object = {}) =>
    fetch(`${url}/api/session`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json', origin: url } },
      body: JSON.stringify({ token: link.split('token=')[1], ...more }),
    });
  const db = await openDatabase(join(folder, 'server.sqlite'));
  await db.updateTable('people').set({ totp_secret: 'JBSWY3DPEHPK3PXP', totp_since: Date.now() }).execute();
  expect((await come(signInLink)).status).toBe(401);

  const unknown = await run(['rescue', '--data', folder, '--login', 'ai-do']).ended;
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringMatching(/không có tài khoản “ai-do” đang mở; hiện có: quantri · there is no open account/)]);
  expect((await run(['rescue', '--data', join(folder, 'elsewhere'), '--login', 'quantri']).ended).code).toBe(1);
  expect((await come(signInLink)).status).toBe(401);

  const { code, out } = await run(['rescue', '--data', folder, '--login', 'quantri']).ended;
  expect(code).toBe(0);
  const link = /https?:\S+/.exec(out)?.[0] ?? '';
  expect((await come(link)).status).toBe(200);
  expect((await come(link)).status).toBe(401);
  expect(await db.selectFrom('audit').select('who').where('what', '=', 'person.rescue').execute()).toEqual([{ who: 'server' }]);
  await db.destroy();
  server.stop('SIGTERM');
  expect((await server.ended).code).toBe(0);
});

it('says the same of dates and figures whatever zone and language its machine has', async () => {
  const pages: string[][] = [];
  for (const env of [
    { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
    { TZ: 'America/Los_Angeles', LC_ALL: 'C', LANG: 'C' },
  ]) {
    const server = run(['--data', join(folder, 'zones'), '--port', String(await freePort())], env);
    const { url } = await server.ready;
    pages.push(
      await Promise.all(['/scoreboard', '/scoreboard/2', '/scoreboard/history', '/embed/scoreboard'].map(async (path) => (await fetch(url + path)).text())),
    );
    server.stop('SIGTERM');
    expect((await server.ended).code).toBe(0);
  }
  const [one = [], other = []] = pages;
  expect(one.join('\n')).toContain('Chốt số liệu');
  expect(other).toEqual(one);
});
