// The PIN by which a technician in front of a screen opens its diagnosis.
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const technicianPins: Migration = {
  async up(db: Kysely<Database>) {
    await db.schema.alterTable('screens').addColumn('pin', 'text').execute();
  },
};
