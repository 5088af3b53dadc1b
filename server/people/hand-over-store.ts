// What a person holds beside the account: drafts of playlists, publishes at set times and API tokens. When the account is closed, somebody else takes them over.
import type { Queries } from '../database/open-database.ts';

export interface Holdings {
  /** Playlists whose latest revision is this person's and not published. */
  readonly playlists: readonly string[];
  /** Playlists whose publish at a set time is the person's. */
  readonly schedules: readonly string[];
  /** Names of tokens that still hold. */
  readonly tokens: readonly string[];
}

export async function holdingsOf(db: Queries, person: string, now: number): Promise<Holdings> {
  const playlists = await db
    .selectFrom('playlists')
    .select(['id', 'revision', 'published_revision'])
    .where('keeper', '=', person)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute();
  const schedules = await db
    .selectFrom('scheduled_publishes')
    .select('playlist')
    .where('person', '=', person)
    .where('state', '=', 'waiting')
    .orderBy('due_at')
    .execute();
  const tokens = await db
    .selectFrom('api_tokens')
    .select('name')
    .where('person', '=', person)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at')
    .execute();
  return {
    playlists: playlists.filter(({ revision, published_revision }) => revision !== published_revision).map(({ id }) => id),
    schedules: schedules.map(({ playlist }) => playlist),
    tokens: tokens.map(({ name }) => name),
  };
}

/** Runs inside a transaction. */
export async function handOver(db: Queries, from: string, to: string): Promise<void> {
  await db.updateTable('playlists').set({ keeper: to }).where('keeper', '=', from).execute();
  await db.updateTable('scheduled_publishes').set({ person: to }).where('person', '=', from).where('state', '=', 'waiting').execute();
  await db.updateTable('api_tokens').set({ person: to }).where('person', '=', from).where('revoked_at', 'is', null).execute();
}
