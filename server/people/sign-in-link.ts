// One-time links with which people sign in. The administrator's is made anew at every start, which ends the one before.
import { consoleHost } from '../addresses.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { newSecret } from '../keys/secret.ts';
import { cityAdministrators, replaceSignInLink } from './person-store.ts';

export const dayMs = 24 * 60 * 60_000;

/**
 * Works once; the person's earlier links stop working. Runs inside a transaction.
 * @param url of the server, without a stroke at its end
 */
export async function makeLinkFor(db: Queries, person: string, url: string, expiresAt: number): Promise<string> {
  const secret = newSecret();
  await replaceSignInLink(db, person, secret.hash, expiresAt);
  // Behind the number sign, so that no log, proxy or referrer ever sees it.
  return `${consoleHost(url)}/console/#/sign-in?token=${secret.text}`;
}

export async function makeSignInLink(db: Queries, url: string, now: number): Promise<string> {
  return transact(db, async (trx) => {
    const [administrator] = await cityAdministrators(trx);
    if (!administrator) throw new Error('there is no administrator to sign in');
    return makeLinkFor(trx, administrator.id, url, now + dayMs);
  });
}
