// Scans by what they count as, placements of paper, the day's salt with its device hashes, and air time by the hour.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { isPostgres } from '../is-postgres.ts';
import type { Database } from '../schema.ts';

export const scans: Migration = {
  async up(db: Kysely<Database>) {
    const { schema } = db;
    await schema
      .alterTable('scans')
      .addColumn('new_device', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    await schema.alterTable('scans').addColumn('shown', 'integer').execute();
    await schema.createIndex('scans_by_time').on('scans').columns(['at']).execute();
    await schema.createIndex('scans_unsettled').on('scans').columns(['owner', 'at']).where(sql.ref('shown'), 'is', null).execute();
    await schema
      .createTable('scan_asides')
      .addColumn('campaign', 'text', (c) => c.notNull())
      .addColumn('owner', 'integer', (c) => c.notNull())
      .addColumn('item', 'integer', (c) => c.notNull())
      .addColumn('hour', 'integer', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('count', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('one_count_an_hour', ['hour', 'owner', 'item', 'kind', 'campaign'])
      .modifyEnd(sql`strict, without rowid`)
      .execute();
    await schema
      .createTable('scan_days')
      .addColumn('day', 'text', (c) => c.primaryKey().notNull())
      .addColumn('salt', 'text', (c) => c.notNull())
      .modifyEnd(sql`strict`)
      .execute();
    await schema
      .createTable('scan_devices')
      .addColumn('hash', 'text', (c) => c.primaryKey().notNull())
      .addColumn('day', 'text', (c) => c.notNull())
      .addColumn('seen_at', 'integer', (c) => c.notNull())
      .modifyEnd(sql`strict, without rowid`)
      .execute();
    await schema
      .createTable('placements')
      .addColumn('owner', 'integer', (c) => c.primaryKey().notNull())
      .addColumn('campaign', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('place', 'text', (c) => c.notNull())
      .addColumn('unit', 'text')
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addColumn('author', 'text', (c) => c.notNull())
      .addColumn('ended_at', 'integer')
      .modifyEnd(sql`strict`)
      .execute();
    await schema
      .createTable('air_time')
      .addColumn('screen', 'text', (c) => c.notNull().references('screens.id'))
      .addColumn('item', 'integer', (c) => c.notNull())
      .addColumn('campaign', 'text', (c) => c.notNull())
      .addColumn('hour', 'integer', (c) => c.notNull())
      .addColumn('turns', 'integer', (c) => c.notNull())
      .addColumn('ms', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('one_sum_an_hour', ['hour', 'screen', 'item', 'campaign'])
      .modifyEnd(sql`strict, without rowid`)
      .execute();
    // No database of PostgreSQL is older than this.
    if (isPostgres(db)) return;
    // What was received before there were sums: by the hour in which a turn began, as the sums do.
    await sql`
      insert into air_time (screen, item, campaign, hour, turns, ms)
      select open.screen, coalesce(playlist_items.number, 0), open.campaign, open.at - open.at % 3600000, count(*), sum(max(0, close.at - open.at))
      from plays as open
      join plays as close on close.screen = open.screen and close.chain = open.chain and close.opened = open.seq and close.kind = 'close'
      left join manifests on manifests.sha256 = open.manifest
      left join channels on channels.id = manifests.channel
      left join playlist_items on playlist_items.playlist = channels.playlist and playlist_items.item = open.item
      where open.kind = 'open' and close.outcome <> 'skipped'
      group by 1, 2, 3, 4`.execute(db);
  },
};
