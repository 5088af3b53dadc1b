// One server a database: whoever comes second is told so at its start. The system lets go of the claim when the process ends, however that was.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { isPostgresUrl, namePlace } from './database-place.ts';
import { unopened } from './open-database.ts';

export interface Claim {
  /** Once or again. */
  release(): Promise<void>;
}
export type Claimed = { readonly ok: true; readonly claim: Claim } | { readonly ok: false; readonly reason: string };

/** Any number but that of transactions. */
const serverLock = 311_2025;
const againMs = 5_000;

const taken = (place: string): Claimed => ({
  ok: false,
  reason: `Một máy chủ khác đang dùng ${place}. Mỗi cơ sở dữ liệu chỉ một máy chủ; hãy dừng máy chủ kia trước. · Another server uses ${place}. One server a database: stop the other one first.`,
});

/** Beside SQLite's file lies an empty one that the server keeps locked; the file itself stays open to rescue, checks and backups. */
function claimFile(data: string): Claimed {
  const path = join(data, 'one-server.lock');
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if ((error as { errcode?: unknown }).errcode !== 5) throw error;
    return taken(data);
  }
  return {
    ok: true,
    claim: {
      async release() {
        if (lock.isOpen) lock.close();
      },
    },
  };
}

/** @param lost another server has the database now, which came while the connection was broken */
async function claimPostgres(url: string, lost: () => void): Promise<Claimed> {
  const connection = () => new Client({ connectionString: url, application_name: 'ihanoi-display server', keepAlive: true });
  let client = connection();
  let released = false;
  let retry: NodeJS.Timeout | undefined;

  const take = async (): Promise<boolean> => {
    client = connection();
    client.on('error', again);
    await client.connect();
    const { rows } = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(${serverLock}) as taken`);
    return rows[0]?.taken === true;
  };
  /** The database went away, and with it the claim. */
  function again(): void {
    if (released) return;
    clearTimeout(retry);
    retry = setTimeout(() => {
      take().then(
        (mine) => mine || lost(),
        () => again(),
      );
    }, againMs);
    retry.unref();
  }

  if (!(await take())) {
    released = true;
    await client.end();
    return taken(namePlace(url));
  }
  return {
    ok: true,
    claim: {
      async release() {
        if (released) return;
        released = true;
        clearTimeout(retry);
        await client.end();
      },
    },
  };
}

/** @param place path or URL of the database @throws why it cannot be reached */
export async function claimDatabase(data: string, place: string, lost: () => void): Promise<Claimed> {
  if (!isPostgresUrl(place)) return claimFile(data);
  try {
    return await claimPostgres(place, lost);
  } catch (error) {
    throw unopened(place, error);
  }
}
