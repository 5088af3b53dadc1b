// A whole server for tests: real database and files in a temporary folder, listening on loopback, with a clock in hand.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { sessionCookie } from '../people/caller.ts';
import type { Hosts } from '../http/hosts.ts';
import { startServer, type StartedServer } from '../start-server.ts';
import { freePort } from './free-port.ts';
import { putMigratedDatabase } from './migrated-database.ts';
import { dropTestDatabase, onPostgres, testDatabase } from './test-database.ts';

export const shippedPlaylists = join(import.meta.dirname, '..', '..', 'playlists');

export interface TestServer extends StartedServer {
  readonly folder: string;
  /** Starts with the system's time; moves by hand only. */
  readonly clock: { now: number };
  /** URL of its database in PostgreSQL; `undefined` where the tests run on SQLite. */
  readonly database: string | undefined;
  /** Lines that were logged. */
  readonly logged: string[];
  /** Stops it and starts another on the same folder, and on the same port unless another is named. */
  again(options?: TestOptions): Promise<TestServer>;
  end(): Promise<void>;
}

export interface TestOptions {
  readonly tree?: string;
  readonly units?: string;
  readonly playlists?: string;
  readonly trial?: boolean;
  readonly now?: number;
  readonly proofTimeoutMs?: number;
  readonly port?: number;
  /** PUBLIC_ORIGIN. */
  readonly url?: string;
  readonly hosts?: Hosts;
}

async function start(folder: string, port: number, options: TestOptions): Promise<TestServer> {
  const clock = { now: options.now ?? Date.now() };
  const logged: string[] = [];
  const log = pino({ level: 'info' }, { write: (line) => void logged.push(line) });
  const { tree, units, playlists, trial = true, proofTimeoutMs } = options;
  const timeout = proofTimeoutMs === undefined ? {} : { proofTimeoutMs };
  const database = await testDatabase(folder);
  const server = await startServer({
    ...(database === undefined ? {} : { database }),
    data: folder,
    port,
    host: '127.0.0.1',
    tree,
    units,
    playlists,
    url: options.url,
    hosts: options.hosts,
    trial,
    log,
    now: () => clock.now,
    ...timeout,
  });
  return {
    ...server,
    folder,
    database,
    clock,
    logged,
    async again(next = {}) {
      await server.stop();
      return start(folder, next.port ?? port, { now: clock.now, ...next });
    },
    async end() {
      await server.stop();
      if (database !== undefined) await dropTestDatabase(database);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function startTestServer(options: TestOptions = {}): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi server '));
  if (!onPostgres) await putMigratedDatabase(join(folder, 'server.sqlite'));
  return start(folder, await freePort(), options);
}

/** A copy of the shipped playlists in which a test may change files. */
export function playlistsCopy(): { folder: string; write(file: string, content: unknown): void; end(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi playlists '));
  cpSync(shippedPlaylists, folder, { recursive: true });
  return {
    folder,
    write: (file, content) => writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content)),
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Calls the API as the administrator, with the cookie and origin of a browser that is signed in. */
export interface Staff {
  readonly cookie: string;
  call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object): Promise<{ status: number; body: unknown; text: string }>;
}

/** Whoever holds a cookie. */
export function staffOf({ app, url }: Pick<StartedServer, 'app' | 'url'>, cookie: string): Staff {
  const { host } = new URL(url);
  return {
    cookie,
    async call(method, path, body) {
      const { statusCode, body: text } = await app.inject({
        method,
        url: path,
        headers: { host, origin: url, cookie },
        ...(body === undefined ? {} : { payload: body }),
      });
      return { status: statusCode, text, body: text.startsWith('{') || text.startsWith('[') ? (JSON.parse(text) as unknown) : undefined };
    },
  };
}

export async function signIn(server: Pick<StartedServer, 'app' | 'url' | 'signInLink'>): Promise<Staff> {
  const { app, url, signInLink } = server;
  const token = new URLSearchParams(signInLink.split('?')[1]).get('token') ?? '';
  const { host } = new URL(url);
  const answer = await app.inject({ method: 'POST', url: '/api/session', headers: { host, origin: url }, payload: { token } });
  const secret = answer.cookies.find(({ name }) => name === sessionCookie)?.value;
  if (secret === undefined) throw new Error(`not signed in: ${answer.body}`);
  return staffOf(server, `${sessionCookie}=${secret}`);
}
