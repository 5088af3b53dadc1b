// The one-time link with which the administrator signs in; every start makes a new one and ends the one before.
import { transact, type Queries } from '../database/open-database.ts';
import { newSecret } from '../keys/secret.ts';
import { cityAdministrators, replaceSignInLink } from './person-store.ts';

const linkMs = 24 * 60 * 60_000;

export async function makeSignInLink(db: Queries, url: string, now: number): Promise<string> {
  const secret = newSecret();
  await transact(db, async (trx) => {
    const [administrator] = await cityAdministrators(trx);
    if (!administrator) throw new Error('there is no administrator to sign in');
    await replaceSignInLink(trx, administrator.id, secret.hash, now + linkMs);
  });
  // Behind the number sign, so that no log, proxy or referrer ever sees it.
  return `${url}/console/#/sign-in?token=${secret.text}`;
}
