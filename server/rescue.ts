// The way back for whoever can sign in no more and has nobody to help: run beside the data folder, by somebody who may write there.
import { parseArgs } from 'node:util';
import { appendAudit } from './audit/audit-store.ts';
import { existingDatabase } from './database/database-place.ts';
import { openDatabase, transact, type Queries } from './database/open-database.ts';
import { findPersonByLogin, listPeople } from './people/person-store.ts';
import { forgetSecondFactors } from './people/second-factor-store.ts';
import { endSessionsOf } from './people/session-store.ts';
import { dayMs, makeLinkFor } from './people/sign-in-link.ts';
import { readServers } from './settings/server-addresses.ts';

export const rescueUsage = 'node main.js rescue --data DIR --login NAME';

type Rescued = { readonly ok: true; readonly line: string } | { readonly ok: false; readonly reason: string };

const refused = (vi: string, en: string): Rescued => ({ ok: false, reason: `${vi} · ${en}` });

/**
 * Takes the second factor off an account, ends its sessions and gives a link that works once; the audit log keeps it. The server may be running.
 * @param words the command line after `rescue`
 * @param databaseUrl value of DATABASE_URL
 */
export async function rescue(words: readonly string[], databaseUrl: string | undefined, now: number): Promise<Rescued> {
  let values;
  try {
    ({ values } = parseArgs({ args: [...words], options: { data: { type: 'string' }, login: { type: 'string' } } }));
  } catch (error) {
    return { ok: false, reason: (error as Error).message };
  }
  const { data, login } = values;
  if (!data || !login) return { ok: false, reason: `--data, --login: ${rescueUsage}` };
  const existing = existingDatabase(data, databaseUrl);
  if (!existing.ok) return existing;
  const db = await openDatabase(existing.place);
  try {
    return await rescueIn(db, login, now);
  } finally {
    await db.destroy();
  }
}

async function rescueIn(db: Queries, login: string, now: number): Promise<Rescued> {
  return transact(db, async (trx): Promise<Rescued> => {
    const person = await findPersonByLogin(trx, login);
    if (!person || person.closedAt !== null) {
      const open = (await listPeople(trx)).filter(({ closedAt }) => closedAt === null).map(({ login: name }) => name);
      return refused(
        `không có tài khoản “${login}” đang mở; hiện có: ${open.join(', ')}`,
        `there is no open account “${login}”; there are: ${open.join(', ')}`,
      );
    }
    await forgetSecondFactors(trx, person.id);
    await endSessionsOf(trx, person.id);
    await appendAudit(trx, now, { who: 'server', what: 'person.rescue', subject: person.id, before: { secondFactor: person.hasSecondFactor } });
    const [server = ''] = await readServers(trx);
    const link = await makeLinkFor(trx, person.id, server, now + dayMs);
    return {
      ok: true,
      line: `${person.name}: ${link}\nMở một lần trong 24 giờ, rồi đặt lại mật khẩu và xác thực hai lớp · Opens once within 24 hours; then set a password and a second factor again`,
    };
  });
}
