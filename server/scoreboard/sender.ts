// Who sent an import: an account, or a program by its token. Behind a program stands whoever made its token.
import type { Caller } from '../access.ts';
import type { Queries } from '../database/open-database.ts';

/** `person:` or `token:` and the id. */
export const senderOf = ({ kind, id }: Pick<Caller, 'kind' | 'id'>): string => `${kind}:${id}`;

/** The people behind senders, each once. */
export async function peopleBehind(db: Queries, senders: readonly string[]): Promise<string[]> {
  const people = new Set<string>();
  for (const sender of senders) {
    const [kind, id = ''] = sender.split(':');
    if (kind === 'person') people.add(id);
    const token = kind === 'token' ? await db.selectFrom('api_tokens').select('person').where('id', '=', id).executeTakeFirst() : undefined;
    if (token) people.add(token.person);
  }
  return [...people];
}
