// PostgreSQL's own programs for dumps, as they are on the PATH or where Debian puts them.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const debian = '/usr/lib/postgresql';
const run = promisify(execFile);

function pathOf(program: string): string | undefined {
  const versions = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : [];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...versions.toSorted().toReversed()];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

export type Ran = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Runs one of them. The address of the database goes by the environment: a command line can be read by everybody on the machine. */
async function runProgram(program: string, url: string, words: readonly string[]): Promise<Ran> {
  const path = pathOf(program);
  if (path === undefined) return { ok: false, reason: `thiếu ${program}; hãy cài postgresql-client · ${program} is missing; install postgresql-client` };
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const env = {
    ...process.env,
    PGHOST: searchParams.get('host') ?? decodeURIComponent(hostname),
    PGPORT: searchParams.get('port') ?? (port === '' ? '5432' : port),
    PGUSER: decodeURIComponent(username),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    ...(password === '' ? {} : { PGPASSWORD: decodeURIComponent(password) }),
  };
  try {
    await run(path, [...words], { env });
    return { ok: true };
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    return { ok: false, reason: `${program}: ${(stderr ?? (error as Error).message).trim().split('\n').slice(-3).join(' ')}` };
  }
}

export const dumpDatabase = (url: string, file: string): Promise<Ran> => runProgram('pg_dump', url, ['--format=custom', '--no-owner', `--file=${file}`]);

/** Into a database with nothing in it; all of it or none. */
export function loadDatabase(url: string, file: string): Promise<Ran> {
  return runProgram('pg_restore', url, [
    '--no-owner',
    '--single-transaction',
    '--exit-on-error',
    `--dbname=${decodeURIComponent(new URL(url).pathname.slice(1))}`,
    file,
  ]);
}
