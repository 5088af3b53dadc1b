// Two servers on one database: the second is told before it changes anything.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import pino from 'pino';
import { startServer } from '../start-server.ts';
import { freePort } from '../testing/free-port.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer | undefined;
afterEach(() => server?.end());

it('starts no second server, says why, and lets the next one in once the first has stopped', async () => {
  server = await startTestServer();
  const { folder: data, database } = server;
  const options = { tree: undefined, playlists: undefined, url: undefined, trial: true, log: pino({ level: 'silent' }), now: Date.now };
  const second = startServer({ ...options, data, port: await freePort(), host: '127.0.0.1', ...(database === undefined ? {} : { database }) });
  await expect(second).rejects.toThrow('Another server uses');
  expect((await server.app.inject('/healthz')).statusCode).toBe(200);
  server = await server.again();
  expect((await server.app.inject('/healthz')).statusCode).toBe(200);
  if (database === undefined) expect(existsSync(join(data, 'server.sqlite'))).toBe(true);
});
