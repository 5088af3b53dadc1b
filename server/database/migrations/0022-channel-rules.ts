// Screens whose channel the rules decide: so far each had been chosen for its screen.
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const channelRules: Migration = {
  async up(db: Kysely<Database>) {
    await db.schema.alterTable('screens').addColumn('chosen_channel', 'text').execute();
    await db
      .updateTable('screens')
      .set((eb) => ({ chosen_channel: eb.ref('channel') }))
      .execute();
  },
};
