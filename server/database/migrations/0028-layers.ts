// Layers of channels with guaranteed shares of the air time, and which revision of each layer a manifest carries.
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Database } from '../schema.ts';

export const layers: Migration = {
  async up({ schema }: Kysely<Database>) {
    for (const table of ['channels', 'manifests']) await schema.alterTable(table).addColumn('layers', 'text').execute();
  },
};
