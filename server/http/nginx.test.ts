// The shipped nginx configuration before a real server: who scanned is logged nowhere, what is named by its hash outlives the server, documents get through.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { errorBody } from '../../core/errors.ts';
import { encodePlacement } from '../../core/links.ts';
import { freePort } from '../testing/free-port.ts';
import { signIn, startTestServer, type TestServer } from '../testing/test-server.ts';

function found(program: string, word: string): boolean {
  try {
    execFileSync(program, [word], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
const why = !found('nginx', '-v') ? ' (skipped: nginx is not installed)' : !found('openssl', 'version') ? ' (skipped: openssl is not installed)' : '';

let server: TestServer;
let nginx: ChildProcess;
let folder: string;
let port: number;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** From an address of loopback that is nobody else's. */
function get(
  path: string,
  { method = 'GET', headers = {}, body, from = '127.0.7.31' }: { method?: string; headers?: object; body?: Buffer; from?: string } = {},
) {
  return new Promise<Answer>((resolve, reject) => {
    const options = { port, method, headers: { host: 'q.example.vn', ...headers }, localAddress: from, rejectUnauthorized: false, agent: false };
    const sent = request({ host: '127.0.0.1', path, ...options }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The shipped file, with this test's ports, certificate and folders in place of a machine's. */
async function configuration(plain: number): Promise<string> {
  const shipped = readFileSync(new URL('../../deploy/nginx/ihanoi-display.conf', import.meta.url), 'utf8');
  const own = shipped
    .replace(/listen (?:\[::\]:)?(80|443 ssl);/g, (line, what: string) =>
      line.includes('[::]') ? '' : `listen 127.0.0.1:${what === '80' ? plain : `${port} ssl`};`,
    )
    .replace('server 127.0.0.1:8080;', `server ${new URL(server.url).host};`)
    .replaceAll('/etc/ssl/ihanoi/', `${folder}/`)
    .replaceAll('/var/log/nginx/', `${folder}/`)
    .replaceAll('/var/cache/nginx/', `${folder}/cache/`);
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n');
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  return `${user}\npid ${folder}/pid;\nerror_log ${folder}/error.log info;\nevents {}\nhttp {\n${paths}\n${own}\n}\n`;
}

describe.skipIf(why !== '')(`nginx as shipped${why}`, () => {
  beforeAll(async () => {
    server = await startTestServer();
    folder = mkdtempSync(join(tmpdir(), 'ihanoi-nginx-'));
    mkdirSync(join(folder, 'cache'));
    port = await freePort();
    const certificate = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=q.example.vn'];
    execFileSync('openssl', ['req', ...certificate, '-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')], { stdio: 'ignore' });
    const file = join(folder, 'nginx.conf');
    writeFileSync(file, await configuration(await freePort()));
    nginx = spawn('nginx', ['-e', join(folder, 'error.log'), '-p', folder, '-c', file, '-g', 'daemon off;'], { stdio: 'ignore' });
    await vi.waitFor(async () => expect((await get('/healthz')).status).toBe(200), { timeout: 20_000 });
  }, 60_000);
  afterAll(async () => {
    const ended = new Promise((end) => nginx.once('exit', end));
    nginx.kill('SIGTERM');
    await ended;
    await server.end();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Everything that nginx wrote, cached answers aside. */
  const written = () =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.log'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');

  test('logs no opening of a code at all, and of other pages the network only', async () => {
    const code = encodePlacement({ owner: 1, item: 1 });
    for (const path of [`/q/${code}`, `/Q/${code}`, '/q/NOTACODE', '/q/']) expect((await get(path)).status).toBeLessThan(500);
    expect((await get('/scoreboard?secret=1')).status).toBe(200);
    await expect.poll(written).toContain('/scoreboard');
    const text = written();
    expect(text).toContain('127.0.7.0 ');
    expect(text).not.toContain('127.0.7.31');
    expect(text).not.toMatch(/\/q(?:\/|\b)/i);
    expect(text).not.toContain('secret');
    expect(server.logged.join('\n')).not.toContain('127.0.7.31');
  });

  test('keeps what is named by its hash: it is answered when the server is gone, with ranges and its own headers', async () => {
    const [file] = await server.context.db.selectFrom('media').select(['sha256', 'bytes', 'type']).limit(1).execute();
    const path = `/media/${file?.sha256 ?? ''}`;
    const first = await get(path);
    expect([first.status, first.body.length, first.headers['content-type']]).toEqual([200, file?.bytes, file?.type]);
    expect(first.headers['cache-control']).toContain('immutable');
    expect((await get('/scoreboard')).headers['cache-control'] ?? '').not.toContain('immutable');
    await server.stop();
    expect((await get(path)).body).toEqual(first.body);
    const part = await get(path, { headers: { range: 'bytes=0-9' } });
    expect([part.status, part.body]).toEqual([206, first.body.subarray(0, 10)]);
    expect((await get('/scoreboard')).status).toBe(502);
    expect(written(), 'an error of the server behind names nobody').not.toContain('127.0.7.31');
    server = await server.again();
  });

  test('lets a document of ten megabytes through, and stops more than that', async () => {
    const staff = await signIn(server);
    const send = (megabytes: number) => {
      const body = Buffer.alloc(megabytes * 2 ** 20 - 100);
      body.write('%PDF-1.7');
      const headers = { cookie: staff.cookie, origin: 'https://q.example.vn', 'content-type': 'application/octet-stream', 'content-length': body.length };
      return get('/api/basis-files', { method: 'POST', headers, body });
    };
    expect((await send(10)).status).toBe(201);
    await expect(
      send(12).then(
        ({ status }) => status,
        () => 413,
      ),
    ).resolves.toBe(413);
  });

  test('lets an office and a carrier through, and turns a flood of sign-ins, codes or pages away in words, one address at a time', async () => {
    // All at once, so that what a busy machine takes for them does not matter.
    const times = (count: number, ask: () => Promise<Answer>) => Promise.all(Array.from({ length: count }, ask));
    const statuses = (answers: readonly Answer[]) => [...new Set(answers.map(({ status }) => status))].sort();
    const json = { 'content-type': 'application/json', origin: 'https://q.example.vn' };
    const signIn = (from: string) => () => get('/api/session', { method: 'POST', headers: json, body: Buffer.from('{"token":"x"}'), from });
    const signIns = await times(60, signIn('127.0.7.1'));
    const turnedAway = signIns.filter(({ status }) => status === 429);
    expect(turnedAway.length).toBeGreaterThan(30);
    for (const { body, headers } of turnedAway)
      expect([JSON.parse(body.toString()), headers['content-type']]).toEqual([errorBody('too-many-requests'), expect.stringContaining('json')]);
    expect(statuses(await times(3, signIn('127.0.7.2')))).toEqual([401]);
    // Who is signed in is asked at every page of the console.
    expect(statuses(await times(30, () => get('/api/session', { from: '127.0.7.1' })))).not.toContain(429);

    const code = encodePlacement({ owner: 1, item: 1 });
    const codes = (from: string) => () => get(`/q/${code}`, { from });
    expect(statuses(await times(200, codes('127.0.7.3'))), 'as many phones as a carrier has behind one address').not.toContain(429);
    const pages = await times(200, () => get('/embed/scoreboard', { from: '127.0.7.4' }));
    const busy = pages.filter(({ status }) => status === 429);
    expect(busy.length).toBeGreaterThan(20);
    expect(busy[0]?.body.toString()).toContain('Chờ vài giây');
    expect((await get('/scoreboard', { from: '127.0.7.5' })).status).toBe(200);
    expect(written(), 'who was turned away is logged nowhere').not.toContain('127.0.7.4');
  });

  test('sends pages packed to whoever unpacks them', async () => {
    const plain = await get('/scoreboard');
    const packed = await get('/scoreboard', { headers: { 'accept-encoding': 'gzip' } });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(packed.body).equals(plain.body)).toBe(true);
    expect(packed.body.length).toBeLessThan(plain.body.length / 3);
  });

  test('answers /metrics to the machine itself only, and sends plain requests to HTTPS', async () => {
    expect((await get('/metrics', { from: '127.0.0.1' })).status).toBe(200);
    expect((await get('/metrics', { from: '127.0.7.31' })).status).toBe(403);
    expect((await get('/healthz')).headers['strict-transport-security']).toContain('max-age');
  });
});
