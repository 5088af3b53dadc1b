// PostgreSQL for a run of tests: a cluster of its own in a temporary folder, on a free port, ended and removed with the run.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from '../../server/testing/free-port.ts';
import { programsFolder } from './postgres-programs.mjs';

const user = 'ihanoi';
/** It refuses to run as root: "nobody" does it then. */
const nobody = 65_534;
const patienceMs = 20_000;

function asUser(program: string, args: readonly string[]): [string, string[]] {
  return process.getuid?.() === 0
    ? ['setpriv', ['--reuid', String(nobody), '--regid', String(nobody), '--clear-groups', program, ...args]]
    : [program, [...args]];
}

async function answers(url: string): Promise<void> {
  for (const until = Date.now() + patienceMs; ; await setTimeout(50)) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
}

/** Vitest calls it before the workers start, which take the address from the environment. @returns what ends it */
export default async function startPostgres(): Promise<() => Promise<void>> {
  const programs = programsFolder();
  if (programs === undefined) throw new Error('PostgreSQL is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi-postgres-'));
  if (process.getuid?.() === 0) chownSync(folder, nobody, nobody);
  const data = join(folder, 'data');
  const [initdb, words] = asUser(join(programs, 'initdb'), ['-D', data, '-U', user, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']);
  execFileSync(initdb, words, { cwd: folder, stdio: 'pipe' });
  const port = await freePort();
  const quick = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`];
  const [postgres, args] = asUser(join(programs, 'postgres'), ['-D', data, '-p', String(port), ...quick.flatMap((setting) => ['-c', setting])]);
  const server = spawn(postgres, args, { cwd: folder, stdio: 'ignore' });
  const url = `postgres://${user}@127.0.0.1:${port}/postgres`;
  await answers(url);
  process.env['TEST_DATABASE_URL'] = url;
  return async () => {
    const ended = once(server, 'exit');
    // Fast: it waits for nobody who is still connected.
    server.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
}
