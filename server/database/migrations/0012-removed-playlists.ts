// Playlists that staff took off the list: their history and the numbers of their items stay.
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const removedPlaylists: Migration = {
  async up(db: Kysely<Database>) {
    await db.schema.alterTable('playlists').addColumn('removed_at', 'integer').execute();
  },
};
